package org.voyage.cooperation;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.cooperation.Cooperations.ENROLLING;
import static org.voyage.cooperation.Cooperations.headcount;
import static org.voyage.cooperation.Cooperations.institution;
import static org.voyage.cooperation.Cooperations.putInstitution;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.fresh;
import static org.voyage.kittest.RecordApi.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ClosedYears;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";

    private final String id = fresh("Y");
    private final String institution = "/v1/cooperative-institutions/" + PROVINCE + "/" + id;
    private final String headcount = "/v1/cooperative-headcounts/" + PROVINCE + "/" + id;

    private static void refused(Response answer) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
    }

    @Test
    void a_locked_year_refuses_what_touches_its_figures_and_nothing_else() {
        putInstitution(PROVINCE, id).then().statusCode(201);
        put(headcount, headcount("institution", id, 2020, 40)).then().statusCode(201);
        put(headcount + "-2", headcount("institution", id, 2021, 40)).then().statusCode(201);
        ClosedYears.lock(PROVINCE, 2020);

        refused(put(headcount, headcount("institution", id, 2020, 41)));
        refused(bureau(PROVINCE).delete(headcount + "?reason=x"));
        refused(put(headcount + "-2", headcount("institution", id, 2020, 40)));
        refused(put(institution, institution(ENROLLING.replace("ordinary", "sgave"))));
        put(headcount + "-2", headcount("institution", id, 2021, 41)).then().statusCode(200);
        put(institution, institution(ENROLLING.replace("enrolling\"", "suspended\"")))
                .then()
                .statusCode(200);
        put(institution, institution("""
                        "approvedOn":"2015-02-28","scheme":"ordinary","status":"terminated",
                        "terminatedOn":"2022-01-01\"""")).then().statusCode(200);
    }
}
