package org.voyage.indicators.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Answers.ComponentAnswer;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;

/**
 * The answer about one figure.
 *
 * @param columns what it is split by, in the order of the question
 * @param filters as they were asked
 * @param pinned the dimensions that a filter leaves one code of
 * @param period the year, month or years that it is about
 * @param shares whether shares were asked for
 * @param release for readers outside what it was released in; null when it is counted now
 * @param components what the only value of a derived figure is made of
 * @param coverage how complete its years are; empty where that is not told
 */
public record Table(
        Heading heading,
        List<Column> columns,
        Map<String, String> filters,
        List<Pinned> pinned,
        String period,
        List<Line> lines,
        boolean shares,
        @Nullable ReleaseAnswer release,
        List<ComponentAnswer> components,
        List<CoverageYear> coverage,
        List<NoteAnswer> notes) {

    static final String SUPPRESSED = "suppressed";

    /** A dimension that all lines stand at the same code of. */
    public record Pinned(Column column, String code) {}

    boolean isReleased() {
        return release != null;
    }

    /** Whether a value is there and not shown. */
    boolean isSuppressed(Line line) {
        return release != null && line.value() == null;
    }

    /** The columns that hold codes, which the year does not. */
    List<Column> dimensions() {
        return columns.stream().filter(column -> !column.isYear()).toList();
    }

    boolean byYear() {
        return columns.stream().anyMatch(Column::isYear);
    }

    /** The year of a line, or what the whole answer is about. */
    String period(Line line) {
        return line.at().getOrDefault(Column.YEAR, period);
    }

    boolean hasCoverage() {
        return !coverage.isEmpty();
    }

    /** How complete the year of a line is; empty for what is of several years, unless nothing is known of any. */
    Optional<CoverageYear> coverage(Line line) {
        String year = period(line);
        return coverage.stream()
                .filter(each -> year.equals(String.valueOf(each.year())))
                .findFirst()
                .or(() -> coverage.stream().filter(each -> !each.known()).findFirst());
    }

    /** The filters as one text, empty when there is none. */
    String filterText() {
        return filters.entrySet().stream()
                .map(filter -> filter.getKey() + "=" + filter.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The same for every question with the same filters, in whichever order they were asked. */
    String filterKey() {
        return filters.entrySet().stream()
                .map(filter -> filter.getKey() + "="
                        + Arrays.stream(filter.getValue().split(",", -1))
                                .sorted()
                                .collect(Collectors.joining(",")))
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
