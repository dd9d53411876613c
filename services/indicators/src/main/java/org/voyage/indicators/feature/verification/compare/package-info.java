/** Comparison of recounted, live and derived values, and of roll-ups with their cube. */
@NullMarked
package org.voyage.indicators.feature.verification.compare;

import org.jspecify.annotations.NullMarked;
