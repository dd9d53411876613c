/** Comparison of recounted, live and derived values. */
@NullMarked
package org.voyage.indicators.feature.verification.compare;

import org.jspecify.annotations.NullMarked;
