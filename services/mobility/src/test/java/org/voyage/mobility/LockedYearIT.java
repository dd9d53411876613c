package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.RecordApiClient.sendFile;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.YearStateSteps;

/** Integration test of the writes that a locked year refuses, for each of the four record types. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";
    private static final int LOCKED_YEAR = 2020;

    @AfterEach
    void reopenYear() {
        YearStateSteps.reopenYear(PROVINCE, LOCKED_YEAR);
    }

    /** Returns the body with its days moved to the year in which it begins. */
    private static String bodyInYear(int year, String body) {
        return body.replace("-02-29", "-02-28").replaceAll("20(20|24)-(02-28|03-01)", year + "-$2");
    }

    private static String toLine(String path, String body) {
        String sourceId = path.substring(path.lastIndexOf('/') + 1);
        return "{\"sourceId\":\"" + sourceId + "\","
                + body.replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
    }

    private static void assertLocked(Response answer) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
    }

    @ParameterizedTest
    @EnumSource
    void a_record_of_the_year_stays_as_it_is(MobilityRecord its) {
        String path = its.freshPath(PROVINCE);
        put(path, bodyInYear(LOCKED_YEAR, its.body)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR);

        assertLocked(put(path, bodyInYear(LOCKED_YEAR, its.corrected)));
        assertLocked(put(path, bodyInYear(LOCKED_YEAR + 1, its.body)));
        assertLocked(put(path, bodyInYear(LOCKED_YEAR, its.body).replace("4112012345", "4112054321")));
        assertLocked(bureau(PROVINCE).delete(path + "?reason=x"));
        assertLocked(put(its.freshPath(PROVINCE), bodyInYear(LOCKED_YEAR, its.body)));
        put(path, bodyInYear(LOCKED_YEAR, its.body)).then().statusCode(200).body("version", equalTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void a_record_of_a_later_year_is_free_to_change_but_not_into_the_locked_one(MobilityRecord its) {
        String path = its.freshPath(PROVINCE);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR);

        put(path, bodyInYear(LOCKED_YEAR + 1, its.body)).then().statusCode(201);
        put(path, bodyInYear(LOCKED_YEAR + 1, its.corrected))
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        assertLocked(put(path, bodyInYear(LOCKED_YEAR, its.body)));
        bureau(PROVINCE).delete(path + "?reason=x").then().statusCode(200);
    }

    @ParameterizedTest
    @EnumSource
    void rows_of_a_file_are_refused_one_by_one(MobilityRecord its) {
        String locked = its.freshPath(PROVINCE);
        String later = its.freshPath(PROVINCE);
        put(locked, bodyInYear(LOCKED_YEAR, its.body)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR);

        Response answer = sendFile(
                PROVINCE,
                its.collection() + "/batches",
                "application/x-ndjson",
                toLine(locked, bodyInYear(LOCKED_YEAR, its.corrected))
                        + toLine(later, bodyInYear(LOCKED_YEAR + 1, its.body)));
        answer.then().statusCode(200).body("counts.refused", equalTo(1)).body("counts.created", equalTo(1));
        assertThat(bureau(PROVINCE)
                        .get("/v1/batches/" + answer.path("id") + "/rows")
                        .asString())
                .contains("year-locked");
        bureau(PROVINCE).get(locked).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void every_locked_year_that_would_change_is_named(MobilityRecord its) {
        String path = its.freshPath(PROVINCE);
        put(path, bodyInYear(LOCKED_YEAR, its.body)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR - 1);

        Response answer = put(path, bodyInYear(LOCKED_YEAR - 1, its.body));
        YearStateSteps.reopenYear(PROVINCE, LOCKED_YEAR - 1);
        answer.then()
                .statusCode(409)
                .body("errors[0].detail", containsString("\"2019, 2020\" are locked years"))
                .body("errors[0].detailZh", containsString("2019、2020 年数据已锁定"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INBOUND_ENROLMENT", "FOREIGN_TEACHER"})
    void an_end_after_the_year_leaves_it_as_it_was_and_one_within_does_not(MobilityRecord its) {
        String path = its.freshPath(PROVINCE);
        String body = bodyInYear(LOCKED_YEAR, its.body);
        put(path, body).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, LOCKED_YEAR);

        assertLocked(put(path, endedIn(body, LOCKED_YEAR)));
        put(path, endedIn(body, LOCKED_YEAR + 2)).then().statusCode(200).body("version", equalTo(2));
    }

    private static String endedIn(String body, int year) {
        return body.replace("\"enrolled\"", "\"graduated\"")
                .replace("\"startedOn\"", "\"endedOn\":\"" + year + "-12-01\",\"startedOn\"");
    }
}
