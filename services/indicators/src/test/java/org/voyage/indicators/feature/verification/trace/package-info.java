@NullMarked
package org.voyage.indicators.feature.verification.trace;

import org.jspecify.annotations.NullMarked;
