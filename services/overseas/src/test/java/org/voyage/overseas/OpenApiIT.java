package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiAnswerFilter;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordServiceWalkthrough;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OpenApiIT {

    private static JsonNode document() {
        return OverseasBodies.parseJson(
                RestAssured.get("/q/openapi?format=json").asByteArray());
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("overseas").requireCommitted();
    }

    @Test
    void whoever_calls_the_last_release_can_go_on() {
        ApiContract.of("overseas").requireBackwardCompatible();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("overseas").requireExamples();
    }

    @Test
    void real_answers_of_every_operation_and_format_fit_the_document() {
        ApiAnswerFilter answers = ApiAnswerFilter.ofRunningService().install();
        try {
            new RecordServiceWalkthrough(answers).sendAll();
            answers.requireAllAnswersSeen(List.of());
        } finally {
            ApiAnswerFilter.uninstall();
        }
    }

    @Test
    void every_operation_is_described_in_both_languages_with_its_parameters_answers_and_refusals() {
        ApiDescriptionCheck.assertDocumented(document());
    }

    @Test
    void every_body_that_can_be_put_has_an_example_that_is_taken() {
        JsonNode schemas = document().at("/components/schemas");
        for (String record : new String[] {"School", "Headcount", "Training"}) {
            JsonNode schema = schemas.path("Overseas" + record);
            JsonNode example = schema.has("example") ? schema.path("example") : schema.at("/examples/0");
            int status = OverseasBodies.put(
                            "/v1/overseas-%ss/12/%s"
                                    .formatted(
                                            record.toLowerCase(java.util.Locale.ROOT),
                                            OverseasBodies.newSourceId("EX")),
                            example.toString())
                    .statusCode();
            assertThat(status).as(record).isIn(201, 202);
        }
    }
}
