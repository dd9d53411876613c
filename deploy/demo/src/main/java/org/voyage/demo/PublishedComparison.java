package org.voyage.demo;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of one published figure with the live one.
 *
 * @param relation {@code =} exact, {@code >} more than, {@code ~} about
 * @param live absent where it cannot be computed yet
 * @param matches whether the platform finds that the two agree; true without a live figure
 */
record PublishedComparison(
        String service,
        String figure,
        String period,
        String relation,
        BigDecimal published,
        @Nullable BigDecimal live,
        boolean matches,
        String unit) {

    boolean isComparable() {
        return live != null;
    }

    /** Returns the live figure minus the published one; 0 without a live figure. */
    BigDecimal difference() {
        return live == null ? BigDecimal.ZERO : live.subtract(published);
    }
}
