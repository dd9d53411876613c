package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test of events as services of each release have written them to Kafka, {@code contracts/events/stored/<release>}: the
 * schemas of this version allow them, since they stay in the topics.
 */
class StoredEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> topics() {
        return Contracts.files("events/stored", "").stream()
                .filter(name -> Character.isDigit(name.charAt(0)))
                .flatMap(release -> Contracts.files("events/stored/" + release, ".ndjson").stream()
                        .map(file -> release + "/" + file))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void events_of_each_release_are_events_of_this_version(String file) throws JsonProcessingException {
        String topic = file.substring(file.indexOf('/') + 1).replace(".ndjson", "");
        String record = topic.substring(topic.indexOf('.') + 1);
        for (String line : Contracts.text("events/stored/" + file).lines().toList()) {
            JsonNode event = JSON.readTree(line);
            JsonNode value = JSON.readTree(event.path("value").asText());
            assertThat(event.at("/headers/ce_type").asText()).isEqualTo("org.voyage." + record + ".changed.v1");
            assertThat(Contracts.errors(Contracts.schema("events/" + record + "-changed.v1.schema.json"), value))
                    .as(line)
                    .isEmpty();
        }
    }
}
