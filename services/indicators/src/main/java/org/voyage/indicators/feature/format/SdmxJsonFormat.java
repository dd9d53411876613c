package org.voyage.indicators.feature.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.voyage.kit.reference.InstantFormat;

/**
 * Writer of SDMX-JSON 2.0: a structure and a data set per figure. Annotations of each data set hold the position, the
 * coverage warnings and the notes.
 */
final class SdmxJsonFormat {

    private static final String SCHEMA_URL = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json";

    private final ObjectMapper json;

    SdmxJsonFormat(ObjectMapper json) {
        this.json = json;
    }

    byte[] writeReport(ValuesReport report) {
        ObjectNode message = json.createObjectNode();
        ObjectNode meta = message.putObject("meta");
        ObjectNode data = message.putObject("data");
        ArrayNode structures = data.putArray("structures");
        ArrayNode dataSets = data.putArray("dataSets");
        for (ReportTable table : report.tables()) {
            SdmxDataSet set = new SdmxDataSet(table, structures.size(), json);
            structures.add(set.writeStructure(report.formatPosition()));
            dataSets.add(set.writeObservations());
        }
        writeMeta(meta, report, data);
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes an id that is a hash of the content, so that equal reports are the same message. */
    private static void writeMeta(ObjectNode meta, ValuesReport report, ObjectNode data) {
        meta.put("schema", SCHEMA_URL);
        meta.put(
                "id",
                UUID.nameUUIDFromBytes(data.toString().getBytes(StandardCharsets.UTF_8))
                        .toString());
        meta.put("test", false);
        meta.put("prepared", InstantFormat.formatInstant(report.position().time()));
        meta.putArray("contentLanguages").add("en").add("zh");
        ObjectNode sender = meta.putObject("sender");
        sender.put("id", "VOYAGE");
        SdmxDataSet.writeNames(sender, "远航", "Voyage");
    }
}
