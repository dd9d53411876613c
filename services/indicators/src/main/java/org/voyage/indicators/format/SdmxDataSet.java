package org.voyage.indicators.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;
import org.voyage.indicators.reference.Label;

/** One figure as SDMX-JSON: its structure, and its observations by the places of their codes in the structure. */
final class SdmxDataSet {

    private final Table table;
    private final int number;
    private final ObjectMapper json;
    private final List<Dimension> dimensions = new ArrayList<>();

    /**
     * @param name of an id; null of what is no id but a text or a range of time
     * @param places the ids that occur, in the order in which they do, and where each stands
     */
    private record Dimension(
            String id,
            Label label,
            Function<Line, String> of,
            Function<String, @Nullable Label> name,
            Map<String, Integer> places) {}

    SdmxDataSet(Table table, int number, ObjectMapper json) {
        this.table = table;
        this.number = number;
        this.json = json;
        for (Table.Pinned pinned : table.pinned()) {
            String id = SdmxIds.code(pinned.code());
            add(
                    SdmxIds.component(pinned.column().name()),
                    pinned.column().label(),
                    id,
                    _ -> id,
                    _ -> pinned.column().label(pinned.code()));
        }
        for (Column column : table.dimensions()) {
            Map<String, Label> names = new LinkedHashMap<>();
            table.lines().forEach(line -> names.putIfAbsent(SdmxIds.code(line, column), label(line, column)));
            add(
                    SdmxIds.component(column.name()),
                    column.label(),
                    null,
                    line -> SdmxIds.code(line, column),
                    id -> names.getOrDefault(id, new Label(id, id)));
        }
        String filter = SdmxIds.filter(table);
        add(SdmxIds.FILTER, new Label("筛选条件", "Filters"), filter, _ -> filter, _ -> null);
        add(
                SdmxIds.TIME_PERIOD,
                new Label("时间", "Time period"),
                SdmxIds.period(table.period()),
                line -> SdmxIds.period(table.period(line)),
                id -> id.indexOf('/') < 0 ? new Label(id, id) : null);
    }

    /** @param whole what stands for an answer without lines; null where nothing does, for a dimension must have a value */
    private void add(
            String id,
            Label label,
            @Nullable String whole,
            Function<Line, String> of,
            Function<String, @Nullable Label> name) {
        Map<String, Integer> places = new LinkedHashMap<>();
        table.lines().forEach(line -> places.putIfAbsent(of.apply(line), places.size()));
        if (places.isEmpty() && whole != null) {
            places.put(whole, 0);
        }
        if (!places.isEmpty()) {
            dimensions.add(new Dimension(id, label, of, name, places));
        }
    }

    private static Label label(Line line, Column column) {
        String code = line.at().get(column.name());
        return code == null ? new Label(line.kind().zh(), line.kind().en()) : column.label(code);
    }

    ObjectNode structure(String position) {
        Heading heading = table.heading();
        ObjectNode structure = json.createObjectNode();
        link(structure);
        name(structure, heading.name().zh(), heading.name().en());
        ArrayNode observation = structure.putObject("dimensions").putArray("observation");
        dimensions.forEach(dimension -> dimension(observation.addObject(), dimension));
        measures(structure.putObject("measures").putArray("observation"));
        ObjectNode attributes = structure.putObject("attributes");
        attributes(attributes.putArray("dataSet"));
        ArrayNode annotations = structure.putArray("annotations");
        ObjectNode annotation = annotations.addObject();
        ReleaseAnswer release = table.release();
        if (release == null) {
            annotation.put("id", "POSITION").put("type", "position").put("title", position);
        } else {
            statuses(attributes.putArray("observation"));
            annotation.put("id", "RELEASE").put("type", "release").put("title", String.valueOf(release.number()));
        }
        for (CoverageYear year : warned()) {
            String id = SdmxIds.COVERAGE + "_" + year.year();
            annotation(annotations.addObject(), id, "coverage", Objects.requireNonNull(year.warning()));
        }
        for (NoteAnswer note : table.notes()) {
            annotation(
                    annotations.addObject().put("value", note.code()),
                    SdmxIds.component("note-" + note.code()),
                    "note",
                    new Text(note.zh(), note.en()));
        }
        structure.putArray("dataSets").add(number);
        return structure;
    }

    private static void annotation(ObjectNode annotation, String id, String type, Text text) {
        annotation.put("id", id).put("type", type).put("title", text.en()).put("text", text.en());
        annotation.putObject("texts").put("en", text.en()).put("zh", text.zh());
    }

    private List<CoverageYear> warned() {
        return table.coverage().stream().filter(year -> year.warning() != null).toList();
    }

    ObjectNode observations() {
        ObjectNode set = json.createObjectNode();
        set.put("structure", number).put("action", "Information");
        link(set);
        ArrayNode annotations = set.putArray("annotations").add(0);
        for (int i = 1; i <= warned().size() + table.notes().size(); i++) {
            annotations.add(i);
        }
        set.putArray("attributes").add(0);
        ObjectNode observations = set.putObject("observations");
        for (Line line : table.lines()) {
            ArrayNode measures = observations.putArray(key(line)).add(line.value());
            if (table.shares()) {
                measures.add(line.share());
            }
            if (table.isReleased()) {
                int status = table.isSuppressed(line) ? 1 : 0;
                measures.add(status).add(status);
            }
        }
        return set;
    }

    private String key(Line line) {
        return dimensions.stream()
                .map(dimension ->
                        String.valueOf(dimension.places().get(dimension.of().apply(line))))
                .collect(Collectors.joining(":"));
    }

    private void dimension(ObjectNode node, Dimension dimension) {
        node.put("id", dimension.id());
        name(node, dimension.label().zh(), dimension.label().en());
        node.put("keyPosition", dimensions.indexOf(dimension));
        switch (dimension.id()) {
            case SdmxIds.TIME_PERIOD -> node.putArray("roles").add(SdmxIds.TIME_PERIOD);
            case SdmxIds.FILTER -> node.putObject("format").put("dataType", "String");
            default -> {}
        }
        ArrayNode values = node.putArray("values");
        for (String id : dimension.places().keySet()) {
            Label label = dimension.name().apply(id);
            if (label == null) {
                values.addObject().put("value", id);
            } else {
                name(values.addObject().put("id", id), label.zh(), label.en());
            }
        }
    }

    private void measures(ArrayNode measures) {
        measure(measures, SdmxIds.OBS_VALUE, new Label("数值", "Value"));
        if (table.shares()) {
            measure(measures, SdmxIds.OBS_SHARE, new Label("占比（%）", "Share in percent"));
        }
    }

    private static void measure(ArrayNode measures, String id, Label label) {
        ObjectNode measure = measures.addObject().put("id", id);
        name(measure, label.zh(), label.en());
        measure.putObject("format").put("dataType", "Decimal");
    }

    private void attributes(ArrayNode attributes) {
        Heading heading = table.heading();
        ObjectNode unit = attribute(attributes, SdmxIds.UNIT_MEASURE, new Label("计量单位", "Unit of measure"));
        name(
                unit.putArray("values")
                        .addObject()
                        .put("id", SdmxIds.code(heading.unit().code())),
                heading.unit().zh(),
                heading.unit().en());
    }

    private static void statuses(ArrayNode attributes) {
        values(
                attribute(attributes, SdmxIds.OBS_STATUS, new Label("观测值状态", "Observation status")),
                SdmxIds.SHOWN.getFirst(),
                new Label("正常值", "Normal value"),
                SdmxIds.SUPPRESSED.getFirst(),
                new Label("缺失值（不予公布）", "Missing value; suppressed"));
        values(
                attribute(attributes, SdmxIds.CONF_STATUS, new Label("保密状态", "Confidentiality status")),
                SdmxIds.SHOWN.getLast(),
                new Label("可公布", "Free (free for publication)"),
                SdmxIds.SUPPRESSED.getLast(),
                new Label("保密", "Confidential statistical information"));
    }

    private static void values(ObjectNode attribute, String shown, Label shownLabel, String hidden, Label hiddenLabel) {
        attribute.putObject("relationship").putObject("observation");
        ArrayNode values = attribute.putArray("values");
        name(values.addObject().put("id", shown), shownLabel.zh(), shownLabel.en());
        name(values.addObject().put("id", hidden), hiddenLabel.zh(), hiddenLabel.en());
    }

    private static ObjectNode attribute(ArrayNode attributes, String id, Label label) {
        ObjectNode attribute = attributes.addObject().put("id", id);
        name(attribute, label.zh(), label.en());
        attribute.putObject("relationship").putObject("dataflow");
        return attribute;
    }

    private void link(ObjectNode node) {
        node.putArray("links").addObject().put("rel", "dataflow").put("urn", SdmxIds.urn(table.heading()));
    }

    /** The best match, then both languages. */
    static void name(ObjectNode node, String zh, String en) {
        node.put("name", en);
        node.putObject("names").put("en", en).put("zh", zh);
    }
}
