package org.voyage.cooperation.headcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.voyage.cooperation.CooperationBodies.ENROLLING_LIFE;
import static org.voyage.cooperation.CooperationBodies.headcount;
import static org.voyage.cooperation.CooperationBodies.institution;
import static org.voyage.cooperation.CooperationBodies.putInstitution;
import static org.voyage.cooperation.CooperationBodies.putProgramme;
import static org.voyage.kittest.RecordApiClient.awaitEvents;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class CooperativeHeadcountIT extends RecordConventions {

    private static final String TOPIC = "cooperation.cooperative-headcount";

    private final String parent = newSourceId("P");
    private final String id = newSourceId("H");
    private final String path = "/v1/cooperative-headcounts/33/" + id;
    private final String institution = "/v1/cooperative-institutions/33/" + parent;
    private final String programme = "/v1/cooperative-programmes/33/" + parent;

    @Override
    protected void bringParent(String province) {
        putInstitution(province, parent).then().statusCode(201);
    }

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "cooperation",
                "cooperative-headcount",
                "cooperative-headcounts",
                headcount("institution", parent, 2020, 120),
                headcount("institution", parent, 2020, 0),
                "{\"programme\":\"x\",\"institution\":\"y\",\"year\":1948,\"students\":-1,\"major\":\"460301\"}",
                List.of("/institution", "/year", "/students", "/major"),
                "institution,programme,year,students",
                parent + ",,2020,120");
    }

    private ValidatableResponse listParked() {
        return bureau("33").get("/v1/parked?limit=1000").then();
    }

    private static String itemPath(String id, String field) {
        return "items.find { it.sourceId == '" + id + "' }." + field;
    }

    @Test
    void the_list_is_filtered_by_year() {
        putInstitution("33", parent);
        put(path + "-20", headcount("institution", parent, 2020, 1));
        put(path + "-21", headcount("institution", parent, 2021, 1));
        String list = "/v1/cooperative-headcounts?institution=" + parent;

        bureau("33")
                .get(list + "&year=2021")
                .then()
                .statusCode(200)
                .body("items.sourceId", equalTo(List.of(id + "-21")));
        bureau("33").get(list + "&year=2022").then().statusCode(200).body("items", hasSize(0));
        bureau("33").get(list + "&year=x").then().statusCode(400).body("errors[0].pointer", equalTo("?year"));
    }

    @Test
    void a_headcount_is_of_an_institution_or_of_a_programme() {
        put(path, "{\"year\":2020,\"students\":1}")
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("institution-or-programme"));
        put(path, headcount("institution", parent, 2020, 1).replace("{", "{\"programme\":\"x\","))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("institution-or-programme"));
    }

    @Test
    void what_waits_for_a_programme_does_not_come_with_an_institution_of_the_same_key() {
        put(path, headcount("programme", parent, 2020, 40))
                .then()
                .statusCode(202)
                .body("waitsFor.record", equalTo("cooperative-programme"))
                .body("waitsFor.sourceId", equalTo(parent));
        putInstitution("33", parent).then().statusCode(201);
        bureau("33").get(path).then().statusCode(404);

        putProgramme("33", parent).then().statusCode(201);

        bureau("33").get(path).then().statusCode(200).body("fields.students", equalTo(40));
        listParked().body("items.sourceId", not(hasItem(id)));
        assertThat(awaitEvents(TOPIC, "33/" + id, 1)
                        .getFirst()
                        .at("/cause/kind")
                        .asText())
                .isEqualTo("parked");
    }

    @Test
    void what_waits_for_an_institution_comes_with_it() {
        put(path, headcount("institution", parent, 2020, 40)).then().statusCode(202);
        putInstitution("33", parent).then().statusCode(201);
        bureau("33").get(path).then().statusCode(200).body("fields.institution", equalTo(parent));
    }

    @Test
    void neither_can_go_while_its_headcount_stands() {
        putInstitution("33", parent);
        putProgramme("33", parent);
        put(path, headcount("programme", parent, 2020, 40)).then().statusCode(201);
        bureau("33").delete(programme + "?reason=x").then().statusCode(409);
        bureau("33").delete(institution + "?reason=x").then().statusCode(200);
        bureau("33").delete(path + "?reason=x").then().statusCode(200);
        bureau("33").delete(programme + "?reason=x").then().statusCode(200);
    }

    @Test
    void a_year_in_which_it_did_not_stand_is_refused() {
        putInstitution("33", parent);
        put(path, headcount("institution", parent, 2014, 40))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/year"))
                .body("errors[0].rule", equalTo("cooperation-not-standing-in-year"));
        put(path, headcount("institution", parent, 2015, 40)).then().statusCode(201);
    }

    @Test
    void a_row_that_breaks_a_rule_when_its_institution_comes_stays_visible_until_that_is_corrected() {
        put(path, headcount("institution", parent, 2014, 40)).then().statusCode(202);
        putInstitution("33", parent).then().statusCode(201);
        bureau("33").get(path).then().statusCode(404);
        listParked().body(itemPath(id, "warnings[0].rule"), equalTo("cooperation-not-standing-in-year"));

        put(institution, institution(ENROLLING_LIFE.replace("2015-02-28", "2014-02-28")))
                .then()
                .statusCode(200);

        bureau("33").get(path).then().statusCode(200).body("fields.year", equalTo(2014));
        listParked().body("items.sourceId", not(hasItem(id)));
    }

    @Test
    void an_institution_that_leaves_headcounts_behind_is_stored_with_a_warning() {
        putInstitution("33", parent);
        put(path, headcount("institution", parent, 2015, 40)).then().statusCode(201);
        put(path + "-2", headcount("institution", parent, 2016, 40)).then().statusCode(201);

        put(institution, institution(ENROLLING_LIFE.replace("2015-02-28", "2016-02-28")))
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("college-elsewhere", "cooperation-not-standing-in-year")))
                .body("warnings[1].detail", containsString("cooperative-headcount " + id + ", which"));
        bureau("33").get(path).then().body("fields.year", equalTo(2015)).body("version", equalTo(1));
    }

    @Test
    void headcounts_merged_into_an_institution_that_was_inactive_in_their_year_give_a_warning() {
        putInstitution("33", parent);
        put(path, headcount("institution", parent, 2015, 40)).then().statusCode(201);
        String remains = newSourceId("REMAINS");
        put(institution.replace(parent, remains), institution(ENROLLING_LIFE.replace("2015-02-28", "2016-02-28")))
                .then()
                .statusCode(201);
        bureau("33")
                .body("{\"into\":\"" + remains + "\",\"reason\":\"重复登记\"}")
                .post(institution + "/merge")
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("cooperation-not-standing-in-year")));
    }

    @Test
    void headcounts_follow_a_renamed_programme_and_leave_the_institution_of_the_same_key_alone() {
        putInstitution("33", parent);
        putProgramme("33", parent);
        put(path, headcount("programme", parent, 2020, 40));
        put(path + "-2", headcount("institution", parent, 2020, 41));
        String renamed = newSourceId("N");
        bureau("33")
                .body("{\"sourceId\":\"" + renamed + "\",\"reason\":\"编号有误\"}")
                .post(programme + "/rename")
                .then()
                .statusCode(200);

        bureau("33").get(path).then().body("version", equalTo(2)).body("fields.programme", equalTo(renamed));
        bureau("33").get(path + "-2").then().body("version", equalTo(1)).body("fields.institution", equalTo(parent));
        List<JsonNode> told = awaitEvents(TOPIC, "33/" + id, 2);
        assertThat(told.getLast().get("change").asText()).isEqualTo("corrected");
        assertThat(told.getLast().at("/cause/kind").asText()).isEqualTo("rename");
        put(path + "-3", headcount("programme", parent, 2021, 1))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("parent-moved"))
                .body("errors[0].detail", containsString(renamed));
    }

    @Test
    void headcounts_follow_a_merged_institution() {
        putInstitution("33", parent);
        String remains = newSourceId("REMAINS");
        putInstitution("33", remains);
        put(path, headcount("institution", parent, 2020, 40));
        bureau("33")
                .body("{\"into\":\"" + remains + "\",\"reason\":\"重复登记\"}")
                .post(institution + "/merge")
                .then()
                .statusCode(200)
                .body("movedTo", equalTo(remains));
        bureau("33").get(path).then().body("fields.institution", equalTo(remains));
    }

    @Test
    void of_two_institutions_that_are_one_a_year_counts_once() {
        putInstitution("33", parent);
        String remains = newSourceId("REMAINS");
        putInstitution("33", remains);
        put(path, headcount("institution", parent, 2020, 40));
        put(path + "-2", headcount("institution", remains, 2020, 41));
        String merger = "{\"into\":\"" + remains + "\",\"reason\":\"重复登记\"%s}";
        bureau("33")
                .body(merger.formatted(""))
                .post(institution + "/merge")
                .then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("said-by-both")));
        bureau("33")
                .body(merger.formatted(",\"keep\":\"target\""))
                .post(institution + "/merge")
                .then()
                .statusCode(200);
        bureau("33").get(path).then().body("sourceId", equalTo(id + "-2")).body("fields.students", equalTo(41));
        bureau("33")
                .body(merger.formatted(",\"keep\":\"source\""))
                .post(institution + "/merge")
                .then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("moved-otherwise")));
    }

    @Test
    void a_list_is_of_one_institution_or_programme() {
        putInstitution("33", parent);
        put(path, headcount("institution", parent, 2020, 40));
        String list = "/v1/cooperative-headcounts?";
        bureau("33").get(list + "institution=" + parent).then().body("items.sourceId", equalTo(List.of(id)));
        bureau("33").get(list + "programme=" + parent).then().body("items.size()", equalTo(0));
    }
}
