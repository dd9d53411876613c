package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of the channel documents against AsyncAPI 3.0.0. */
class AsyncApiShapeTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Schema RULES = Contracts.schema(rules());

    static List<String> files() {
        return Contracts.files("asyncapi", ".yaml");
    }

    private static JsonNode rules() {
        try (InputStream in =
                Objects.requireNonNull(AsyncApiShapeTest.class.getResourceAsStream("/asyncapi-3.0.0.yaml"))) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_document_has_the_fields_of_its_version_and_no_others(String file) {
        assertThat(Contracts.errors(RULES, Contracts.yaml("asyncapi/" + file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void an_operation_is_about_messages_of_its_own_channel_and_every_channel_has_one(String file) {
        assertThat(wrongOperations(Contracts.yaml("asyncapi/" + file))).isEmpty();
    }

    /** Each row is a past or possible fault that makes other programs refuse the documents. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                          | {asyncapi: 2.6.0}",
                "/info                                     | {licence: {name: Apache-2.0}}",
                "/servers/kafka                            | {url: 'localhost:8090'}",
                "/servers/kafka                            | {host: 'kafka://localhost:8090'}",
                "/channels/overseasSchool                  | {publish: {operationId: x}}",
                "/channels/overseasSchool/messages/changed | {$ref: 1}",
                "/operations/sendOverseasSchoolChanged     | {action: publish}",
                "/operations/sendOverseasSchoolChanged     | {channel: overseasSchool}",
                "/components                               | {parameter: {}}",
                "/components/channelBindings/log/kafka     | {partitions: '6'}",
                "/components/messageBindings/log/kafka/key | {$ref: '#/components/schemas/cloudEventHeaders'}",
                "/components/messages/overseasSchoolChanged | {messageId: x}",
                "/components/messages/overseasSchoolChanged | {examples: [{name: x}]}",
                "/components/schemas/cloudEventHeaders     | {type: objekt}"
            })
    void what_is_no_AsyncAPI_3_is_found(String place, String slip) throws IOException {
        JsonNode document = Contracts.yaml("asyncapi/overseas.yaml");
        ((ObjectNode) document.at(place == null ? "" : place)).setAll((ObjectNode) YAML.readTree(slip));

        assertThat(Contracts.errors(RULES, document)).isNotEmpty();
    }

    @Test
    void an_operation_about_a_message_that_its_channel_does_not_have_is_found() throws IOException {
        JsonNode document = Contracts.yaml("asyncapi/overseas.yaml");
        ((ObjectNode) document.at("/operations/sendOverseasSchoolChanged"))
                .set("messages", YAML.readTree("[{$ref: '#/components/messages/overseasSchoolChanged'}]"));
        ((ObjectNode) document.at("/operations")).remove("sendBatchChanged");

        assertThat(wrongOperations(document)).hasSize(2);
    }

    private static List<String> wrongOperations(JsonNode document) {
        List<String> wrong = new ArrayList<>();
        TreeSet<String> silent = new TreeSet<>();
        document.path("channels").fieldNames().forEachRemaining(name -> silent.add("#/channels/" + name));
        document.path("operations").properties().forEach(operation -> {
            String channel = operation.getValue().at("/channel/$ref").asText();
            silent.remove(channel);
            for (JsonNode message : operation.getValue().path("messages")) {
                String named = message.path("$ref").asText();
                if (!named.startsWith(channel + "/messages/")
                        || document.at(named.substring(1)).isMissingNode()) {
                    wrong.add(operation.getKey() + " is about " + named);
                }
            }
        });
        silent.forEach(channel -> wrong.add(channel + " has no operation"));
        return wrong;
    }
}
