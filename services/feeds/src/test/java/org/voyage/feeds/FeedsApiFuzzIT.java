package org.voyage.feeds;

import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;
import static org.voyage.feeds.alliance.RegistryRequests.UNIVERSITY;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ApiFuzzer;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestEffort;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedsApiFuzzIT {

    private static final long SEED = 20261128;
    private static final int REQUESTS_PER_OPERATION = TestEffort.choose(60, 250);

    @Test
    void whatever_is_sent_the_answer_is_sound_or_a_problem_document() {
        put("FUZZ", ALLIANCE);
        put("FUZZ/members/M-1", UNIVERSITY);
        put("FUZZ/grants/G-1", GRANT);
        new ApiFuzzer("localhost", RestAssured.port, SEED, REQUESTS_PER_OPERATION)
                .sendAll(
                        "operator",
                        Map.of(
                                "alliance", List.of("FUZZ", "FUZZ", "FUZZ2"),
                                "member", List.of("M-1", "M-2"),
                                "grant", List.of("G-1", "G-2")));
    }
}
