package org.voyage.indicators.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.format.Column;
import org.voyage.indicators.format.Line;
import org.voyage.indicators.query.Cell;

/**
 * The lines of an answer: its values, or the largest of them in each year and the others together, then the totals. What
 * is equally large comes in the order of its codes.
 */
final class Lines {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;
    private static final Comparator<Cell> LARGEST_FIRST =
            Comparator.comparing(Cell::exact, Comparator.nullsLast(Comparator.reverseOrder()));

    private final Wanted wanted;
    private final boolean addsUp;
    private final Map<String, BigDecimal> wholes = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    private Lines(Wanted wanted, boolean addsUp, List<Cell> whole) {
        this.wanted = wanted;
        this.addsUp = addsUp;
        for (Cell cell : whole) {
            if (cell.exact() != null) {
                wholes.put(year(cell.at()), cell.exact());
            }
        }
    }

    /**
     * @param addsUp whether what is not among the largest may be put together
     * @param whole the values split by nothing but the year, if totals or shares are wanted
     */
    static List<Line> of(List<Cell> cells, List<Cell> whole, Wanted wanted, boolean addsUp) {
        Lines all = new Lines(wanted, addsUp, whole);
        if (wanted.top() == 0) {
            cells.forEach(all::value);
        } else {
            all.top(cells);
        }
        if (wanted.totals()) {
            whole.forEach(cell -> all.add(Line.Kind.TOTAL, cell.at(), cell.shown(), 1));
        }
        return all.lines;
    }

    private void top(List<Cell> cells) {
        Map<String, List<Cell>> byYear = new TreeMap<>();
        cells.forEach(cell -> byYear.computeIfAbsent(year(cell.at()), year -> new ArrayList<>())
                .add(cell));
        byYear.forEach((year, all) -> {
            // The cells come in the order of their codes, which sorting keeps.
            all.sort(LARGEST_FIRST);
            int size = Math.min(wanted.top(), all.size());
            all.subList(0, size).forEach(this::value);
            if (addsUp && size < all.size()) {
                others(year, all.subList(size, all.size()));
            }
        });
    }

    private void others(String year, List<Cell> rest) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Cell cell : rest) {
            // Of what is not shown, neither is the sum.
            sum = sum == null || cell.exact() == null ? null : sum.add(cell.exact());
        }
        add(Line.Kind.OTHERS, year.isEmpty() ? Map.of() : Map.of(Column.YEAR, year), sum, rest.size());
    }

    private void value(Cell cell) {
        add(Line.Kind.VALUE, cell.at(), cell.shown(), 1);
    }

    private void add(Line.Kind kind, Map<String, String> at, @Nullable BigDecimal value, int count) {
        boolean share = wanted.shares() && kind != Line.Kind.TOTAL;
        lines.add(new Line(kind, at, value, share ? share(value, wholes.get(year(at))) : null, count));
    }

    private static @Nullable BigDecimal share(@Nullable BigDecimal value, @Nullable BigDecimal whole) {
        return value == null || whole == null || whole.signum() == 0
                ? null
                : value.multiply(HUNDRED).divide(whole, DECIMALS, RoundingMode.HALF_UP);
    }

    private static String year(Map<String, String> at) {
        return at.getOrDefault(Column.YEAR, "");
    }
}
