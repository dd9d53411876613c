package org.voyage.cooperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kittest.ApiAnswerFilter;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;
import org.voyage.kittest.RecordServiceWalkthrough;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OpenApiIT {

    private static JsonNode document() {
        return RecordApiClient.parseJson(
                RestAssured.get("/q/openapi?format=json").asByteArray());
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("cooperation").requireCommitted();
    }

    @Test
    void what_callers_of_the_last_release_rely_on_is_kept() {
        ApiContract.of("cooperation").requireBackwardCompatible();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("cooperation").requireExamples();
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

    @ParameterizedTest
    @CsvSource({
        "CooperativeInstitution,cooperative-institutions",
        "CooperativeProgramme,cooperative-programmes",
        "CooperativeHeadcount,cooperative-headcounts"
    })
    void every_body_that_can_be_put_has_an_example_that_is_taken(String schema, String collection) {
        JsonNode known = document().at("/components/schemas/" + schema);
        JsonNode example = known.has("example") ? known.path("example") : known.at("/examples/0");
        int status = RecordApiClient.put(
                        "/v1/%s/13/%s".formatted(collection, RecordApiClient.newSourceId("EX")), example.toString())
                .statusCode();
        assertThat(status).isIn(201, 202);
    }
}
