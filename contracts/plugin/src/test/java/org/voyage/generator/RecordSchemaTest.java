package org.voyage.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TRIP = """
            record: study-trip
            service: overseas
            name: { zh: 考察, en: Study trip }
            conditions:
              - { exactlyOne: [school, host] }
              - { exactlyOne: [from, year] }
            fields:
              - { name: school, type: text, max: 90, required: false, explain: { zh: 机构, en: School } }
              - { name: host, type: text, max: 90, required: false, explain: { zh: 接待方, en: Host } }
              - { name: from, type: date, required: false, explain: { zh: 日期, en: First day } }
              - { name: year, type: integer, min: 2000, max: 2100, required: false, explain: { zh: 年度, en: Year } }
            """;

    @TempDir
    Path folder;

    private JsonNode state(String record) throws IOException {
        Path file = Files.writeString(folder.resolve("study-trip.yaml"), record);
        return JSON.readTree(new RecordSchema(RecordFile.read(file), folder).toEventSchema())
                .at("/$defs/record");
    }

    private static JsonNode oneOf(String one, String other) throws IOException {
        return JSON.readTree("[{\"required\": [\"%s\"]}, {\"required\": [\"%s\"]}]".formatted(one, other));
    }

    @Test
    void each_condition_on_exactly_one_field_stands() throws IOException {
        JsonNode state = state(TRIP);

        assertThat(state.path("oneOf")).isEqualTo(oneOf("school", "host"));
        assertThat(state.path("allOf"))
                .singleElement()
                .isEqualTo(JSON.createObjectNode().set("oneOf", oneOf("from", "year")));
    }

    @Test
    void an_event_has_the_declared_fields_and_no_other() throws IOException {
        JsonNode state = state(TRIP.replace("max: 90, required: false", "max: 90, required: true"));

        assertThat(state.path("properties").fieldNames())
                .toIterable()
                .containsExactly("school", "host", "from", "year");
        assertThat(state.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(state.path("required").valueStream().map(JsonNode::asText)).containsExactly("school", "host");
        assertThat(state.at("/properties/school/maxLength").asInt()).isEqualTo(90);
    }
}
