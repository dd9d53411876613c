package org.voyage.indicators.feature.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of public figures: a caller without a token reads the same figures as an alliance. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
@TestProfile(PublicFiguresIT.PublicFiguresProfile.class)
class PublicFiguresIT implements RunningServiceTest {

    public static final class PublicFiguresProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.indicators.public", "true");
        }
    }

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(PlacementSender.PLACEMENT_TOPIC));
    }

    @Test
    void everybody_reads_what_is_for_outside_and_nothing_else() {
        PlacementSender placements = new PlacementSender(1965);
        placements.sendAll(Map.of("THA", 120, "LAO", 3, "VNM", 40));
        placements.awaitCounted();
        List<Object> before = listReleases();
        String released = "years.find { it.indicator == '" + PlacementSender.FIGURE + "' && it.year == 1965 }";
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?dryRun=true")
                .then()
                .statusCode(200)
                .body("release", nullValue())
                .body("unlockedYears", greaterThan(0))
                .body(released + ".value", equalTo(163))
                .body(released + ".first", equalTo(true))
                .body(released + ".releasedValue", nullValue())
                .body(released + ".hiddenCells", greaterThan(1))
                .body(released + ".expectedProvinces", greaterThanOrEqualTo(1))
                .body(released + ".submitted", equalTo(0))
                .body(released + ".locked", equalTo(0));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("years-not-locked"))
                .body("errors[0].pointer", equalTo("?allowUnlocked"))
                .body("detail", matchesPattern("Provinces have not locked [1-9][0-9]* of the [1-9][0-9]* years .*"))
                .body("detailZh", containsString("个年度尚未由全部应报省份锁定"));
        assertThat(listReleases()).isEqualTo(before);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?allowUnlocked=true")
                .then()
                .statusCode(200);
        String values = "/v1/indicators/" + PlacementSender.FIGURE + "/values?period=1965";

        given().get("/v1/indicators").then().statusCode(200).body("items.code", not(hasItem("inbound-admissions")));
        given().get(values).then().statusCode(200).body("items[0].value", equalTo(163));
        given().get(values + "&by=hostCountry")
                .then()
                .statusCode(200)
                .body("items.find { it.hostCountry == 'LAO' }.status", equalTo("suppressed"));
        given().get(values + "&by=province").then().statusCode(403);
        given().get("/v1/values?figure=outbound-participants").then().statusCode(401);
        given().get("/v1/indicators/stream?code=outbound-participants").then().statusCode(401);
        given().post("/v1/releases").then().statusCode(401);
        given().auth().oauth2("nonsense").get(values).then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get(values + "&by=hostCountry&hostCountry=LAO")
                .then()
                .statusCode(200)
                .body("items.value", equalTo(List.of(3)));
    }

    private static List<Object> listReleases() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/releases")
                .jsonPath()
                .getList("items.number");
    }
}
