package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.kittest.RecordApiClient.awaitEvents;
import static org.voyage.kittest.RecordApiClient.awaitRecords;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.overseas.OverseasBodies.openSchool;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.YearStateSteps;

/** Integration test of renames and merges of records. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RecordMoveIT {

    private static final String SCHOOL_TOPIC = "overseas.overseas-school";
    private static final String HEADCOUNT_TOPIC = "overseas.overseas-headcount";

    private final String old = newSourceId("OLD");
    private final String other = newSourceId("OTHER");
    private final String id = newSourceId("H");

    private static String school(String sourceId) {
        return "/v1/overseas-schools/35/" + sourceId;
    }

    private static String headcount(String sourceId) {
        return "/v1/overseas-headcounts/35/" + sourceId;
    }

    private static String headcountOf(String school, int students) {
        return "{\"school\":\"%s\",\"year\":2020,\"major\":\"460301\",\"students\":%d}".formatted(school, students);
    }

    private static Response rename(String from, String to) {
        return bureau("35")
                .body("{\"sourceId\":\"" + to + "\",\"reason\":\"编号有误\"}")
                .post(school(from) + "/rename");
    }

    private static Response merge(String from, String into) {
        return bureau("35")
                .body("{\"into\":\"" + into + "\",\"reason\":\"重复登记\"}")
                .post(school(from) + "/merge");
    }

    @Test
    void a_renamed_school_is_found_from_its_old_key_and_both_keys_keep_their_history() {
        put(school(old), openSchool());
        rename(old, other)
                .then()
                .statusCode(200)
                .body("withdrawn", equalTo(true))
                .body("movedTo", equalTo(other))
                .body("reason", equalTo("编号有误"));

        bureau("35")
                .redirects()
                .follow(false)
                .get(school(old))
                .then()
                .statusCode(308)
                .header("Location", endsWith(school(other)));
        bureau("35")
                .get(school(old))
                .then()
                .statusCode(200)
                .body("sourceId", equalTo(other))
                .body("version", equalTo(1));
        bureau("35").get(school(old) + "/history").then().body("items.version", equalTo(List.of(1, 2)));
        bureau("35").get(school(other) + "/history").then().body("items.version", equalTo(List.of(1)));
        bureau("35").get("/v1/overseas-schools?limit=1000").then().body("items.sourceId", not(hasItem(old)));
    }

    @Test
    void a_rename_is_published_as_a_withdrawn_key_and_a_created_one() {
        put(school(old), openSchool());
        rename(old, other).then().statusCode(200);

        JsonNode left = awaitEvents(SCHOOL_TOPIC, "35/" + old, 2).getLast();
        assertThat(left.get("change").asText()).isEqualTo("withdrawn");
        assertThat(left.get("movedTo").asText()).isEqualTo("35/" + other);
        assertThat(left.at("/cause/kind").asText()).isEqualTo("rename");
        JsonNode came = awaitEvents(SCHOOL_TOPIC, "35/" + other, 1).getFirst();
        assertThat(came.get("change").asText()).isEqualTo("created");
        assertThat(came.get("after")).isEqualTo(left.get("before"));
        assertThat(came.at("/cause/id")).isEqualTo(left.at("/cause/id"));
        OverseasBodies.assertMatchesSchema("overseas-school", awaitRecords(SCHOOL_TOPIC, "35/" + old, 2));
        OverseasBodies.assertMatchesSchema("overseas-school", awaitRecords(SCHOOL_TOPIC, "35/" + other, 1));
    }

    @Test
    void what_belongs_to_a_renamed_school_follows_as_a_correction() {
        put(school(old), openSchool());
        put(headcount(id), headcountOf(old, 40));
        String training = "/v1/overseas-trainings/35/" + id;
        put(
                training,
                "{\"school\":\"%s\",\"enterprise\":\"中车\",\"people\":3,\"days\":2,\"startedOn\":\"2020-02-29\"}"
                        .formatted(old));
        rename(old, other).then().statusCode(200);

        bureau("35").get(headcount(id)).then().body("version", equalTo(2)).body("fields.school", equalTo(other));
        bureau("35").get(training).then().body("version", equalTo(2)).body("fields.school", equalTo(other));
        JsonNode told = awaitEvents(HEADCOUNT_TOPIC, "35/" + id, 2).getLast();
        assertThat(told.get("change").asText()).isEqualTo("corrected");
        assertThat(told.at("/before/school").asText()).isEqualTo(old);
        assertThat(told.at("/after/school").asText()).isEqualTo(other);
        assertThat(told.at("/cause/kind").asText()).isEqualTo("rename");
        OverseasBodies.assertMatchesSchema("overseas-headcount", awaitRecords(HEADCOUNT_TOPIC, "35/" + id, 2));
    }

    @Test
    void more_than_a_page_of_headcounts_follows() {
        put(school(old), openSchool());
        StringBuilder rows = new StringBuilder("sourceId,school,year,major,students\r\n");
        for (int i = 0; i < 2_500; i++) {
            rows.append("%s-%d,%s,2020,460301,1\r\n".formatted(id, i, old));
        }
        bureau("35")
                .contentType("text/csv")
                .body(rows.toString())
                .post("/v1/overseas-headcounts/batches")
                .then()
                .body("counts.created", equalTo(2_500));
        rename(old, other).then().statusCode(200);
        bureau("35").get("/v1/overseas-headcounts?school=" + old).then().body("items.size()", equalTo(0));
        bureau("35").get(headcount(id + "-2499")).then().body("fields.school", equalTo(other));
    }

    @Test
    void the_same_rename_again_changes_nothing() {
        put(school(old), openSchool());
        rename(old, other).then().statusCode(200).body("version", equalTo(2));
        rename(old, other).then().statusCode(200).body("version", equalTo(2));
        rename(old, newSourceId("THIRD")).then().statusCode(409);
    }

    @Test
    void a_key_that_is_or_was_taken_is_a_conflict() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        assertTaken(rename(old, other), "There is a record");
        bureau("35").delete(school(other) + "?reason=x");
        assertTaken(rename(old, other), "was withdrawn");
        rename(old, old).then().statusCode(422).body("errors[0].rule", equalTo("same-key"));
        rename(newSourceId("NEVER"), newSourceId("N")).then().statusCode(404);
        bureau("35").get(school(old)).then().body("version", equalTo(1));
    }

    private static void assertTaken(Response answer, String detail) {
        answer.then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("key-taken"))
                .body("errors[0].detail", containsString(detail));
    }

    @Test
    void the_old_key_of_another_record_is_no_key_to_rename_to_or_to_merge_into() {
        String third = newSourceId("THIRD");
        put(school(third), openSchool());
        put(school(old), openSchool());
        rename(old, other).then().statusCode(200);
        assertTaken(rename(third, old), "goes on under " + other + "; choose another key");
        merge(third, old)
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("merge-target-missing"))
                .body("errors[0].detail", containsString("goes on under " + other));
        merge(other, old).then().statusCode(422).body("errors[0].detail", containsString("rename it"));
    }

    @Test
    void what_belongs_to_a_school_that_is_renamed_back_comes_along_and_keeps_its_number() {
        put(school(old), openSchool());
        put(headcount(id), headcountOf(old, 40));
        rename(old, other).then().statusCode(200);
        rename(other, old).then().statusCode(200);

        bureau("35").get(headcount(id)).then().body("version", equalTo(3)).body("fields.school", equalTo(old));
        put(headcount(id), headcountOf(old, 41)).then().statusCode(200).body("version", equalTo(4));
        put(headcount(id), headcountOf(other, 41))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("parent-moved"));
    }

    @Test
    void a_headcount_under_a_key_that_was_left_does_not_wait_for_its_school() {
        put(school(old), openSchool());
        put(headcount(id), headcountOf(old, 40));
        bureau("35")
                .body("{\"sourceId\":\"" + id + "-2\",\"reason\":\"编号有误\"}")
                .post(headcount(id) + "/rename")
                .then()
                .statusCode(200);
        put(headcount(id), headcountOf(newSourceId("LATER"), 40))
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("record-moved"));
    }

    @Test
    void what_waits_under_a_key_that_was_left_since_can_be_taken_back() {
        put(school(old), openSchool());
        put(headcount(id), headcountOf(old, 40));
        put(headcount(id), headcountOf(newSourceId("LATER"), 41)).then().statusCode(202);
        bureau("35")
                .body("{\"sourceId\":\"" + id + "-2\",\"reason\":\"编号有误\"}")
                .post(headcount(id) + "/rename")
                .then()
                .statusCode(200);
        bureau("35").delete(headcount(id) + "?reason=x").then().statusCode(204);
        bureau("35").get("/v1/parked?limit=1000").then().body("items.sourceId", not(hasItem(id)));
        bureau("35").delete(headcount(id) + "?reason=x").then().statusCode(409);
        bureau("35").get(headcount(id + "-2")).then().body("withdrawn", equalTo(false));
    }

    @Test
    void what_waited_for_the_new_key_comes_with_the_rename() {
        put(school(old), openSchool());
        put(headcount(id), headcountOf(other, 40)).then().statusCode(202);
        rename(old, other).then().statusCode(200);
        bureau("35").get(headcount(id)).then().statusCode(200).body("fields.school", equalTo(other));
    }

    @Test
    void a_merged_school_hands_over_what_belongs_to_it() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        put(headcount(id), headcountOf(old, 40));
        merge(old, other).then().statusCode(200).body("movedTo", equalTo(other));

        bureau("35").get(headcount(id)).then().body("fields.school", equalTo(other));
        bureau("35").get(school(other)).then().body("version", equalTo(1));
        JsonNode left = awaitEvents(SCHOOL_TOPIC, "35/" + old, 2).getLast();
        assertThat(left.get("movedTo").asText()).isEqualTo("35/" + other);
        assertThat(left.at("/cause/kind").asText()).isEqualTo("merge");
        assertThat(awaitEvents(SCHOOL_TOPIC, "35/" + other, 1)).hasSize(1);
        bureau("35").delete(school(other) + "?reason=x").then().statusCode(409);
    }

    @Test
    void what_waits_with_a_finding_goes_on_waiting_under_the_school_that_remains() {
        String province = "53";
        String schools = "/v1/overseas-schools/" + province + "/";
        String late = OverseasBodies.school("open", ",\"openedOn\":\"2021-01-01\"");
        String row = "/v1/overseas-headcounts/" + province + "/" + id;
        String finding = "items.find { it.sourceId == '" + id + "' }";
        YearStateSteps.lockYear(province, 2020);
        put(row, headcountOf(old, 40)).then().statusCode(202);
        put(schools + old, late).then().statusCode(201);
        put(schools + other, late).then().statusCode(201);
        bureau(province)
                .get("/v1/parked?limit=1000")
                .then()
                .body(finding + ".waitsFor.sourceId", equalTo(old))
                .body(finding + ".warnings[0].rule", equalTo("year-locked"));

        bureau(province)
                .body("{\"into\":\"" + other + "\",\"reason\":\"重复登记\"}")
                .post(schools + old + "/merge")
                .then()
                .statusCode(200);

        bureau(province)
                .get("/v1/parked?limit=1000")
                .then()
                .body(finding + ".waitsFor.sourceId", equalTo(other))
                .body(finding + ".fields.school", equalTo(other))
                .body(finding + ".warnings[0].rule", equalTo("year-locked"));
        YearStateSteps.reopenYear(province, 2020);
        put(schools + other, late.replace("大城", "曼谷")).then().statusCode(200);
        bureau(province).get(row).then().statusCode(200).body("fields.school", equalTo(other));
        bureau(province).get("/v1/parked?limit=1000").then().body("items.sourceId", not(hasItem(id)));
    }

    /** The opened year releases the parked row. A later merge finds the row stored and lets it count once. */
    @Test
    void what_waited_with_a_finding_counts_once_in_a_merge_after_the_year_was_opened() {
        String province = "64";
        String schools = "/v1/overseas-schools/" + province + "/";
        String rows = "/v1/overseas-headcounts/" + province + "/";
        String late = OverseasBodies.school("open", ",\"openedOn\":\"2021-01-01\"");
        YearStateSteps.lockYear(province, 2020);
        put(rows + id, headcountOf(old, 40)).then().statusCode(202);
        put(schools + old, late).then().statusCode(201);
        put(schools + other, late).then().statusCode(201);
        bureau(province).get(rows + id).then().statusCode(404);
        YearStateSteps.reopenYear(province, 2020);
        bureau(province).get(rows + id).then().statusCode(200).body("fields.school", equalTo(old));
        put(rows + id + "-2", headcountOf(other, 41)).then().statusCode(201);

        String merge = "{\"into\":\"" + other + "\",\"reason\":\"重复登记\"%s}";
        bureau(province)
                .body(merge.formatted(""))
                .post(schools + old + "/merge")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("said-by-both"));
        bureau(province)
                .body(merge.formatted(",\"keep\":\"source\""))
                .post(schools + old + "/merge")
                .then()
                .statusCode(200);

        bureau(province).get(rows + id).then().statusCode(200).body("fields.school", equalTo(other));
        JsonNode left =
                awaitEvents(HEADCOUNT_TOPIC, province + "/" + id + "-2", 2).getLast();
        assertThat(left.get("change").asText()).isEqualTo("withdrawn");
        bureau(province).get("/v1/parked?limit=1000").then().body("items.sourceId", not(hasItem(id)));
    }

    @Test
    void a_merge_needs_a_standing_record_to_go_on_with() {
        put(school(old), openSchool());
        merge(old, other)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/into"))
                .body("errors[0].rule", equalTo("merge-target-missing"));
        put(school(other), openSchool());
        bureau("35").delete(school(other) + "?reason=x");
        merge(old, other).then().statusCode(422);
        bureau("35").get(school(old)).then().body("withdrawn", equalTo(false));
    }

    @Test
    void nothing_is_sent_to_a_key_that_was_left() {
        put(school(old), openSchool());
        rename(old, other);
        put(school(old), openSchool().replace("大城", "曼谷"))
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("record-moved"))
                .body("errors[0].detail", containsString(other));
        put(headcount(id), headcountOf(old, 40))
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("parent-moved"))
                .body("errors[0].pointer", equalTo("/school"))
                .body("errors[0].detail", containsString(other));
        put(headcount(id), headcountOf(other, 40)).then().statusCode(201);
    }

    private static Response merge(String from, String into, String keep) {
        return bureau("35")
                .body("{\"into\":\"" + into + "\",\"reason\":\"重复登记\",\"keep\":\"" + keep + "\"}")
                .post(school(from) + "/merge");
    }

    /** Creates two schools to merge: both have a headcount of 2020, the source has one of 2021 too. */
    private void putTwoSchoolsToMerge() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        put(headcount(id), headcountOf(old, 30));
        put(headcount(id + "-2"), headcountOf(other, 31));
        put(headcount(id + "-3"), headcountOf(old, 40).replace("2020", "2021"));
    }

    @Test
    void two_schools_with_a_number_of_the_same_year_are_not_merged_unless_it_is_said_whose_stands() {
        putTwoSchoolsToMerge();
        merge(old, other)
                .then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("said-by-both")))
                .body("errors[0].pointer", equalTo("/keep"))
                .body("errors[0].detail", containsString("\"" + id + "\" (students 30) and \"" + id + "-2\""))
                .body("errors[0].detailZh", containsString("“" + id + "-2”（students 31）"));
        merge(old, other, "both").then().statusCode(422).body("errors[0].rule", equalTo("keep-unknown"));

        bureau("35").get(school(old)).then().statusCode(200).body("withdrawn", equalTo(false));
        bureau("35")
                .get(headcount(id + "-3"))
                .then()
                .body("version", equalTo(1))
                .body("fields.school", equalTo(old));
    }

    @Test
    void the_number_of_the_school_that_remains_stands_and_the_other_goes_on_in_it() {
        putTwoSchoolsToMerge();
        merge(old, other, "target").then().statusCode(200).body("warnings", nullValue());

        bureau("35")
                .redirects()
                .follow(false)
                .get(headcount(id))
                .then()
                .statusCode(308)
                .header("Location", endsWith(headcount(id + "-2")));
        bureau("35")
                .get(headcount(id + "-2"))
                .then()
                .body("version", equalTo(1))
                .body("fields.students", equalTo(31));
        bureau("35").get(headcount(id + "-3")).then().body("fields.school", equalTo(other));
        JsonNode left = awaitEvents(HEADCOUNT_TOPIC, "35/" + id, 2).getLast();
        assertThat(left.get("change").asText()).isEqualTo("withdrawn");
        assertThat(left.get("movedTo").asText()).isEqualTo("35/" + id + "-2");
        assertThat(left.at("/cause/kind").asText()).isEqualTo("merge");
        assertThat(left.at("/cause/reason").asText()).isEqualTo("重复登记");
        OverseasBodies.assertMatchesSchema("overseas-headcount", awaitRecords(HEADCOUNT_TOPIC, "35/" + id, 2));
        merge(old, other, "target").then().statusCode(200).body("version", equalTo(2));
        merge(old, other, "source").then().statusCode(409).body("errors.rule", equalTo(List.of("moved-otherwise")));
    }

    @Test
    void the_number_of_the_school_that_goes_stands_if_that_is_wanted() {
        putTwoSchoolsToMerge();
        merge(old, other, "source").then().statusCode(200);

        bureau("35")
                .get(headcount(id))
                .then()
                .body("version", equalTo(2))
                .body("fields.school", equalTo(other))
                .body("fields.students", equalTo(30));
        bureau("35").get(headcount(id + "-2")).then().statusCode(200).body("sourceId", equalTo(id));
        bureau("35").get("/v1/overseas-headcounts?school=" + other).then().body("items.size()", equalTo(2));
        put(headcount(id + "-2"), headcountOf(other, 31)).then().statusCode(409);
    }

    @Test
    void a_merger_said_again_is_done_already_and_said_otherwise_it_is_refused_with_what_was_done() {
        putTwoSchoolsToMerge();
        merge(old, other, "source").then().statusCode(200);

        merge(old, other, "source").then().statusCode(200).body("version", equalTo(2));
        merge(old, other).then().statusCode(200).body("version", equalTo(2));
        merge(old, other, "target")
                .then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("moved-otherwise")))
                .body("errors[0].pointer", equalTo("/keep"))
                .body("errors[0].detail", containsString("into \"" + other + "\" already with keep: source"))
                .body("errors[0].detailZh", containsString("已并入“" + other + "”，当时 keep 为 source"));
        bureau("35")
                .body("{\"sourceId\":\"" + other + "\",\"reason\":\"编号有误\"}")
                .post(school(old) + "/rename")
                .then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("moved-otherwise")))
                .body("errors[0].detailZh", containsString("已并入“" + other + "”"));
    }

    @Test
    void a_merge_may_choose_again_whose_numbers_remain_where_none_conflict() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        put(headcount(id), headcountOf(old, 30));

        merge(old, other, "source").then().statusCode(200);
        merge(old, other, "target").then().statusCode(200).body("version", equalTo(2));
    }

    @Test
    void a_training_that_both_schools_reported_counts_once() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        String training = "/v1/overseas-trainings/35/" + id;
        String body = "{\"school\":\"%s\",\"enterprise\":\"%s\",\"people\":3,\"days\":2,\"startedOn\":\"2020-02-29\"}";
        put(training, body.formatted(old, "中车"));
        put(training + "-2", body.formatted(other, "中车"));
        put(training + "-3", body.formatted(old, "中建"));

        merge(old, other)
                .then()
                .statusCode(409)
                .body("errors.size()", equalTo(1))
                .body("errors[0].detail", containsString("overseas-training"));
        merge(old, other, "target").then().statusCode(200);
        bureau("35").get("/v1/overseas-trainings?school=" + other).then().body("items.size()", equalTo(2));
        bureau("35").get(training).then().body("sourceId", equalTo(id + "-2"));
    }

    @Test
    void a_number_of_a_locked_year_is_not_merged_away() {
        String province = "54";
        String schools = "/v1/overseas-schools/" + province + "/";
        String headcounts = "/v1/overseas-headcounts/" + province + "/";
        put(schools + old, openSchool()).then().statusCode(201);
        put(schools + other, openSchool()).then().statusCode(201);
        put(headcounts + id, headcountOf(old, 30)).then().statusCode(201);
        put(headcounts + id + "-2", headcountOf(other, 30)).then().statusCode(201);
        YearStateSteps.lockYear(province, 2020);

        bureau(province)
                .body("{\"into\":\"" + other + "\",\"reason\":\"重复登记\",\"keep\":\"target\"}")
                .post(schools + old + "/merge")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"));
        bureau(province).get(headcounts + id).then().body("version", equalTo(1));
        YearStateSteps.reopenYear(province, 2020);
    }

    @Test
    void only_a_school_is_asked_whose_numbers_stand() {
        put(school(other), openSchool());
        put(headcount(id), headcountOf(other, 30));
        put(headcount(id + "-2"), headcountOf(other, 30));
        bureau("35")
                .body("{\"into\":\"" + id + "-2\",\"reason\":\"重复登记\",\"keep\":\"target\"}")
                .post(headcount(id) + "/merge")
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("unknown-property"));
    }

    @Test
    void a_repeated_headcount_of_one_school_gives_a_warning_until_it_is_merged() {
        put(school(old), openSchool());
        put(school(other), openSchool());
        put(headcount(id), headcountOf(other, 30));
        put(headcount(id + "-2"), headcountOf(other, 30))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("counted-twice")));

        merge(old, other)
                .then()
                .statusCode(200)
                .body("warnings.rule", hasItem("counted-twice"))
                .body("warnings.find { it.rule == 'counted-twice' }.detail", containsString(id));
        bureau("35")
                .body("{\"into\":\"" + id + "-2\",\"reason\":\"重复登记\"}")
                .post(headcount(id) + "/merge")
                .then()
                .statusCode(200);
        put(headcount(id + "-2"), headcountOf(other, 32)).then().statusCode(200).body("warnings", nullValue());
    }
}
