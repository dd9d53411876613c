package org.voyage.overseas;

import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

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
        String school = newSourceId("FUZZ");
        put("/v1/overseas-schools/12/" + school, openSchool());
        String batch = bureau("12")
                .contentType("application/x-ndjson")
                .body(("{\"sourceId\":\"" + school + "\"}\n").getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-schools/batches")
                .path("id");
        new ApiFuzzer("localhost", RestAssured.port, SEED, REQUESTS_PER_OPERATION)
                .sendAll(
                        "bureau-12",
                        Map.of(
                                "province", List.of("12", "12", "12", "66"),
                                "sourceId", List.of(school, school, "F-1", "F-2", "F-3"),
                                "id", List.of(batch),
                                "record", List.of("overseas-school", "overseas-training")));
    }
}
