package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer and where it stands; the coordinates are in the order in which they were asked for.
 *
 * @param exact not rounded; null where there is none, as of a share of nothing
 */
public record Cell(Map<String, String> at, @Nullable BigDecimal exact) {

    public static final int DECIMALS = 2;

    public Cell(Map<String, String> at, long value) {
        this(at, BigDecimal.valueOf(value));
    }

    /** A value that is there and not shown. */
    public static Cell suppressed(Map<String, String> at) {
        return new Cell(at, null);
    }

    /** The value of a figure that is counted: a whole number. */
    public long value() {
        if (exact == null) {
            throw new IllegalStateException("no value at " + at);
        }
        return exact.longValueExact();
    }

    /** As an answer shows it: whole numbers whole, all others with two decimals, half up. */
    public @Nullable BigDecimal shown() {
        return shown(exact);
    }

    /** As an answer shows such a value. */
    public static @Nullable BigDecimal shown(@Nullable BigDecimal exact) {
        return exact == null ? null : whole(exact, exact.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** A whole number without decimals; any other as it is. */
    public static BigDecimal whole(BigDecimal number) {
        return whole(number, number);
    }

    private static BigDecimal whole(BigDecimal number, BigDecimal otherwise) {
        return number.stripTrailingZeros().scale() <= 0 ? number.setScale(0) : otherwise;
    }
}
