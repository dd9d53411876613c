package org.voyage.feeds;

import static org.voyage.feeds.alliance.RegistryRequests.ALLIANCE;
import static org.voyage.feeds.alliance.RegistryRequests.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.WrongDoorRequests;

/** Test of persons who are sent to the feeds, where none belongs. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedsCanaryIT {

    @Test
    void a_person_sent_to_the_feeds_is_repeated_nowhere() throws SQLException {
        put("CANARY", ALLIANCE);

        WrongDoorRequests.assertRepeatedNowhere(
                () -> RestAssured.given().auth().oauth2(TestTokens.operatorToken()),
                List.of(
                        "/v1/alliances",
                        "/v1/alliances/CANARY/members",
                        "/v1/alliances/CANARY/grants",
                        "/v1/feeds",
                        "/v1/dead-letters",
                        "/v1/audit"));
    }
}
