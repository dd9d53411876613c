package org.voyage.cooperation;

import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiFuzzer;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestEffort;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ApiFuzzIT {
    private static final long SEED = 20261124;
    private static final int REQUESTS_PER_OPERATION = TestEffort.choose(80, 250);

    @Test
    void whatever_is_sent_the_answer_is_sound_or_a_problem_document() {
        String known = newSourceId("FUZZ");
        CooperationBodies.putInstitution("12", known);
        String batch = bureau("12")
                .contentType("application/x-ndjson")
                .body(("{\"sourceId\":\"" + known + "\"}\n").getBytes(StandardCharsets.UTF_8))
                .post("/v1/cooperative-institutions/batches")
                .path("id");
        new ApiFuzzer("localhost", RestAssured.port, SEED, REQUESTS_PER_OPERATION)
                .sendAll(
                        "bureau-12",
                        Map.of(
                                "province", List.of("12", "12", "12", "66"),
                                "sourceId", List.of(known, known, "F-1", "F-2", "F-3"),
                                "id", List.of(batch),
                                "record", List.of("cooperative-institution", "cooperative-headcount")));
    }
}
