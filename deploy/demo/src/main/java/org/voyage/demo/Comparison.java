package org.voyage.demo;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One published figure beside what the platform counts; {@code live} is absent where it cannot be computed yet. */
record Comparison(
        String figure,
        String period,
        BigDecimal published,
        @Nullable BigDecimal live,
        String unit) {

    boolean comparable() {
        return live != null;
    }

    /** How far the live figure is from the published one; nought where there is nothing to compare. */
    BigDecimal difference() {
        return live == null ? BigDecimal.ZERO : live.subtract(published);
    }

    boolean matches() {
        return difference().signum() == 0;
    }
}
