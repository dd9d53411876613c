package org.voyage.mobility;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;

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
    void every_operation_is_told_in_both_languages_with_its_parameters_answers_and_refusals() {
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
}
