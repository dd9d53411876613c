package org.voyage.standards;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.RecordApiClient.sendFile;
import static org.voyage.standards.StandardBodies.putStandard;
import static org.voyage.standards.StandardBodies.recognition;
import static org.voyage.standards.StandardBodies.standard;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.YearStateSteps;

/** Integration test with a locked year 2020: one standard was adopted from 2018 on, another only later. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";
    private static final String SINCE_2018 = "\"decidedOn\":\"2018-02-28\"";
    private static final String SINCE_2021 = "\"decidedOn\":\"2021-02-28\"";

    private final String id = newSourceId("Y");
    private final String late = newSourceId("LATE");
    private final String recognition = "/v1/recognitions/" + PROVINCE + "/" + id;

    @BeforeEach
    void putRecognitions() {
        putStandard(PROVINCE, id).then().statusCode(201);
        putStandard(PROVINCE, late).then().statusCode(201);
        put(recognition, recognition(id, SINCE_2018)).then().statusCode(201);
        put(recognition + "-late", recognition(late, SINCE_2021)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, 2020);
    }

    @AfterEach
    void reopenYear() {
        YearStateSteps.reopenYear(PROVINCE, 2020);
    }

    private static String newPath(String standard) {
        return "/v1/standards/" + PROVINCE + "/" + standard;
    }

    private static void assertLocked(Response answer) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
    }

    @Test
    void a_recognition_that_counts_in_a_locked_year_stays_as_it_is() {
        assertLocked(put(recognition, recognition(id, "\"decidedOn\":\"2020-02-28\"")));
        assertLocked(put(recognition, recognition(id, SINCE_2018 + ",\"revokedOn\":\"2020-12-31\"")));
        assertLocked(put(recognition + "-new", recognition(id, SINCE_2018)));
        assertLocked(bureau(PROVINCE).delete(recognition + "?reason=x"));
        put(recognition, recognition(id, SINCE_2018 + ",\"revokedOn\":\"2021-01-01\""))
                .then()
                .statusCode(200);
        put(recognition + "-new", recognition(id, SINCE_2021)).then().statusCode(201);
    }

    @Test
    void a_standard_is_held_by_the_recognitions_that_count_in_a_locked_year() {
        assertLocked(put(newPath(id), standard("curriculum")));
        put(newPath(id), standard("instruction").replace("Mechatronics", "Mechatronics Technology"))
                .then()
                .statusCode(200);
        put(newPath(late), standard("curriculum")).then().statusCode(200);
        putStandard(PROVINCE, newSourceId("NEW")).then().statusCode(201);
    }

    @Test
    void rows_of_a_file_are_refused_one_by_one() {
        String rows = "sourceId,standard,country,adopter,level,decidedOn\r\n"
                + "%s,%s,TZA,示例,registered-by-authority,2020-02-28\r\n".formatted(id, id)
                + "%s-new,%s,TZA,示例,registered-by-authority,2018-02-28\r\n".formatted(id, id)
                + "%s-2021,%s,TZA,示例,registered-by-authority,2021-02-28\r\n".formatted(id, id);
        sendFile(PROVINCE, "/v1/recognitions/batches", "text/csv", rows)
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(2))
                .body("counts.created", equalTo(1))
                .body("errors.rule", equalTo(List.of("year-locked")));
        String kinds = "sourceId,title,kind,developingColleges,field,edition\r\n"
                + "%s,机电一体化技术专业教学标准,curriculum,4137012345,46,2021\r\n".formatted(id)
                + "%s,机电一体化技术专业教学标准,curriculum,4137012345,46,2021\r\n".formatted(late);
        sendFile(PROVINCE, "/v1/standards/batches", "text/csv", kinds)
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(1))
                .body("counts.corrected", equalTo(1))
                .body("errors.rule", equalTo(List.of("year-locked")));
        bureau(PROVINCE).get(recognition).then().body("version", equalTo(1));
    }

    @Test
    void a_certificate_counts_in_the_year_in_which_it_was_decided() {
        String path = "/v1/credential-recognitions/" + PROVINCE + "/" + newSourceId("C");
        String of2021 = StandardBodies.CREDENTIAL.replace("2020-06-01", "2021-06-01");
        assertLocked(put(path, StandardBodies.CREDENTIAL));
        put(path, of2021).then().statusCode(201);
        assertLocked(put(path, StandardBodies.CREDENTIAL));
        put(path, of2021.replace("partly-recognised", "refused")).then().statusCode(200);
    }

    @Test
    void a_new_name_for_a_standard_moves_no_figure_and_a_merger_does() {
        assertLocked(bureau(PROVINCE)
                .body("{\"into\":\"" + late + "\",\"reason\":\"重复登记\"}")
                .post(newPath(id) + "/merge"));
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + id + "-2\",\"reason\":\"编号有误\"}")
                .post(newPath(id) + "/rename")
                .then()
                .statusCode(200);
        bureau(PROVINCE).get(recognition).then().body("fields.standard", equalTo(id + "-2"));
    }
}
