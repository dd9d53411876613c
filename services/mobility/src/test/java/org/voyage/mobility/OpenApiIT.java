package org.voyage.mobility;

import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        ApiContract.of("mobility").requireCommitted();
    }

    @Test
    void what_callers_of_the_last_release_rely_on_is_kept() {
        ApiContract.of("mobility").requireBackwardCompatible();
    }

    @Test
    void every_operation_has_examples_of_what_is_sent_and_answered() {
        ApiContract.of("mobility").requireExamples();
    }

    @Test
    void real_answers_of_every_operation_and_format_fit_the_document() {
        ApiAnswerFilter answers = ApiAnswerFilter.ofRunningService().install();
        try {
            new RecordServiceWalkthrough(answers).sendAll();
            walkPersonalData();
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
        for (MobilityRecord its : MobilityRecord.values()) {
            String name = its == MobilityRecord.INBOUND_ENROLMENT ? "InboundEnrolmentSent" : camel(its.record);
            JsonNode schema = schemas.path(name);
            JsonNode example = schema.has("example") ? schema.path("example") : schema.at("/examples/0");
            RecordApiClient.put(its.freshPath("12"), example.toString()).then().statusCode(201);
        }
    }

    private static String camel(String record) {
        return Stream.of(record.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static void walkPersonalData() {
        String path = "/v1/inbound-enrolments/13/" + newSourceId("DOC");
        RecordApiClient.put(
                        path,
                        document()
                                .at("/components/schemas/InboundEnrolmentSent/examples/0")
                                .toString())
                .then()
                .statusCode(201);
        bureau("13").get(path + "/personal-data").then().statusCode(200);
        bureau("13")
                .delete(path + "/personal-data?reason=student-request")
                .then()
                .statusCode(204);
        bureau("13").post(path + "/personal-data/consent").then().statusCode(204);
        as("privacy-officer").post("/v1/personal-data/rotation").then().statusCode(202);
        as("privacy-officer").get("/v1/personal-data/rotation").then().statusCode(200);
    }
}
