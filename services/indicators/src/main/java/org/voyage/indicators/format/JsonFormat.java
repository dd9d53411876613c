package org.voyage.indicators.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voyage.indicators.query.Answers.FigureAnswer;
import org.voyage.indicators.query.Answers.FiguresAnswer;
import org.voyage.indicators.query.Answers.ValuesAnswer;
import org.voyage.indicators.reference.Label;

/** Writes the answer of the API's own shape. */
final class JsonFormat {

    private final ObjectMapper json;

    JsonFormat(ObjectMapper json) {
        this.json = json;
    }

    byte[] one(Report report) {
        Table table = report.tables().getFirst();
        return bytes(new ValuesAnswer(
                table.heading(),
                by(table),
                table.filters(),
                table.period(),
                report.position(),
                table.release(),
                lines(table, Line.Kind.VALUE),
                labels(table),
                table.components(),
                lines(table, Line.Kind.OTHERS),
                lines(table, Line.Kind.TOTAL),
                table.coverage(),
                table.notes()));
    }

    byte[] several(Report report) {
        Table first = report.tables().getFirst();
        return bytes(new FiguresAnswer(
                by(first),
                first.filters(),
                report.position(),
                report.tables().stream().map(JsonFormat::figure).toList()));
    }

    private static FigureAnswer figure(Table table) {
        return new FigureAnswer(
                table.heading(),
                table.period(),
                lines(table, Line.Kind.VALUE),
                labels(table),
                table.components(),
                lines(table, Line.Kind.OTHERS),
                lines(table, Line.Kind.TOTAL),
                table.coverage(),
                table.notes());
    }

    private static List<String> by(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private static List<Map<String, Object>> lines(Table table, Line.Kind kind) {
        return table.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(line -> line(table, line))
                .toList();
    }

    private static Map<String, Object> line(Table table, Line line) {
        Map<String, Object> members = new LinkedHashMap<>(line.at());
        if (line.kind() == Line.Kind.OTHERS) {
            members.put("count", line.count());
        }
        members.put("value", line.value());
        if (table.isSuppressed(line)) {
            members.put("status", Table.SUPPRESSED);
        }
        if (line.share() != null) {
            members.put("share", line.share());
        }
        return members;
    }

    private static Map<String, Map<String, Label>> labels(Table table) {
        Map<String, Map<String, Label>> labels = new TreeMap<>();
        table.dimensions().stream().filter(Column::coded).forEach(column -> labels.put(column.name(), column.codes()));
        return labels;
    }

    private byte[] bytes(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
