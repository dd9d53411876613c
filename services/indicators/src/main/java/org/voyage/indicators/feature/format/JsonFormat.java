package org.voyage.indicators.feature.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voyage.indicators.query.CoordinatesSerializer;
import org.voyage.indicators.query.FigureResponses.FigureAnswer;
import org.voyage.indicators.query.FigureResponses.FiguresAnswer;
import org.voyage.indicators.query.FigureResponses.ValuesAnswer;
import org.voyage.indicators.reference.CodeLabel;

/** Writer of JSON reports, in the API's own shape. */
final class JsonFormat {

    private static final String STATUS_MEMBER = "status";
    /** Status of a value that is split by the dimension status. */
    private static final String VALUE_STATUS_MEMBER = "valueStatus";

    private final ObjectMapper json;

    JsonFormat(ObjectMapper json) {
        this.json = json;
    }

    byte[] writeSingle(ValuesReport report) {
        ReportTable table = report.tables().getFirst();
        return toBytes(new ValuesAnswer(
                table.heading(),
                breakdownNames(table),
                table.filters(),
                table.period(),
                report.position(),
                table.release(),
                linesOfKind(table, ReportLine.LineKind.VALUE),
                codeLabels(table),
                table.components(),
                linesOfKind(table, ReportLine.LineKind.OTHERS),
                linesOfKind(table, ReportLine.LineKind.TOTAL),
                table.headline(),
                table.coverage(),
                table.notes()));
    }

    byte[] writeMultiple(ValuesReport report) {
        ReportTable first = report.tables().getFirst();
        return toBytes(new FiguresAnswer(
                breakdownNames(first),
                first.filters(),
                report.position(),
                report.tables().stream().map(JsonFormat::toFigureAnswer).toList()));
    }

    private static FigureAnswer toFigureAnswer(ReportTable table) {
        return new FigureAnswer(
                table.heading(),
                table.period(),
                table.release(),
                linesOfKind(table, ReportLine.LineKind.VALUE),
                codeLabels(table),
                table.components(),
                linesOfKind(table, ReportLine.LineKind.OTHERS),
                linesOfKind(table, ReportLine.LineKind.TOTAL),
                table.headline(),
                table.coverage(),
                table.notes());
    }

    private static List<String> breakdownNames(ReportTable table) {
        return table.columns().stream().map(ReportColumn::name).toList();
    }

    private static List<Map<String, Object>> linesOfKind(ReportTable table, ReportLine.LineKind kind) {
        return table.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(line -> toMap(table, line))
                .toList();
    }

    private static Map<String, Object> toMap(ReportTable table, ReportLine line) {
        Map<String, Object> members = CoordinatesSerializer.toMembers(line.coordinates());
        if (line.kind() == ReportLine.LineKind.OTHERS) {
            members.put("count", line.count());
        }
        members.put("value", line.value());
        if (!table.statusOf(line).isEmpty()) {
            members.put(members.containsKey(STATUS_MEMBER) ? VALUE_STATUS_MEMBER : STATUS_MEMBER, table.statusOf(line));
        }
        if (line.lastReported() != null) {
            members.put("lastReported", line.lastReported());
        }
        if (line.share() != null) {
            members.put("share", line.share());
        }
        return members;
    }

    private static Map<String, Map<String, CodeLabel>> codeLabels(ReportTable table) {
        Map<String, Map<String, CodeLabel>> labels = new TreeMap<>();
        table.dimensions().stream()
                .filter(ReportColumn::hasCodes)
                .forEach(column -> labels.put(column.name(), column.codes()));
        return labels;
    }

    private byte[] toBytes(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
