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
 * The lines of an answer: its values, or the largest of them in each year and the others together, then the totals. What
 * is equally large comes in the order of its codes.
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

    private ReportLineBuilder(ResultOptions wanted, boolean addsUp, List<ResultCell> whole) {
        this.options = wanted;
        this.isAdditive = addsUp;
        for (ResultCell cell : whole) {
            if (cell.exact() != null) {
                totalsByYear.put(yearOf(cell.coordinates()), cell.exact());
            }
        }
    }

    /**
     * @param addsUp whether what is not among the largest may be put together
     * @param whole the values split by nothing but the year, if totals or shares are wanted
     */
    static List<ReportLine> buildLines(
            List<ResultCell> cells, List<ResultCell> whole, ResultOptions wanted, boolean addsUp) {
        ReportLineBuilder all = new ReportLineBuilder(wanted, addsUp, whole);
        if (wanted.top() == 0) {
            cells.forEach(all::addValue);
        } else {
            all.addLargest(cells);
        }
        if (wanted.totals()) {
            whole.forEach(cell -> all.addLine(ReportLine.LineKind.TOTAL, cell.coordinates(), cell.shownValue(), 1));
        }
        return all.lines;
    }

    private void addLargest(List<ResultCell> cells) {
        Map<String, List<ResultCell>> byYear = new TreeMap<>();
        cells.forEach(cell -> byYear.computeIfAbsent(yearOf(cell.coordinates()), year -> new ArrayList<>())
                .add(cell));
        byYear.forEach((year, all) -> {
            // The cells come in the order of their codes, which sorting keeps.
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
            // Of what is not shown, neither is the sum.
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
