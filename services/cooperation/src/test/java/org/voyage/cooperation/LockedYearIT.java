package org.voyage.cooperation;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.cooperation.CooperationBodies.ENROLLING_LIFE;
import static org.voyage.cooperation.CooperationBodies.headcount;
import static org.voyage.cooperation.CooperationBodies.institution;
import static org.voyage.cooperation.CooperationBodies.programme;
import static org.voyage.cooperation.CooperationBodies.putInstitution;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.RecordApiClient.sendFile;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.YearStateSteps;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";

    private final String id = newSourceId("Y");
    private final String institution = "/v1/cooperative-institutions/" + PROVINCE + "/" + id;
    private final String headcount = "/v1/cooperative-headcounts/" + PROVINCE + "/" + id;

    private static void assertLocked(Response answer) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
    }

    @AfterEach
    void reopenYear() {
        YearStateSteps.reopenYear(PROVINCE, 2020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"institution", "programme"})
    void what_headcounts_of_the_year_see_of_what_was_approved_only_later_stays(String of) {
        String later = ENROLLING_LIFE.replace("2015-02-28", "2021-02-28").replace("2016-02-29", "2021-09-01");
        String path = "/v1/cooperative-" + of + "s/" + PROVINCE + "/" + id;
        put(path, headcountBody(of, ENROLLING_LIFE)).then().statusCode(201);
        put(headcount, headcount(of, id, 2020, 40)).then().statusCode(201);
        put(path, headcountBody(of, later)).then().statusCode(200);
        YearStateSteps.lockYear(PROVINCE, 2020);

        assertLocked(put(path, headcountBody(of, later.replace("ordinary", "sgave"))));
        assertLocked(put(path, headcountBody(of, later).replace("4137012345", "4137054321")));
        put(path, headcountBody(of, later.replace("2021-02-28", "2021-03-01")))
                .then()
                .statusCode(200);
    }

    private static String headcountBody(String of, String life) {
        return of.equals("institution") ? institution(life) : programme(life);
    }

    @Test
    void rows_of_a_file_are_refused_one_by_one() {
        putInstitution(PROVINCE, id).then().statusCode(201);
        put(headcount, headcount("institution", id, 2020, 40)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, 2020);

        String rows = "sourceId,institution,year,students\r\n"
                + "%s,%s,2020,41\r\n".formatted(id, id)
                + "%s-new,%s,2020,1\r\n".formatted(id, id)
                + "%s-2021,%s,2021,41\r\n".formatted(id, id);
        Response answer = sendFile(PROVINCE, "/v1/cooperative-headcounts/batches", "text/csv", rows);
        answer.then()
                .statusCode(200)
                .body("counts.refused", equalTo(2))
                .body("counts.created", equalTo(1))
                .body("errors.rule", equalTo(List.of("year-locked")));
        sendFile(PROVINCE, "/v1/cooperative-institutions/batches", "application/x-ndjson", toLine())
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(1))
                .body("errors.rule", equalTo(List.of("year-locked")));
        bureau(PROVINCE).get(headcount).then().body("fields.students", equalTo(40));
    }

    private String toLine() {
        String sgave = institution(ENROLLING_LIFE.replace("ordinary", "sgave"));
        return "{\"sourceId\":\"" + id + "\","
                + sgave.replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
    }

    @Test
    void a_locked_year_refuses_what_touches_its_figures_and_nothing_else() {
        putInstitution(PROVINCE, id).then().statusCode(201);
        put(headcount, headcount("institution", id, 2020, 40)).then().statusCode(201);
        put(headcount + "-2", headcount("institution", id, 2021, 40)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, 2020);

        assertLocked(put(headcount, headcount("institution", id, 2020, 41)));
        assertLocked(bureau(PROVINCE).delete(headcount + "?reason=x"));
        assertLocked(put(headcount + "-2", headcount("institution", id, 2020, 40)));
        assertLocked(put(institution, institution(ENROLLING_LIFE.replace("ordinary", "sgave"))));
        put(headcount + "-2", headcount("institution", id, 2021, 41)).then().statusCode(200);
        put(institution, institution(ENROLLING_LIFE.replace("enrolling\"", "suspended\"")))
                .then()
                .statusCode(200);
        put(institution, institution("""
                        "approvedOn":"2015-02-28","scheme":"ordinary","status":"terminated",
                        "terminatedOn":"2022-01-01\"""")).then().statusCode(200);
    }
}
