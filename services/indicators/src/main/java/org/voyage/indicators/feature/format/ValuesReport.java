package org.voyage.indicators.feature.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;

/** Everything that a request is answered with: one figure or several, all counted at one position. */
public record ValuesReport(PositionAnswer position, List<ReportTable> tables) {

    /** The position as one text: {@code overseas.overseas-school:0@17;1@21, …}. */
    public String formatPosition() {
        return position.topics().entrySet().stream()
                .map(topic -> topic.getKey() + ":" + formatPartitions(topic.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** For readers outside the release that the figures are from; empty when they are counted now. */
    public Optional<ReleaseAnswer> findRelease() {
        return Optional.ofNullable(tables.getFirst().release());
    }

    /** The codes of what is to be known beside the values, as one text; empty when there is nothing. */
    public Optional<String> formatNotes() {
        return tables.stream()
                .flatMap(table -> table.notes().stream())
                .map(NoteAnswer::code)
                .distinct()
                .reduce((some, more) -> some + ", " + more);
    }

    /** The figures and the versions of their definitions, as one text: {@code overseas-schools@1, overseas-students@1}. */
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
