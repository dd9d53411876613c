@NullMarked
package org.voyage.indicators.feature.verification.rebuild;

import org.jspecify.annotations.NullMarked;
