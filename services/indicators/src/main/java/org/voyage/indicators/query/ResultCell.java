package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer with its coordinates, in the order of the breakdowns.
 *
 * @param exact not rounded; null where there is no value, as for a share of nothing
 */
public record ResultCell(
        Map<String, String> coordinates, @Nullable BigDecimal exact) {

    public static final int MAX_DECIMALS = 2;

    public ResultCell(Map<String, String> at, long value) {
        this(at, BigDecimal.valueOf(value));
    }

    /** Returns a cell whose value exists and is not shown. */
    public static ResultCell suppressed(Map<String, String> at) {
        return new ResultCell(at, null);
    }

    /** Returns the cells in the order of their coordinates. */
    public static List<ResultCell> sortByPlace(Collection<ResultCell> cells) {
        return cells.stream()
                .map(cell ->
                        new PlacedCell(String.join("\u0000", cell.coordinates().values()), cell))
                .sorted(Comparator.comparing(PlacedCell::place))
                .map(PlacedCell::cell)
                .toList();
    }

    /** Cell with its coordinates as one text, which each comparison of an order would join again. */
    private record PlacedCell(String place, ResultCell cell) {}

    /** Returns the value of a counted figure: a whole number. */
    public long wholeValue() {
        if (exact == null) {
            throw new IllegalStateException("no value at " + coordinates);
        }
        return exact.longValueExact();
    }

    /** Returns the value for display: whole numbers without decimals, all others with two decimals, half up. */
    public @Nullable BigDecimal shownValue() {
        return roundForDisplay(exact);
    }

    /** Rounds a value for display. */
    public static @Nullable BigDecimal roundForDisplay(@Nullable BigDecimal exact) {
        return exact == null ? null : stripDecimals(exact, exact.setScale(MAX_DECIMALS, RoundingMode.HALF_UP));
    }

    /** Removes the decimals of a whole number; returns any other number unchanged. */
    public static BigDecimal stripDecimals(BigDecimal number) {
        return stripDecimals(number, number);
    }

    private static BigDecimal stripDecimals(BigDecimal number, BigDecimal otherwise) {
        return number.stripTrailingZeros().scale() <= 0 ? number.setScale(0) : otherwise;
    }
}
