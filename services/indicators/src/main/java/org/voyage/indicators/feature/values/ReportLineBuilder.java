package org.voyage.indicators.feature.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.ReportColumn;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.query.ResultCell;

/**
 * Builder of the lines of a table: all values, or the largest of each year with the sum of the others, then the totals.
 * Equal values are in the order of their codes.
 */
final class ReportLineBuilder {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int SHARE_DECIMALS = 2;
    private static final Comparator<ResultCell> LARGEST_FIRST =
            Comparator.comparing(ResultCell::exact, Comparator.nullsLast(Comparator.reverseOrder()));

    private final ResultOptions options;
    private final boolean isAdditive;
    private final Map<String, BigDecimal> totalsByYear = new HashMap<>();
    private final List<ReportLine> lines = new ArrayList<>();

    private ReportLineBuilder(ResultOptions options, boolean addsUp, List<ResultCell> whole) {
        this.options = options;
        this.isAdditive = addsUp;
        for (ResultCell cell : whole) {
            if (cell.exact() != null) {
                totalsByYear.put(yearOf(cell.coordinates()), cell.exact());
            }
        }
    }

    /**
     * @param addsUp whether the values that are not among the largest may be summed
     * @param whole the values by the year only, if totals or shares are wanted
     */
    static List<ReportLine> buildLines(
            List<ResultCell> cells, List<ResultCell> whole, ResultOptions options, boolean addsUp) {
        ReportLineBuilder all = new ReportLineBuilder(options, addsUp, whole);
        if (options.top() == 0) {
            cells.forEach(all::addValue);
        } else {
            all.addLargest(cells);
        }
        if (options.totals()) {
            whole.forEach(cell -> all.addLine(ReportLine.LineKind.TOTAL, cell.coordinates(), cell.shownValue(), 1));
        }
        return all.lines;
    }

    private void addLargest(List<ResultCell> cells) {
        Map<String, List<ResultCell>> byYear = new TreeMap<>();
        cells.forEach(cell -> byYear.computeIfAbsent(yearOf(cell.coordinates()), year -> new ArrayList<>())
                .add(cell));
        byYear.forEach((year, all) -> {
            // The cells are in the order of their codes; the sort is stable.
            all.sort(LARGEST_FIRST);
            int size = Math.min(options.top(), all.size());
            all.subList(0, size).forEach(this::addValue);
            if (isAdditive && size < all.size()) {
                addOthers(year, all.subList(size, all.size()));
            }
        });
    }

    private void addOthers(String year, List<ResultCell> rest) {
        BigDecimal sum = BigDecimal.ZERO;
        for (ResultCell cell : rest) {
            // The sum of suppressed values is suppressed.
            sum = sum == null || cell.exact() == null ? null : sum.add(cell.exact());
        }
        addLine(
                ReportLine.LineKind.OTHERS,
                year.isEmpty() ? Map.of() : Map.of(ReportColumn.YEAR_COLUMN, year),
                sum,
                rest.size());
    }

    private void addValue(ResultCell cell) {
        addLine(ReportLine.LineKind.VALUE, cell.coordinates(), cell.shownValue(), 1);
    }

    private void addLine(ReportLine.LineKind kind, Map<String, String> at, @Nullable BigDecimal value, int count) {
        boolean share = options.shares() && kind != ReportLine.LineKind.TOTAL;
        lines.add(new ReportLine(
                kind, at, value, share ? computeShare(value, totalsByYear.get(yearOf(at))) : null, count));
    }

    private static @Nullable BigDecimal computeShare(@Nullable BigDecimal value, @Nullable BigDecimal whole) {
        return value == null || whole == null || whole.signum() == 0
                ? null
                : value.multiply(HUNDRED).divide(whole, SHARE_DECIMALS, RoundingMode.HALF_UP);
    }

    private static String yearOf(Map<String, String> at) {
        return at.getOrDefault(ReportColumn.YEAR_COLUMN, "");
    }
}
