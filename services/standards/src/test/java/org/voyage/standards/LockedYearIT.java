package org.voyage.standards;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.fresh;
import static org.voyage.kittest.RecordApi.put;
import static org.voyage.standards.Standards.putStandard;
import static org.voyage.standards.Standards.recognition;
import static org.voyage.standards.Standards.standard;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.ClosedYears;
import org.voyage.kittest.RealBackends;

/** 2020 is locked; one standard was adopted from 2018 on, another only later. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";
    private static final String SINCE_2018 = "\"decidedOn\":\"2018-02-28\"";
    private static final String SINCE_2021 = "\"decidedOn\":\"2021-02-28\"";

    private final String id = fresh("Y");
    private final String late = fresh("LATE");
    private final String recognition = "/v1/recognitions/" + PROVINCE + "/" + id;

    @BeforeEach
    void adopt() {
        putStandard(PROVINCE, id).then().statusCode(201);
        putStandard(PROVINCE, late).then().statusCode(201);
        put(recognition, recognition(id, SINCE_2018)).then().statusCode(201);
        put(recognition + "-late", recognition(late, SINCE_2021)).then().statusCode(201);
        ClosedYears.lock(PROVINCE, 2020);
    }

    @AfterEach
    void openAgain() {
        ClosedYears.reopen(PROVINCE, 2020);
    }

    private static String path(String standard) {
        return "/v1/standards/" + PROVINCE + "/" + standard;
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
    }

    @Test
    void a_recognition_that_counts_in_a_locked_year_stays_as_it_is() {
        refused(put(recognition, recognition(id, "\"decidedOn\":\"2020-02-28\"")));
        refused(put(recognition, recognition(id, SINCE_2018 + ",\"revokedOn\":\"2020-12-31\"")));
        refused(put(recognition + "-new", recognition(id, SINCE_2018)));
        refused(bureau(PROVINCE).delete(recognition + "?reason=x"));
        put(recognition, recognition(id, SINCE_2018 + ",\"revokedOn\":\"2021-01-01\""))
                .then()
                .statusCode(200);
        put(recognition + "-new", recognition(id, SINCE_2021)).then().statusCode(201);
    }

    @Test
    void a_standard_is_held_by_the_recognitions_that_count_in_a_locked_year() {
        refused(put(path(id), standard("curriculum")));
        put(path(id), standard("instruction").replace("Mechatronics", "Mechatronics Technology"))
                .then()
                .statusCode(200);
        put(path(late), standard("curriculum")).then().statusCode(200);
        putStandard(PROVINCE, fresh("NEW")).then().statusCode(201);
    }

    @Test
    void a_new_name_for_a_standard_moves_no_figure_and_a_merger_does() {
        refused(bureau(PROVINCE)
                .body("{\"into\":\"" + late + "\",\"reason\":\"重复登记\"}")
                .post(path(id) + "/merge"));
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + id + "-2\",\"reason\":\"编号有误\"}")
                .post(path(id) + "/rename")
                .then()
                .statusCode(200);
        bureau(PROVINCE).get(recognition).then().body("record.standard", equalTo(id + "-2"));
    }
}
