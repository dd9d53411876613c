package org.voyage.indicators;

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

/** Test of persons who are sent to the figures, where none belongs. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsCanaryIT implements RunningServiceTest {

    @Test
    void a_person_sent_to_the_figures_is_repeated_nowhere() throws SQLException {
        WrongDoorRequests.assertRepeatedNowhere(
                () -> RestAssured.given().auth().oauth2(TestTokens.operatorToken()),
                List.of(
                        "/v1/indicators",
                        "/v1/indicators/overseas-schools/values",
                        "/v1/indicators/overseas-schools/evidence",
                        "/v1/indicators/overseas-schools/changes",
                        "/v1/indicators/overseas-schools/rehearsals",
                        "/v1/values",
                        "/v1/changes",
                        "/v1/completeness",
                        "/v1/previews",
                        "/v1/reconciliation",
                        "/v1/published-sets",
                        "/v1/plans",
                        "/v1/audit"));
    }
}
