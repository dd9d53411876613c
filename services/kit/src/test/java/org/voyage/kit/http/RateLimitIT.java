package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(RateLimitIT.NarrowRateProfile.class)
class RateLimitIT {

    /** Profile with four requests at once and one a second. */
    public static class NarrowRateProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "voyage.web.rate.per-second", "1",
                    "voyage.web.rate.burst", "4",
                    "voyage.web.rate.anonymous-per-second", "1",
                    "voyage.web.rate.anonymous-burst", "30");
        }
    }

    private static Supplier<Response> requestAs(String token) {
        return () -> given().auth().oauth2(token).get("/v1/things");
    }

    private static Response sendUntilRefused(Supplier<Response> request) {
        return Stream.generate(request)
                .limit(300)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the limit was never met"));
    }

    @Test
    void who_asks_too_fast_is_told_when_to_go_on_and_nobody_else_is_held_back() {
        requestAs(TestTokens.bureauToken("13"))
                .get()
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"client\";q=4;w=4")
                .header("RateLimit", matchesPattern("\"client\";r=[0-3];t=[1-4]"));
        sendUntilRefused(requestAs(TestTokens.bureauToken("13")))
                .then()
                .header("Retry-After", "1")
                .header("RateLimit", matchesPattern("\"client\";r=0;t=[1-4]"))
                .contentType("application/problem+json")
                .body("type", equalTo("urn:voyage:problem:too-many-requests"))
                .body("detailZh", matchesPattern(".*1 秒.*"));
        requestAs(TestTokens.bureauToken("14")).get().then().statusCode(200);
    }

    @Test
    void strangers_are_counted_by_address_and_those_who_try_tokens_too() {
        var noToken = sendUntilRefused(() -> given().get("/v1/things"));
        assertThat(noToken.header("RateLimit-Policy")).isEqualTo("\"address\";q=30;w=30");
        assertThat(noToken.header("X-Request-Id")).isNotEmpty();
        assertThat(sendUntilRefused(requestAs("nonsense")).path("type").toString())
                .endsWith("too-many-requests");
        for (String authorization : List.of("Bearer ..", "Basic Og==", "..")) {
            assertThat(sendUntilRefused(() -> given().header("Authorization", authorization)
                                    .get("/v1/things"))
                            .path("type")
                            .toString())
                    .as(authorization)
                    .endsWith("too-many-requests");
        }
        requestAs(TestTokens.bureauToken("15")).get().then().statusCode(200);
    }

    @Test
    void health_and_metrics_answer_however_often_they_are_asked() {
        for (int i = 0; i < 50; i++) {
            assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(given().get("/q/metrics").statusCode()).isEqualTo(200);
        }
    }
}
