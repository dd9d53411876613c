@NullMarked
package org.voyage.indicators.feature.verification.recount;

import org.jspecify.annotations.NullMarked;
