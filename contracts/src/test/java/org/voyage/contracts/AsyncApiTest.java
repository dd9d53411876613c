package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiTest {

    /** Events that every service of bureaus' records publishes in addition to those of its records; no spreadsheet contains them. */
    private static final List<String> OF_EVERY_SERVICE = List.of("year-close", "batch", "outstanding");

    /** Documents of the services whose records no bureau sends. */
    private static final List<String> WITHOUT_BUREAUS = List.of("feeds.yaml", "indicators.yaml");

    /** One channel of one service: the only place that assigns a record type to a service. */
    record Channel(String file, JsonNode document, JsonNode channel) {

        static Stream<Channel> in(String file) {
            JsonNode document = Contracts.yaml("asyncapi/" + file);
            return document.path("channels")
                    .valueStream()
                    // A topic per feed of an alliance is of no record.
                    .filter(channel -> !channel.path("address").asText().contains("{"))
                    .map(channel -> new Channel(file, document, channel));
        }

        String service() {
            return file.replace(".yaml", "");
        }

        String address() {
            return channel.path("address").asText();
        }

        String noun() {
            return address().substring(address().indexOf('.') + 1);
        }

        JsonNode message() {
            String reference = channel.at("/messages/changed/$ref").asText();
            return document.at(reference.substring(1));
        }

        @Override
        public String toString() {
            return address();
        }
    }

    static List<String> files() {
        return Contracts.files("asyncapi", ".yaml");
    }

    static List<Channel> channels() {
        return files().stream().flatMap(Channel::in).toList();
    }

    static List<Channel> channelsOfRecordFiles() {
        return channels().stream()
                .filter(channel -> !OF_EVERY_SERVICE.contains(channel.noun()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_reference_leads_somewhere(String file) {
        JsonNode document = Contracts.yaml("asyncapi/" + file);

        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
            } else {
                assertThat(Files.exists(
                                Contracts.path("asyncapi").resolve(reference).normalize()))
                        .isTrue();
            }
        });
    }

    @Test
    void every_event_schema_has_one_channel_and_those_of_every_service_one_in_each() {
        List<String> schemas = new ArrayList<>(Contracts.files("events", ".schema.json"));
        files().stream()
                .filter(file -> !WITHOUT_BUREAUS.contains(file))
                .skip(1)
                .forEach(service -> OF_EVERY_SERVICE.forEach(noun -> schemas.add(noun + "-changed.v1.schema.json")));

        assertThat(channels().stream().map(channel -> channel.noun() + "-changed.v1.schema.json"))
                .containsExactlyInAnyOrderElementsOf(schemas);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void a_channel_leads_to_the_schema_and_the_headers_of_its_record(Channel channel) {
        String noun = channel.noun();
        JsonNode message = channel.message();
        String type = "org.voyage." + noun + ".changed.v1";

        assertThat(channel.address()).isEqualTo(channel.service() + "." + noun);
        assertThat(message.path("payload").path("$ref").asText())
                .isEqualTo("../events/" + noun + "-changed.v1.schema.json");
        assertThat(message.path("name").asText()).isEqualTo(type);
        assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
                .isEqualTo(type);
        assertThat(message.at("/headers/allOf/1/properties/ce_dataschema/const").asText())
                .isEqualTo(Contracts.json("events/" + noun + "-changed.v1.schema.json")
                        .path("$id")
                        .asText());
    }

    @ParameterizedTest
    @MethodSource("channelsOfRecordFiles")
    void a_channel_belongs_to_the_service_that_the_record_file_names(Channel channel) {
        assertThat(Contracts.yaml("records/" + channel.noun() + ".yaml")
                        .path("service")
                        .asText())
                .isEqualTo(channel.service());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void the_example_carries_exactly_the_required_headers_of_the_created_example(Channel channel) {
        JsonNode schema = channel.document().at("/components/schemas/cloudEventHeaders");
        JsonNode headers = channel.message().at("/examples/0/headers");
        JsonNode created = Contracts.json("events/examples/" + channel.noun() + ".created.json");

        assertThat(headers.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(schema.path("required")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
        assertThat(headers.path("ce_source").asText())
                .isEqualTo("/voyage/" + channel.service())
                .isEqualTo(schema.at("/properties/ce_source/const").asText());
        assertThat(headers.path("ce_subject").asText())
                .isEqualTo(created.path("province").asText() + "/"
                        + created.path("sourceId").asText());
    }
}
