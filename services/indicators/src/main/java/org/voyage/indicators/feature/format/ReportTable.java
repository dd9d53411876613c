package org.voyage.indicators.feature.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;

/**
 * The answer about one figure.
 *
 * @param columns what it is split by, in the order of the question
 * @param filters as they were asked
 * @param pinned the dimensions that a filter leaves one code of
 * @param period the year, month or years that it is about
 * @param hasShares whether shares were asked for
 * @param release for readers outside what it was released in; null when it is counted now
 * @param components what the only value of a derived figure is made of
 * @param coverage how complete its years are; empty where that is not told
 */
public record ReportTable(
        FigureHeading heading,
        List<ReportColumn> columns,
        Map<String, String> filters,
        List<PinnedColumn> pinned,
        String period,
        List<ReportLine> lines,
        boolean hasShares,
        @Nullable ReleaseAnswer release,
        List<ComponentAnswer> components,
        List<CoverageYear> coverage,
        List<NoteAnswer> notes) {

    static final String SUPPRESSED_MARK = "suppressed";

    /** A dimension that all lines stand at the same code of. */
    public record PinnedColumn(ReportColumn column, String code) {}

    boolean isReleased() {
        return release != null;
    }

    /** Whether a value is there and not shown. */
    boolean isSuppressed(ReportLine line) {
        return release != null && line.value() == null;
    }

    /** The columns that hold codes, which the year does not. */
    List<ReportColumn> dimensions() {
        return columns.stream().filter(column -> !column.isYear()).toList();
    }

    boolean isByYear() {
        return columns.stream().anyMatch(ReportColumn::isYear);
    }

    /** The year of a line, or what the whole answer is about. */
    String periodOf(ReportLine line) {
        return line.coordinates().getOrDefault(ReportColumn.YEAR_COLUMN, period);
    }

    boolean hasCoverage() {
        return !coverage.isEmpty();
    }

    /** How complete the year of a line is; empty for what is of several years, unless nothing is known of any. */
    Optional<CoverageYear> coverageOf(ReportLine line) {
        String year = periodOf(line);
        return coverage.stream()
                .filter(each -> year.equals(String.valueOf(each.year())))
                .findFirst()
                .or(() -> coverage.stream().filter(each -> !each.known()).findFirst());
    }

    /** The filters as one text, empty when there is none. */
    String formatFilters() {
        return filters.entrySet().stream()
                .map(filter -> filter.getKey() + "=" + filter.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The same for every question with the same filters, in whichever order they were asked. */
    String canonicalFilters() {
        return filters.entrySet().stream()
                .map(filter -> filter.getKey() + "="
                        + Arrays.stream(filter.getValue().split(",", -1))
                                .sorted()
                                .collect(Collectors.joining(",")))
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
