package org.voyage.mobility;

import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiFuzzer;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;
import org.voyage.kittest.TestEffort;
import org.voyage.mobility.enrolment.EnrolmentRequests;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ApiFuzzIT {
    private static final long SEED = 20261125;
    private static final int REQUESTS_PER_OPERATION = TestEffort.choose(60, 120);

    @Test
    void whatever_is_sent_the_answer_is_sound_or_a_problem_document() {
        String enrolment = newSourceId("FUZZ");
        put(
                        "/v1/inbound-enrolments/12/" + enrolment,
                        EnrolmentRequests.bodyWithPassport(EnrolmentRequests.newPassport()))
                .then()
                .statusCode(201);
        String batch = RecordApiClient.sendFile(
                        "12",
                        "/v1/inbound-enrolments/batches",
                        "application/x-ndjson",
                        "{\"sourceId\":\"" + enrolment + "\"}\n")
                .path("id");
        Map<String, List<String>> parts = Map.of(
                "province", List.of("12", "12", "12", "66"),
                "sourceId", List.of(enrolment, enrolment, "F-1", "F-2", "F-3"),
                "id", List.of(batch),
                "record", List.of("inbound-enrolment", "foreign-teacher"));
        new ApiFuzzer("localhost", RestAssured.port, SEED, REQUESTS_PER_OPERATION).sendAll("bureau-12", parts);
        new ApiFuzzer("localhost", RestAssured.port, SEED, REQUESTS_PER_OPERATION / 4)
                .sendAll("privacy-officer", parts);
    }
}
