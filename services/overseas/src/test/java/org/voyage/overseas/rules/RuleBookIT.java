package org.voyage.overseas.rules;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.operator;
import static org.voyage.overseas.OverseasBodies.put;
import static org.voyage.overseas.OverseasBodies.school;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RuleBookIT {

    private final String school = newSourceId("S");

    private String headcount(int year) {
        return "{\"school\":\"%s\",\"year\":%d,\"major\":\"460301\",\"students\":7}".formatted(school, year);
    }

    private String headcount(int year, int students) {
        return headcount(year).replace(":7}", ":" + students + "}");
    }

    private static String row(String body) {
        return body.replaceFirst("\\{", "{\"sourceId\":\"" + newSourceId("H") + "\",") + "\n";
    }

    private String training(String startedOn) {
        return "{\"school\":\"%s\",\"enterprise\":\"企业\",\"people\":3,\"days\":2,\"startedOn\":\"%s\"}"
                .formatted(school, startedOn);
    }

    private void putSchool(String body) {
        put("/v1/overseas-schools/33/" + school, body).then().statusCode(201);
    }

    @Test
    void everybody_who_is_known_reads_the_rules_of_a_record() {
        bureau("33")
                .get("/v1/rules?record=overseas-training")
                .then()
                .statusCode(200)
                .body("items.id", hasItems("required", "school-not-open-on-date", "jump-since-last-version"))
                .body("items.id", not(hasItem("school-not-open-in-year")));
        bureau("33")
                .get("/v1/rules?record=overseas-school")
                .then()
                .statusCode(200)
                .body("items.id", hasItem("jump-since-last-year"))
                .body("items.id", not(hasItem("jump-since-last-version")));
        operator()
                .get("/v1/rules?severity=warn")
                .then()
                .statusCode(200)
                .body("items.severity", everyItem(equalTo("warn")))
                .body("items.id", hasItem("school-not-open-in-year"));
        RestAssured.get("/v1/rules").then().statusCode(401);
    }

    @Test
    void one_rule_says_what_holds_how_to_repair_and_what_changed() {
        bureau("33")
                .get("/v1/rules/closed-after-opened")
                .then()
                .statusCode(200)
                .body("severity", equalTo("refuse"))
                .body("fixed", equalTo(false))
                .body("holds.en", containsString("closes"))
                .body("holds.zh", containsString("关闭"))
                .body("repair.zh", containsString("日期"))
                .body("amendments[0].date", equalTo("2026-11-25"));
        bureau("33").get("/v1/rules/no-such-rule").then().statusCode(404);
        bureau("33")
                .get("/v1/rules?severity=mild")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("severity-unknown"));
    }

    @Test
    void a_headcount_before_the_school_opened_is_stored_with_a_warning() {
        putSchool(openSchool());
        String path = "/v1/overseas-headcounts/33/" + newSourceId("H");
        put(path, headcount(2015))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("school-not-open-in-year")))
                .body("warnings[0].pointer", equalTo("/year"));
        put(path, headcount(2016)).then().statusCode(200).body("warnings", nullValue());
    }

    @Test
    void what_is_about_a_year_after_the_next_warns_for_a_digit_is_soon_wrong() {
        putSchool(openSchool());
        int next = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear() + 1;
        String path = "/v1/overseas-trainings/33/" + newSourceId("T");
        put(path, training(next + "-12-31")).then().statusCode(201).body("warnings", nullValue());
        put(path, training("2091-09-01"))
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("year-ahead")))
                .body("warnings[0].pointer", equalTo("/startedOn"))
                .body("warnings[0].detailZh", containsString("2091"));
    }

    @Test
    void a_headcount_far_from_that_of_the_year_before_warns_also_within_one_file() {
        putSchool(openSchool());
        put("/v1/overseas-headcounts/33/" + newSourceId("H"), headcount(2019, 150))
                .then()
                .statusCode(201);
        put("/v1/overseas-headcounts/33/" + newSourceId("H"), headcount(2020, 1500))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("jump-since-last-year")))
                .body("warnings[0].detail", equalTo("It was 150 the year before and is 1500 now."))
                .body("warnings[0].pointer", equalTo("/students"));
        String file = row(headcount(2022, 20)) + row(headcount(2021, 1400));
        bureau("33")
                .contentType("application/x-ndjson")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches")
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2))
                .body("warnings.rule", equalTo(List.of("jump-since-last-year")))
                .body("warnings[0].rows", equalTo(1));
    }

    @Test
    void a_file_after_which_a_year_has_far_more_records_than_the_one_before_warns_also_when_it_is_tried() {
        StringBuilder file =
                new StringBuilder("sourceId,name,brand,tier,form,hostCountry,foundingColleges,status,openedOn\n");
        String batch = newSourceId("Y");
        for (int i = 0; i < 150; i++) {
            file.append("%s-%d,学校,other,workshop,branch,THA,4165012345,open,%d-09-01\n"
                    .formatted(batch, i, i < 20 ? 2018 : 2019));
        }
        for (String query : List.of("?dryRun=true", "?mode=all")) {
            sendSchools(query, file.toString())
                    .body("warnings.size()", equalTo(1))
                    .body("warnings[0].rule", equalTo("jump-since-last-year"))
                    .body("warnings[0].pointer", equalTo("/openedOn"))
                    .body("warnings[0].value", equalTo("2019"))
                    .body("warnings[0].rows", equalTo(130))
                    .body("warnings[0].firstRow", equalTo(0));
        }
        sendSchools("", file.toString()).body("counts.unchanged", equalTo(150)).body("warnings.size()", equalTo(0));
    }

    private static ValidatableResponse sendSchools(String query, String file) {
        return bureau("65")
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-schools/batches" + query)
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(0));
    }

    @Test
    void a_correction_by_a_digit_too_many_warns_and_small_numbers_do_not() {
        putSchool(openSchool());
        String path = "/v1/overseas-headcounts/33/" + newSourceId("H");
        put(path, headcount(2019, 7)).then().statusCode(201);
        put(path, headcount(2019, 70)).then().statusCode(200).body("warnings", nullValue());
        put(path, headcount(2019, 700))
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("jump-since-last-version")));
        put(path, headcount(2019, 700)).then().statusCode(200).body("warnings", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100012345", "4199012345"})
    void a_college_of_no_province_is_refused(String college) {
        put("/v1/overseas-schools/33/" + school, openSchool().replace("4112012345", college))
                .then()
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("college-province")))
                .body("errors[0].pointer", equalTo("/foundingColleges/0"))
                .body("errors[0].detail", containsString(college));
    }

    @Test
    void a_major_of_no_group_warns_and_one_of_another_level_of_the_catalogue_does_not() {
        put("/v1/overseas-schools/33/" + school, openSchool().replace("460301", "990301"))
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("major-group")))
                .body("warnings[0].pointer", equalTo("/majors/0"));
        put("/v1/overseas-schools/33/" + school, openSchool().replace("\"460301\"", "\"660301\",\"260301\",\"460301\""))
                .then()
                .statusCode(200)
                .body("warnings", nullValue());
    }

    @Test
    void a_country_that_is_no_more_is_taken_for_its_own_days_and_refused_afterwards() {
        String yugoslav = openSchool().replaceFirst("\"THA\"", "\"SCG\"");
        put("/v1/overseas-schools/33/" + school, yugoslav.replace("2016-02-29", "2006-06-04"))
                .then()
                .statusCode(201)
                .body("fields.hostCountry", equalTo("SCG"));
        put("/v1/overseas-schools/33/" + newSourceId("S"), yugoslav.replace("2016-02-29", "2006-06-05"))
                .then()
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("code-not-valid-on-date")))
                .body("errors[0].pointer", equalTo("/hostCountry"))
                .body("errors[0].detail", containsString("Its successors: SRB, MNE."))
                .body("errors[0].detailZh", containsString("2006-06-05"));
    }

    @Test
    void a_country_that_was_not_there_yet_is_refused_with_the_one_before_it() {
        String sudanese = openSchool().replaceFirst("\"THA\"", "\"SSD\"");
        put("/v1/overseas-schools/33/" + school, sudanese.replace("2016-02-29", "2011-07-08"))
                .then()
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("code-not-valid-on-date")))
                .body("errors[0].detail", containsString("Before: SDN."))
                .body("errors[0].detailZh", containsString("2011-07-09"));
        put("/v1/overseas-schools/33/" + school, sudanese.replace("2016-02-29", "2011-07-09"))
                .then()
                .statusCode(201);
    }

    @Test
    void a_training_warns_when_its_school_is_closed_on_that_day() {
        putSchool(school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2020-02-29\""));
        String path = "/v1/overseas-trainings/33/" + newSourceId("T");
        put(path, training("2020-02-29"))
                .then()
                .statusCode(201)
                .body("warnings.rule", hasItem("school-not-open-on-date"));
        put(path, training("2020-02-28")).then().statusCode(200).body("warnings", nullValue());
    }
}
