package org.voyage.mobility.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.operator;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Integration test of enrolment lists after each kind of write. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class EnrolmentListIT {

    private static final String PROVINCE = "62";
    private static final String OTHER = "63";

    /** College code that no other test uses, so that the list has the records of one test only. */
    private final String college = "4162"
            + String.format(Locale.ROOT, "%06d", ThreadLocalRandom.current().nextInt(1_000_000));

    private final String list = "/v1/inbound-enrolments?college=" + college;
    private final String id = newSourceId("L");

    private String body() {
        return EnrolmentRequests.BODY.replace("4112012345", college);
    }

    private String path(String province, String suffix) {
        return "/v1/inbound-enrolments/" + province + "/" + id + suffix;
    }

    private List<String> keys(String province) {
        return keys(bureau(province).get(list));
    }

    private static List<String> keys(Response page) {
        page.then().statusCode(200);
        List<String> keys = new ArrayList<>();
        for (Object key : page.<List<?>>path("items.sourceId")) {
            keys.add(String.valueOf(key));
        }
        return keys;
    }

    @Test
    void a_withdrawn_renamed_or_merged_record_leaves_the_list() {
        for (String suffix : List.of("-1", "-2", "-3", "-4")) {
            put(path(PROVINCE, suffix), body());
        }
        assertThat(keys(PROVINCE)).hasSize(4);
        bureau(PROVINCE).delete(path(PROVINCE, "-1") + "?reason=x").then().statusCode(200);
        assertThat(keys(PROVINCE)).containsExactly(id + "-2", id + "-3", id + "-4");
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + id + "-5\",\"reason\":\"x\"}")
                .post(path(PROVINCE, "-2") + "/rename")
                .then()
                .statusCode(200);
        assertThat(keys(PROVINCE)).containsExactly(id + "-3", id + "-4", id + "-5");
        bureau(PROVINCE)
                .body("{\"into\":\"" + id + "-4\",\"reason\":\"x\"}")
                .post(path(PROVINCE, "-3") + "/merge")
                .then()
                .statusCode(200);
        assertThat(keys(PROVINCE)).containsExactly(id + "-4", id + "-5");
        assertThat(keys(bureau(PROVINCE).get(list + "&withdrawn=true")))
                .containsExactly(id + "-1", id + "-2", id + "-3");
    }

    @Test
    void each_province_sees_its_own_records_at_the_same_address() {
        put(path(PROVINCE, "-1"), body());
        put(path(OTHER, "-2"), body());
        assertThat(keys(PROVINCE)).containsExactly(id + "-1");
        assertThat(keys(OTHER)).containsExactly(id + "-2");
        assertThat(keys(operator().get(list))).containsExactly(id + "-1", id + "-2");
        assertThat(keys("64")).isEmpty();
        as("alliance-WFCP").get(list).then().statusCode(403);
        assertThat(keys(PROVINCE)).containsExactly(id + "-1");
    }

    @Test
    void all_pages_of_a_list_name_the_same_completeUntil() {
        for (String suffix : List.of("-1", "-2", "-3")) {
            put(path(PROVINCE, suffix), body());
        }
        Response page = bureau(PROVINCE).get(list + "&limit=2");
        assertThat(keys(page)).containsExactly(id + "-1", id + "-2");
        Response rest = bureau(PROVINCE).get(list + "&limit=2&cursor=" + page.path("next"));
        assertThat(keys(rest)).containsExactly(id + "-3");
        assertThat(rest.<String>path("completeUntil")).isEqualTo(page.path("completeUntil"));
        assertThat(rest.<String>path("next")).isNull();
    }
}
