package org.voyage.indicators.feature.format;

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
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.reference.CodeLabel;

/**
 * Data set of one figure in SDMX-JSON: its structure, and its observations by the index of their codes in the
 * structure.
 */
final class SdmxDataSet {

    /** An observation names its status by the index in this list. */
    private static final List<String> OBS_STATUSES =
            List.of(SdmxIds.NORMAL_STATUS, SdmxIds.SUPPRESSED_STATUS, SdmxIds.NOT_REPORTED_STATUS);

    private static final Map<String, CodeLabel> OBS_STATUS_LABELS = Map.of(
            SdmxIds.NORMAL_STATUS,
            new CodeLabel("正常值", "Normal value"),
            SdmxIds.SUPPRESSED_STATUS,
            new CodeLabel("缺失值（不予公布）", "Missing value; suppressed"),
            SdmxIds.NOT_REPORTED_STATUS,
            new CodeLabel("缺失值（尚未报送）", "Missing value; not reported"));

    private final ReportTable table;
    private final int number;
    private final ObjectMapper json;
    private final List<SdmxDimension> dimensions = new ArrayList<>();

    /**
     * @param labelOf label of an id; null for a free text or a range of time
     * @param places the ids in the order of their first occurrence, with their index
     */
    private record SdmxDimension(
            String id,
            CodeLabel label,
            Function<ReportLine, String> valueOf,
            Function<String, @Nullable CodeLabel> labelOf,
            Map<String, Integer> places) {}

    SdmxDataSet(ReportTable table, int number, ObjectMapper json) {
        this.table = table;
        this.number = number;
        this.json = json;
        for (ReportTable.PinnedColumn pinned : table.pinned()) {
            String id = SdmxIds.toCodeId(pinned.code());
            addDimension(
                    SdmxIds.toComponentId(pinned.column().name()),
                    pinned.column().label(),
                    id,
                    _ -> id,
                    _ -> pinned.column().labelOf(pinned.code()));
        }
        for (ReportColumn column : table.dimensions()) {
            Map<String, CodeLabel> names = new LinkedHashMap<>();
            table.lines().forEach(line -> names.putIfAbsent(SdmxIds.toCodeId(line, column), labelOf(line, column)));
            addDimension(
                    SdmxIds.toComponentId(column.name()),
                    column.label(),
                    null,
                    line -> SdmxIds.toCodeId(line, column),
                    id -> names.getOrDefault(id, new CodeLabel(id, id)));
        }
        String filter = SdmxIds.filterId(table);
        addDimension(SdmxIds.FILTER, new CodeLabel("筛选条件", "Filters"), filter, _ -> filter, _ -> null);
        addDimension(
                SdmxIds.TIME_PERIOD,
                new CodeLabel("时间", "Time period"),
                SdmxIds.toTimePeriod(table.period()),
                line -> SdmxIds.toTimePeriod(table.periodOf(line)),
                id -> id.indexOf('/') < 0 ? new CodeLabel(id, id) : null);
    }

    /** @param whole the value for a table without lines; null omits the dimension, which must have a value */
    private void addDimension(
            String id,
            CodeLabel label,
            @Nullable String whole,
            Function<ReportLine, String> of,
            Function<String, @Nullable CodeLabel> name) {
        Map<String, Integer> places = new LinkedHashMap<>();
        table.lines().forEach(line -> places.putIfAbsent(of.apply(line), places.size()));
        if (places.isEmpty() && whole != null) {
            places.put(whole, 0);
        }
        if (!places.isEmpty()) {
            dimensions.add(new SdmxDimension(id, label, of, name, places));
        }
    }

    private static CodeLabel labelOf(ReportLine line, ReportColumn column) {
        String code = line.coordinates().get(column.name());
        return code == null ? new CodeLabel(line.kind().zh(), line.kind().en()) : column.labelOf(code);
    }

    ObjectNode writeStructure(String position) {
        FigureHeading heading = table.heading();
        ObjectNode structure = json.createObjectNode();
        writeLink(structure);
        writeNames(structure, heading.name().zh(), heading.name().en());
        ArrayNode observation = structure.putObject("dimensions").putArray("observation");
        dimensions.forEach(dimension -> writeDimension(observation.addObject(), dimension));
        writeMeasures(structure.putObject("measures").putArray("observation"));
        ObjectNode attributes = structure.putObject("attributes");
        writeAttributes(attributes.putArray("dataSet"));
        ArrayNode annotations = structure.putArray("annotations");
        ObjectNode annotation = annotations.addObject();
        writeStatuses(attributes.putArray("observation"));
        ReleaseAnswer release = table.release();
        if (release == null) {
            annotation.put("id", "POSITION").put("type", "position").put("title", position);
        } else {
            annotation.put("id", "RELEASE").put("type", "release").put("title", String.valueOf(release.number()));
        }
        for (CoverageYear year : warnedYears()) {
            String id = SdmxIds.COVERAGE + "_" + year.year();
            writeAnnotation(annotations.addObject(), id, "coverage", Objects.requireNonNull(year.warning()));
        }
        for (NoteAnswer note : table.notes()) {
            writeAnnotation(
                    annotations.addObject().put("value", note.code()),
                    SdmxIds.toComponentId("note-" + note.code()),
                    "note",
                    new LocalizedText(note.zh(), note.en()));
        }
        structure.putArray("dataSets").add(number);
        return structure;
    }

    private static void writeAnnotation(ObjectNode annotation, String id, String type, LocalizedText text) {
        annotation.put("id", id).put("type", type).put("title", text.en()).put("text", text.en());
        annotation.putObject("texts").put("en", text.en()).put("zh", text.zh());
    }

    private List<CoverageYear> warnedYears() {
        return table.coverage().stream().filter(year -> year.warning() != null).toList();
    }

    ObjectNode writeObservations() {
        ObjectNode set = json.createObjectNode();
        set.put("structure", number).put("action", "Information");
        writeLink(set);
        ArrayNode annotations = set.putArray("annotations").add(0);
        for (int i = 1; i <= warnedYears().size() + table.notes().size(); i++) {
            annotations.add(i);
        }
        set.putArray("attributes").add(0);
        ObjectNode observations = set.putObject("observations");
        for (ReportLine line : table.lines()) {
            ArrayNode measures = observations.putArray(observationKey(line)).add(line.value());
            if (table.hasShares()) {
                measures.add(line.share());
            }
            measures.add(OBS_STATUSES.indexOf(SdmxIds.statusOf(table, line)));
            if (table.isReleased()) {
                measures.add(table.isSuppressed(line) ? 1 : 0);
            }
        }
        return set;
    }

    private String observationKey(ReportLine line) {
        return dimensions.stream()
                .map(dimension -> String.valueOf(
                        dimension.places().get(dimension.valueOf().apply(line))))
                .collect(Collectors.joining(":"));
    }

    private void writeDimension(ObjectNode node, SdmxDimension dimension) {
        node.put("id", dimension.id());
        writeNames(node, dimension.label().zh(), dimension.label().en());
        node.put("keyPosition", dimensions.indexOf(dimension));
        switch (dimension.id()) {
            case SdmxIds.TIME_PERIOD -> node.putArray("roles").add(SdmxIds.TIME_PERIOD);
            case SdmxIds.FILTER -> node.putObject("format").put("dataType", "String");
            default -> {}
        }
        ArrayNode values = node.putArray("values");
        for (String id : dimension.places().keySet()) {
            CodeLabel label = dimension.labelOf().apply(id);
            if (label == null) {
                values.addObject().put("value", id);
            } else {
                writeNames(values.addObject().put("id", id), label.zh(), label.en());
            }
        }
    }

    private void writeMeasures(ArrayNode measures) {
        writeMeasure(measures, SdmxIds.OBS_VALUE, new CodeLabel("数值", "Value"));
        if (table.hasShares()) {
            writeMeasure(measures, SdmxIds.OBS_SHARE, new CodeLabel("占比（%）", "Share in percent"));
        }
    }

    private static void writeMeasure(ArrayNode measures, String id, CodeLabel label) {
        ObjectNode measure = measures.addObject().put("id", id);
        writeNames(measure, label.zh(), label.en());
        measure.putObject("format").put("dataType", "Decimal");
    }

    private void writeAttributes(ArrayNode attributes) {
        FigureHeading heading = table.heading();
        ObjectNode unit = addAttribute(attributes, SdmxIds.UNIT_MEASURE, new CodeLabel("计量单位", "Unit of measure"));
        writeNames(
                unit.putArray("values")
                        .addObject()
                        .put("id", SdmxIds.toCodeId(heading.unit().code())),
                heading.unit().zh(),
                heading.unit().en());
    }

    private void writeStatuses(ArrayNode attributes) {
        ArrayNode values =
                addObservationAttribute(attributes, SdmxIds.OBS_STATUS, new CodeLabel("观测值状态", "Observation status"));
        for (String status : OBS_STATUSES) {
            CodeLabel label = OBS_STATUS_LABELS.getOrDefault(status, new CodeLabel(status, status));
            writeNames(values.addObject().put("id", status), label.zh(), label.en());
        }
        if (table.isReleased()) {
            ArrayNode secrecy = addObservationAttribute(
                    attributes, SdmxIds.CONF_STATUS, new CodeLabel("保密状态", "Confidentiality status"));
            writeNames(secrecy.addObject().put("id", SdmxIds.FREE_STATUS), "可公布", "Free (free for publication)");
            writeNames(
                    secrecy.addObject().put("id", SdmxIds.CONFIDENTIAL_STATUS),
                    "保密",
                    "Confidential statistical information");
        }
    }

    /** Adds an attribute of each observation, and returns its values. */
    private static ArrayNode addObservationAttribute(ArrayNode attributes, String id, CodeLabel label) {
        ObjectNode attribute = addAttribute(attributes, id, label);
        attribute.putObject("relationship").putObject("observation");
        return attribute.putArray("values");
    }

    private static ObjectNode addAttribute(ArrayNode attributes, String id, CodeLabel label) {
        ObjectNode attribute = attributes.addObject().put("id", id);
        writeNames(attribute, label.zh(), label.en());
        attribute.putObject("relationship").putObject("dataflow");
        return attribute;
    }

    private void writeLink(ObjectNode node) {
        node.putArray("links").addObject().put("rel", "dataflow").put("urn", SdmxIds.dataflowUrn(table.heading()));
    }

    /** Writes the best match, then both languages. */
    static void writeNames(ObjectNode node, String zh, String en) {
        node.put("name", en);
        node.putObject("names").put("en", en).put("zh", zh);
    }
}
