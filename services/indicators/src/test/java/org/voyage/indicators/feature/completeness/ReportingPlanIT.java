package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getCompleteness;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.loadPlan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ReportingPlanIT implements RunningServiceTest {

    @Test
    void a_plan_says_what_is_expected_until_another_one_does() {
        loadPlan("2024", "65,overseas,7\n64,standards,3\n").statusCode(201).body("version", equalTo(1));
        loadPlan("2024", "65,overseas,7\n64,standards,3\n").statusCode(200).body("version", equalTo(1));
        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=65")
                .statusCode(200)
                .body("items[0].years.year", equalTo(List.of(2024, 2025, 2026)))
                .body("items[0].years[0].expected", equalTo(7))
                .body("items[0].years.expectedFrom", contains(equalTo("plan"), not("plan"), not("plan")));

        loadPlan("2024", "65,overseas,0\n").statusCode(201).body("version", equalTo(2));

        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=65&year=2024")
                .body("items[0].years[0].expected", equalTo(0))
                .body("items[0].years[0].expectedFrom", equalTo("plan"));

        loadPlan("2024", "").statusCode(201).body("version", equalTo(3)).body("lines", equalTo(0));

        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=65&year=2024")
                .body("items[0].years[0].expected", nullValue())
                .body("items[0].years[0].expectedFrom", nullValue());
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/plans/2024")
                .then()
                .statusCode(200)
                .body(equalTo("province,service,records\n"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.auditorToken())
                        .get("/v1/audit?action=plan-loaded&object=2024")
                        .then()
                        .body("items.details.version", equalTo(List.of(3, 2, 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "'99,overseas,1', /2/province, province-unknown",
        "'12,feeds,1', /2/service, service-unknown",
        "'12,overseas,1e3', /2/records, whole-number",
        "'12,overseas', /2, cells",
        "'12,overseas,1|12,overseas,2', /3, repeated",
    })
    void a_plan_is_refused_as_a_whole_by_line_and_column(String lines, String pointer, String rule) {
        loadPlan("2025", lines.replace("|", "\n"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].rule", equalTo(rule));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/plans/2025")
                .then()
                .statusCode(404);
    }
}
