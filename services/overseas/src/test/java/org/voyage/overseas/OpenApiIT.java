package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OpenApiIT {

    private static JsonNode document() {
        return OverseasApi.json(RestAssured.get("/q/openapi?format=json").asByteArray());
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("overseas").isCommitted();
    }

    @Test
    void whoever_calls_the_last_release_can_go_on() {
        ApiContract.of("overseas").keepsWhatWasReleased();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("overseas").hasExamples();
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
                for (String status : new String[] {"400", "401", "403", "429", "503"}) {
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
        for (String record : new String[] {"School", "Headcount", "Training"}) {
            JsonNode schema = schemas.path("Overseas" + record);
            JsonNode example = schema.has("example") ? schema.path("example") : schema.at("/examples/0");
            int status = OverseasApi.put(
                            "/v1/overseas-%ss/12/%s"
                                    .formatted(record.toLowerCase(java.util.Locale.ROOT), OverseasApi.fresh("EX")),
                            example.toString())
                    .statusCode();
            assertThat(status).as(record).isIn(201, 202);
        }
    }
}
