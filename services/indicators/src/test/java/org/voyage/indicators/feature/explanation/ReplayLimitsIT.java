package org.voyage.indicators.feature.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.feature.stream.StreamLimitsIT;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the limits of replays: large queries must not block others. It covers one record, and an empty interval. */
@QuarkusTest
@TestProfile(StreamLimitsIT.NarrowLimitsProfile.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ReplayLimitsIT implements RunningServiceTest {

    @BeforeEach
    void two_records_are_there() {
        for (int i = 0; i < 2; i++) {
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    "12/F-" + UUID.randomUUID(),
                    1,
                    TestEventLog.schoolJson("HND", "other", "2022-01-01", null));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(given().auth()
                                .oauth2(TestTokens.operatorToken())
                                .get("/v1/indicators/overseas-schools/evidence?period=2022&hostCountry=HND")
                                .jsonPath()
                                .getInt("value"))
                        .isGreaterThan(1));
    }

    @ParameterizedTest
    @CsvSource({"/v1/indicators/overseas-schools/changes?, too-far-apart", "/v1/changes?, too-many-records"})
    void it_is_refused_in_both_languages(String path, String rule) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(path + "from=2000-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("?from"))
                .body("errors[0].rule", equalTo(rule))
                .body("errors[0].detailZh", not(blankString()));
    }
}
