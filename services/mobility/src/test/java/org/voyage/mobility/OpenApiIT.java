package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApi;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OpenApiIT {

    private static JsonNode document() {
        return RecordApi.json(RestAssured.get("/q/openapi?format=json").asByteArray());
    }

    @Test
    void every_operation_is_told_in_both_languages_with_its_parameters_answers_and_refusals() {
        JsonNode document = document();
        SoftAssertions softly = new SoftAssertions();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                String name = verb.getKey() + " " + path.getKey();
                JsonNode operation = verb.getValue();
                softly.assertThat(operation.path("summary").asText()).as(name).matches(".*[a-z].* / .*\\p{IsHan}.*");
                for (JsonNode parameter : operation.path("parameters")) {
                    softly.assertThat(parameter.path("description").asText())
                            .as(name + " " + parameter.path("name").asText())
                            .isNotBlank();
                }
                JsonNode responses = operation.path("responses");
                softly.assertThat(responses.properties()).as(name).anySatisfy(response -> {
                    assertThat(response.getKey()).startsWith("2");
                    assertThat(response.getValue().path("content").properties()).isNotEmpty();
                });
                for (String status : new String[] {"400", "401", "403", "503"}) {
                    JsonNode refusal = document.at(
                            responses.path(status).path("$ref").asText("#/none").substring(1));
                    softly.assertThat(refusal.at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(name + " " + status)
                            .isEqualTo("#/components/schemas/Problem");
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void every_body_that_can_be_put_has_an_example_that_is_taken() {
        JsonNode schemas = document().at("/components/schemas");
        for (MobilityRecord its : MobilityRecord.values()) {
            String name = its == MobilityRecord.INBOUND_ENROLMENT ? "InboundEnrolmentSent" : camel(its.record);
            JsonNode schema = schemas.path(name);
            JsonNode example = schema.has("example") ? schema.path("example") : schema.at("/examples/0");
            RecordApi.put(its.freshPath("12"), example.toString()).then().statusCode(201);
        }
    }

    private static String camel(String record) {
        return Stream.of(record.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
