package org.voyage.indicators.feature.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.query.HeadlineAnswer;

/**
 * Table of a report: the values of one figure.
 *
 * @param columns the breakdowns, in the order of the query
 * @param filters as in the query
 * @param pinned the dimensions that a filter restricts to one code
 * @param period the year, month or years of the values
 * @param hasShares whether the request wants shares
 * @param release the release of the values for readers outside; null for values counted now
 * @param components operands of the single value of a derived figure
 * @param headline the newest year that most provinces have reported about
 * @param coverage coverage of the years; empty when the report omits it
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
        HeadlineAnswer headline,
        List<CoverageYear> coverage,
        List<NoteAnswer> notes) {

    static final String SUPPRESSED_MARK = "suppressed";
    static final String NOT_REPORTED_MARK = "not-reported";

    /** Period as of today: a day, or the days of its year up to it. */
    private static final Pattern AS_OF_TODAY_PATTERN =
            Pattern.compile("^(\\d{4})-\\d{2}-\\d{2}(\\.\\.\\1-\\d{2}-\\d{2})?$");

    /** A dimension with the same code in all lines. */
    public record PinnedColumn(ReportColumn column, String code) {}

    boolean isReleased() {
        return release != null;
    }

    /** Returns whether the value exists and is suppressed. */
    boolean isSuppressed(ReportLine line) {
        return release != null && line.value() == null;
    }

    /** Returns the status of a line's value: suppressed, not-reported, or empty for a normal value. */
    String statusOf(ReportLine line) {
        if (!line.isReported()) {
            return NOT_REPORTED_MARK;
        }
        return isSuppressed(line) ? SUPPRESSED_MARK : "";
    }

    /** Returns the columns that hold codes, which excludes the year. */
    List<ReportColumn> dimensions() {
        return columns.stream().filter(column -> !column.isYear()).toList();
    }

    boolean isByYear() {
        return columns.stream().anyMatch(ReportColumn::isYear);
    }

    /** Returns the year of a line, or the period of the whole table. */
    String periodOf(ReportLine line) {
        return line.coordinates().getOrDefault(ReportColumn.YEAR_COLUMN, period);
    }

    boolean hasCoverage() {
        return !coverage.isEmpty();
    }

    /**
     * Returns the coverage of a line's year. A line of several years has none, unless the records of some year are
     * unknown.
     */
    Optional<CoverageYear> coverageOf(ReportLine line) {
        String year = AS_OF_TODAY_PATTERN.matcher(periodOf(line)).replaceFirst("$1");
        return coverage.stream()
                .filter(each -> year.equals(String.valueOf(each.year())))
                .findFirst()
                .or(() -> coverage.stream().filter(each -> !each.known()).findFirst());
    }

    /** Returns the filters as one text, empty without filters. */
    String formatFilters() {
        return filters.entrySet().stream()
                .map(filter -> filter.getKey() + "=" + filter.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Returns the filters as one text that does not depend on their order in the query. */
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
