package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of the examples of events that alliances get: one of each type. */
class FeedExamplesTest {

    private static final String FOLDER = "feeds/events/examples/";
    private static final String EVENT_SCHEMA = "feeds/events/feed-event.v1.schema.json";
    private static final List<String> WITHOUT_RECORD = List.of("checkpoint", "reset");

    static List<String> examples() {
        return Contracts.files(FOLDER, ".json");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_a_valid_event_with_data_of_its_schema(String file) {
        JsonNode event = Contracts.json(FOLDER + file);

        assertThat(Contracts.errors(Contracts.schema(EVENT_SCHEMA), event)).isEmpty();
        assertThat(Contracts.errors(Contracts.schema(schemaOf(event)), event.path("data")))
                .isEmpty();
        assertThat(event.path("id").asText())
                .isEqualTo(event.path("epoch").asText() + "-"
                        + event.path("sequence").asText());
    }

    @Test
    void every_type_of_event_has_one_example_with_its_name_and_withheld_data_another() {
        TreeSet<String> types = new TreeSet<>(WITHOUT_RECORD);
        Contracts.yaml("feeds/fields.yaml")
                .path("records")
                .fieldNames()
                .forEachRemaining(record -> Contracts.json("feeds/events/" + record + ".v1.schema.json")
                        .at("/$defs/change/properties/kind/enum")
                        .forEach(kind -> types.add(record + "." + kind.asText())));
        types.add("overseas-school.created-withheld");

        assertThat(examples().stream().map(file -> file.replace(".json", "")))
                .containsExactlyInAnyOrderElementsOf(types);
        examples()
                .forEach(file -> assertThat(
                                Contracts.json(FOLDER + file).path("type").asText())
                        .isEqualTo("org.voyage.feed."
                                + file.replace("-withheld", "").replace(".json", ".v1")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_says_what_to_do_with_the_copy_and_has_its_data_in_canonical_order(String file) {
        JsonNode event = Contracts.json(FOLDER + file);
        String kind = event.at("/data/kind").asText("withheld");

        assertThat(event.path("op").asText())
                .isEqualTo(
                        switch (kind) {
                            case "withdrawn", "left-scope", "withheld" -> "delete";
                            case "checkpoint" -> "proof";
                            case "reset" -> "reset";
                            default -> "put";
                        });
        assertSorted(event.path("data"));
    }

    private static void assertSorted(JsonNode part) {
        List<String> names = part.properties().stream().map(Map.Entry::getKey).toList();
        assertThat(names).isSorted();
        part.forEach(FeedExamplesTest::assertSorted);
    }

    @Test
    void data_that_no_schema_allows_are_found() {
        ObjectNode data =
                (ObjectNode) Contracts.json(FOLDER + "recognition.created.json").path("data");
        ((ObjectNode) data.path("state")).put("evidence", "https://example.org/1");

        assertThat(Contracts.errors(Contracts.schema("feeds/events/recognition.v1.schema.json"), data))
                .isNotEmpty();
    }

    @Test
    void the_example_of_a_message_has_the_id_of_its_event() {
        JsonNode messages = Contracts.yaml("asyncapi/feeds.yaml").at("/components/messages");
        for (Map.Entry<String, JsonNode> message : messages.properties()) {
            JsonNode example = message.getValue().at("/examples/0");
            String name = message.getValue().path("name").asText().replace("org.voyage.feed.", "");
            if (!name.startsWith("org.")) {
                String file = WITHOUT_RECORD.contains(name)
                        ? name
                        : name + "." + example.path("name").asText();
                assertThat(example.at("/headers/ce_id"))
                        .as(message.getKey())
                        .isEqualTo(Contracts.json(FOLDER + file + ".json").path("id"));
            }
        }
    }

    private static String schemaOf(JsonNode event) {
        return "feeds/events/" + event.path("dataschema").asText().split(":")[3] + ".v1.schema.json";
    }
}
