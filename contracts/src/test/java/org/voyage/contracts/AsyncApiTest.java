package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiTest {

    private static final JsonNode OVERSEAS = Contracts.yaml("asyncapi/overseas.yaml");

    static List<String> references() {
        return OVERSEAS.findValuesAsText("$ref");
    }

    @ParameterizedTest
    @MethodSource("references")
    void every_reference_leads_somewhere(String reference) {
        if (reference.startsWith("#")) {
            assertThat(OVERSEAS.at(reference.substring(1)).isMissingNode()).isFalse();
        } else {
            assertThat(Files.exists(
                            Contracts.path("asyncapi").resolve(reference).normalize()))
                    .isTrue();
        }
    }

    @Test
    void every_event_schema_has_a_channel_a_message_and_its_headers() {
        for (String file : Contracts.files("events", ".schema.json")) {
            String noun = file.replace("-changed.v1.schema.json", "");
            JsonNode message = OVERSEAS.at("/components/messages")
                    .valueStream()
                    .filter(candidate ->
                            candidate.path("payload").path("$ref").asText().equals("../events/" + file))
                    .findFirst()
                    .orElseThrow();

            assertThat(OVERSEAS.path("channels").findValuesAsText("address")).contains("overseas." + noun);
            assertThat(message.path("name").asText()).isEqualTo("org.voyage." + noun + ".changed.v1");
            assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
                    .isEqualTo("org.voyage." + noun + ".changed.v1");
            assertThat(message.at("/headers/allOf/1/properties/ce_dataschema/const")
                            .asText())
                    .isEqualTo(Contracts.json("events/" + file).path("$id").asText());
        }
    }

    @Test
    void each_example_carries_exactly_the_required_headers() {
        JsonNode schema = OVERSEAS.at("/components/schemas/cloudEventHeaders");

        OVERSEAS.at("/components/messages").forEach(message -> {
            List<String> sent = message.at("/examples/0/headers").properties().stream()
                    .map(Map.Entry::getKey)
                    .toList();
            List<String> required =
                    schema.path("required").valueStream().map(JsonNode::asText).toList();
            assertThat(sent).containsExactlyInAnyOrderElementsOf(required);
        });
    }
}
