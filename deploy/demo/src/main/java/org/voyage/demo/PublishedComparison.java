package org.voyage.demo;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One published figure beside what the platform counts.
 *
 * @param relation {@code =} exact, {@code >} more than, {@code ~} about
 * @param live absent where it cannot be computed yet
 * @param matches whether the platform finds the two to agree; true where there is nothing to compare
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

    /** How far the live figure is from the published one; nought where there is nothing to compare. */
    BigDecimal difference() {
        return live == null ? BigDecimal.ZERO : live.subtract(published);
    }
}
