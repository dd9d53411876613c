package org.voyage.cooperation.programme;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.cooperation.CooperationBodies.ENROLLING_LIFE;
import static org.voyage.cooperation.CooperationBodies.programme;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class CooperativeProgrammeIT extends RecordConventions {

    private final String id = newSourceId("C");
    private final String path = "/v1/cooperative-programmes/12/" + id;

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "cooperation",
                "cooperative-programme",
                "cooperative-programmes",
                programme(ENROLLING_LIFE),
                programme(ENROLLING_LIFE.replace("enrolling\"", "suspended\"") + ",\"suspendedOn\":\"2022-09-01\""),
                """
                {"name":" ","college":"12","foreignPartners":[{"name":"x","country":"CHN"}],"approvedOn":"2015-02-29",
                 "scheme":"german","status":"open","major":"4603","Status":"open"}""",
                List.of(
                        "/name",
                        "/college",
                        "/foreignPartners/0/country",
                        "/approvalNumber",
                        "/approvedOn",
                        "/scheme",
                        "/status",
                        "/major",
                        "/Status"),
                "name,nameEn,college,foreignPartners,approvalNumber,approvedOn,scheme,status,enrollingFrom,major",
                "示例职业技术学院中德国际学院,Example College,4137012345,Technische Hochschule Beispielstadt:DEU,"
                        + "MOE37DE0A0000000001N,2015-02-28,ordinary,enrolling,2016-02-29,460301");
    }

    @ParameterizedTest
    @CsvSource({
        "enrolling,2022-09-01,suspended-on-when-suspended",
        "suspended,2016-02-28,suspended-within-its-life",
        "suspended,2022-02-29,date"
    })
    void a_day_of_suspension_is_of_what_is_suspended_and_once_enrolled(String status, String day, String rule) {
        put(path, programme(ENROLLING_LIFE.replace("enrolling\"", status + "\"") + ",\"suspendedOn\":\"" + day + "\""))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/suspendedOn"))
                .body("errors[0].rule", equalTo(rule));
    }

    @Test
    void what_ended_while_it_was_suspended_keeps_that_day() {
        String ended = ENROLLING_LIFE.replace("enrolling\"", "terminated\"")
                + ",\"terminatedOn\":\"2024-02-29\",\"suspendedOn\":";
        put(path, programme(ended + "\"2024-03-01\""))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("suspended-within-its-life"));
        put(path, programme(ended + "\"2022-09-01\""))
                .then()
                .statusCode(201)
                .body("fields.suspendedOn", equalTo("2022-09-01"));
    }

    @Test
    void what_is_terminated_stays_so() {
        put(path, programme(ENROLLING_LIFE)).then().statusCode(201);
        put(path, programme("""
                "approvedOn":"2015-02-28","scheme":"ordinary","status":"terminated","terminatedOn":"2020-02-29\"""")).then().statusCode(200);
        put(path, programme(ENROLLING_LIFE))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/status"))
                .body("errors[0].rule", equalTo("lifecycle"));
    }

    @Test
    void dates_fit_the_status_and_ascend() {
        put(path, programme("""
                "approvedOn":"2015-02-28","scheme":"sgave","status":"suspended","terminatedOn":"2015-02-27\""""))
                .then()
                .statusCode(422)
                .body(
                        "errors.rule",
                        hasItems("enrolling-from-required", "terminated-on-when-terminated", "terminated-last"));
        put(path, programme("""
                "approvedOn":"2015-02-28","scheme":"sgave","status":"terminated","enrollingFrom":"2015-02-27",
                "terminatedOn":"2015-02-26\""""))
                .then()
                .statusCode(422)
                .body("errors.rule", hasItems("enrolling-after-approved", "terminated-last"));
        put(path, programme("\"approvedOn\":\"2015-02-28\",\"scheme\":\"sgave\",\"status\":\"approved\""))
                .then()
                .statusCode(201);
    }

    @Test
    void a_list_is_of_one_status_scheme_and_college() {
        put(path, programme(ENROLLING_LIFE)).then().statusCode(201);
        String list = "/v1/cooperative-programmes?limit=1000&college=4137012345&status=";
        bureau("12").get(list + "enrolling&scheme=ordinary").then().body("items.sourceId", hasItem(id));
        bureau("12").get(list + "enrolling&scheme=sgave").then().body("items.sourceId", not(hasItem(id)));
        bureau("12").get(list + "approved").then().body("items.sourceId", not(hasItem(id)));
        bureau("12").get(list + "open").then().statusCode(400);
    }

    @Test
    void a_college_of_another_province_is_stored_and_warned_of() {
        put("/v1/cooperative-programmes/32/" + newSourceId("E"), programme(ENROLLING_LIFE))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("college-elsewhere")));
        put("/v1/cooperative-programmes/37/" + newSourceId("E"), programme(ENROLLING_LIFE))
                .then()
                .statusCode(201)
                .body("warnings", nullValue());
    }
}
