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
public record ResultCell(
        Map<String, String> coordinates, @Nullable BigDecimal exact) {

    public static final int MAX_DECIMALS = 2;

    public ResultCell(Map<String, String> at, long value) {
        this(at, BigDecimal.valueOf(value));
    }

    /** A value that is there and not shown. */
    public static ResultCell suppressed(Map<String, String> at) {
        return new ResultCell(at, null);
    }

    /** The value of a figure that is counted: a whole number. */
    public long wholeValue() {
        if (exact == null) {
            throw new IllegalStateException("no value at " + coordinates);
        }
        return exact.longValueExact();
    }

    /** As an answer shows it: whole numbers whole, all others with two decimals, half up. */
    public @Nullable BigDecimal shownValue() {
        return roundForDisplay(exact);
    }

    /** As an answer shows such a value. */
    public static @Nullable BigDecimal roundForDisplay(@Nullable BigDecimal exact) {
        return exact == null ? null : withoutDecimals(exact, exact.setScale(MAX_DECIMALS, RoundingMode.HALF_UP));
    }

    /** A whole number without decimals; any other as it is. */
    public static BigDecimal withoutDecimals(BigDecimal number) {
        return withoutDecimals(number, number);
    }

    private static BigDecimal withoutDecimals(BigDecimal number, BigDecimal otherwise) {
        return number.stripTrailingZeros().scale() <= 0 ? number.setScale(0) : otherwise;
    }
}
