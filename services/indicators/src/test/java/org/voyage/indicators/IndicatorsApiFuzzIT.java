package org.voyage.indicators;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiFuzzer;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestEffort;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsApiFuzzIT {
    private static final long SEED = 20261124;
    private static final int PER_OPERATION = TestEffort.choose(150, 500);

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics();
    }

    @Test
    void whatever_is_asked_the_answer_is_sound_or_a_problem_document() {
        new ApiFuzzer("localhost", RestAssured.port, SEED, PER_OPERATION)
                .sendAll(
                        "operator",
                        Map.of("code", List.of("overseas-schools", "overseas-students", "overseas-majors")));
    }
}
