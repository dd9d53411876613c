package org.voyage.indicators.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;

/** Everything that a request is answered with: one figure or several, all counted at one position. */
public record Report(PositionAnswer position, List<Table> tables) {

    /** The position as one text: {@code overseas.overseas-school:0@17;1@21, …}. */
    public String positionText() {
        return position.topics().entrySet().stream()
                .map(topic -> topic.getKey() + ":" + partitions(topic.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** For readers outside the release that the figures are from; empty when they are counted now. */
    public Optional<ReleaseAnswer> release() {
        return Optional.ofNullable(tables.getFirst().release());
    }

    /** The codes of what is to be known beside the values, as one text; empty when there is nothing. */
    public Optional<String> noteText() {
        return tables.stream()
                .flatMap(table -> table.notes().stream())
                .map(NoteAnswer::code)
                .distinct()
                .reduce((some, more) -> some + ", " + more);
    }

    /** The figures and the versions of their definitions, as one text: {@code overseas-schools@1, overseas-students@1}. */
    public String definitionText() {
        return tables.stream()
                .map(table -> table.heading().code() + "@" + table.heading().version())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String partitions(Map<String, Long> offsets) {
        return offsets.entrySet().stream()
                .map(partition -> partition.getKey() + "@" + partition.getValue())
                .collect(Collectors.joining(";"));
    }
}
