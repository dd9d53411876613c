package org.voyage.indicators.feature.values;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.format.ReportColumn;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;

/**
 * Gaps of an answer: the years about which no province has reported. There a flow has no value. A stock has one, because
 * what was reported about earlier years still stands; it has none where no province has ever reported.
 *
 * @param years the coverage of the years of the answer
 */
record ReportingGaps(Figure figure, List<CoverageYear> years) {

    /** Removes the values of the lines about which no province has reported. */
    List<ReportLine> markLines(List<ReportLine> lines) {
        return lines.stream()
                .map(line -> isGap(line) ? line.asNotReported(lastReportedOf(line)) : line)
                .toList();
    }

    private boolean isGap(ReportLine line) {
        List<CoverageYear> its = yearsOf(line);
        boolean nothing = line.value() == null || line.value().signum() == 0;
        return !its.isEmpty() && its.stream().allMatch(this::isGap) && (nothing || comparesYears());
    }

    /** Returns whether the value compares years: then a year that no province has reported looks like a fall to 0. */
    private boolean comparesYears() {
        return figure instanceof DerivedFigure derived
                && (derived.rule() instanceof DerivationRule.ChangeRule
                        || derived.rule() instanceof DerivationRule.GrowthRule);
    }

    private boolean isGap(CoverageYear year) {
        return !year.reported() && (!figure.isStock() || year.lastReported() == null);
    }

    private List<CoverageYear> yearsOf(ReportLine line) {
        String year = line.coordinates().get(ReportColumn.YEAR_COLUMN);
        return year == null
                ? years
                : years.stream()
                        .filter(each -> year.equals(String.valueOf(each.year())))
                        .toList();
    }

    private @Nullable Integer lastReportedOf(ReportLine line) {
        return yearsOf(line).getLast().lastReported();
    }

    /**
     * Returns the note about the gaps; none when there is no gap.
     *
     * @param lines the marked lines
     */
    List<NoteAnswer> toNotes(List<ReportLine> lines) {
        TreeSet<Integer> gaps = years.stream()
                .filter(this::isGap)
                .map(CoverageYear::year)
                .collect(Collectors.toCollection(TreeSet::new));
        lines.stream()
                .filter(ReportLine::isReported)
                .flatMap(line -> yearsOf(line).stream())
                .forEach(reported -> gaps.remove(reported.year()));
        if (gaps.isEmpty()) {
            return List.of();
        }
        Integer last = years.getLast().lastReported();
        String named = formatRanges(gaps);
        return List.of(new NoteAnswer(
                "not-reported",
                "尚无省份报送以下年度：" + named + "，其数值为空，不是 0。" + (last == null ? "此前也没有已报送的年度。" : "最近有报送的年度为 " + last + " 年。"),
                "No province has reported yet about " + named + ": the value is missing there, and is not 0. "
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
