package org.voyage.indicators.feature.values;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.feature.format.ReportColumn;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;

/**
 * Gaps of an answer: the years about which no province has reported. There a value is missing, unless it is a count of
 * records all the same.
 *
 * @param years the years of the answer
 */
record ReportingGaps(ReportedYears reported, List<Integer> years) {

    /** Removes the values of the lines about which no province has reported. */
    List<ReportLine> markLines(List<ReportLine> lines) {
        return lines.stream().map(this::markLine).toList();
    }

    private ReportLine markLine(ReportLine line) {
        boolean nothing = line.value() == null || line.value().signum() == 0;
        OptionalInt gap = nothing || reported.comparesYears() ? reported.findGap(yearsOf(line)) : OptionalInt.empty();
        return gap.isPresent() ? line.asNotReported(reported.lastReported(gap.getAsInt())) : line;
    }

    /**
     * Removes the counts of 0 of the components about which no province has reported.
     *
     * @param components of the only value; those of a change or growth are in the order of its groups of years
     */
    List<ComponentAnswer> markComponents(List<ComponentAnswer> components) {
        List<List<Integer>> groups = reported.groupYears(years);
        List<ComponentAnswer> marked = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            ComponentAnswer component = components.get(i);
            boolean gap = reported.isGap(groups.get(Math.min(i, groups.size() - 1)));
            marked.add(gap && isZero(component.value()) ? component.withoutValue() : component);
        }
        return marked;
    }

    private static boolean isZero(@Nullable Number value) {
        return value instanceof BigDecimal number && number.signum() == 0;
    }

    private List<Integer> yearsOf(ReportLine line) {
        String year = line.coordinates().get(ReportColumn.YEAR_COLUMN);
        return year == null ? years : List.of(Integer.valueOf(year));
    }

    /**
     * Returns the note about the gaps; none when there is no gap.
     *
     * @param lines the marked lines
     */
    List<NoteAnswer> toNotes(List<ReportLine> lines) {
        TreeSet<Integer> gaps = reported.groupYears(years).stream()
                .flatMap(List::stream)
                .filter(reported::isGap)
                .collect(Collectors.toCollection(TreeSet::new));
        lines.stream()
                .filter(ReportLine::isReported)
                .flatMap(line -> reported.groupYears(yearsOf(line)).stream())
                .forEach(gaps::removeAll);
        return toNotes(gaps, reported.lastReported(years.getLast()), reported.comparesYears());
    }

    /**
     * Returns the note about some years; none without a year.
     *
     * @param last the last year about which a province has reported; null when there is none
     * @param compared whether values compare these years
     */
    static List<NoteAnswer> toNotes(TreeSet<Integer> gaps, @Nullable Integer last, boolean compared) {
        if (gaps.isEmpty()) {
            return List.of();
        }
        String named = formatRanges(gaps);
        return List.of(new NoteAnswer(
                "not-reported",
                "尚无省份报送以下年度：" + named + (compared ? "，与其比较的数值为空，不是 0。" : "，其数值为空，不是 0。")
                        + (last == null ? "此前也没有已报送的年度。" : "最近有报送的年度为 " + last + " 年。"),
                "No province has reported yet about " + named
                        + (compared
                                ? ": a value that compares it is missing, and is not 0. "
                                : ": the value is missing there, and is not 0. ")
                        + (last == null
                                ? "No province has reported about an earlier year either."
                                : "The last year about which a province has reported is " + last + ".")));
    }

    /** Formats years as {@code 2012, 2014..2016}. */
    private static String formatRanges(TreeSet<Integer> gaps) {
        List<int[]> ranges = new ArrayList<>();
        for (int year : gaps) {
            if (!ranges.isEmpty() && ranges.getLast()[1] == year - 1) {
                ranges.getLast()[1] = year;
            } else {
                ranges.add(new int[] {year, year});
            }
        }
        return ranges.stream()
                .map(range -> range[0] == range[1] ? String.valueOf(range[0]) : range[0] + ".." + range[1])
                .collect(Collectors.joining(", "));
    }
}
