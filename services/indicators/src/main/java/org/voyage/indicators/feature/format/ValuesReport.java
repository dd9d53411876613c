package org.voyage.indicators.feature.format;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;

/** Report of the values of one or several figures, all counted at one position. */
public record ValuesReport(PositionAnswer position, List<ReportTable> tables) {

    /** Returns the position as one text: {@code overseas.overseas-school:0@17;1@21, …}. */
    public String formatPosition() {
        return position.topics().entrySet().stream()
                .map(topic -> topic.getKey() + ":" + formatPartitions(topic.getValue()))
                .collect(Collectors.joining(", "));
    }

    /**
     * Joins reports for readers outside. The position is that of the first one.
     *
     * @param reports at least one
     * @param order the codes of the figures in the order of the tables
     */
    public static ValuesReport join(List<ValuesReport> reports, List<String> order) {
        return new ValuesReport(
                reports.getFirst().position(),
                reports.stream()
                        .flatMap(report -> report.tables().stream())
                        .sorted(Comparator.comparingInt(
                                table -> order.indexOf(table.heading().code())))
                        .toList());
    }

    /** Returns the release that all values come from, for readers outside; empty where any are counted now. */
    public Optional<ReleaseAnswer> findRelease() {
        ReleaseAnswer first = tables.getFirst().release();
        return tables.stream().allMatch(table -> Objects.equals(table.release(), first))
                ? Optional.ofNullable(first)
                : Optional.empty();
    }

    /** Returns the codes of the notes as one text; empty without notes. */
    public Optional<String> formatNotes() {
        return tables.stream()
                .flatMap(table -> table.notes().stream())
                .map(NoteAnswer::code)
                .distinct()
                .reduce((some, more) -> some + ", " + more);
    }

    /**
     * Returns the figures and the versions of their definitions, as one text: {@code overseas-schools@1,
     * overseas-students@1}.
     */
    public String formatDefinitions() {
        return tables.stream()
                .map(table -> table.heading().code() + "@" + table.heading().version())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String formatPartitions(Map<String, Long> offsets) {
        return offsets.entrySet().stream()
                .map(partition -> partition.getKey() + "@" + partition.getValue())
                .collect(Collectors.joining(";"));
    }
}
