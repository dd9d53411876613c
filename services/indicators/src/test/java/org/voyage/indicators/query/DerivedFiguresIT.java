package org.voyage.indicators.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of derived figures. Each test has its own year, so that none counts the records of another. */
@QuarkusTest
@TestProfile(DerivedFiguresIT.CollegeListProfile.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class DerivedFiguresIT implements RunningServiceTest {

    private static final String LISTED_COLLEGE = "4154000001";
    private static final String OTHER_COLLEGE = "4154000002";

    public static final class CollegeListProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("college-lists");
                Files.writeString(
                        folder.resolve("double-high.csv"),
                        "college,valid_from,valid_until\n" + LISTED_COLLEGE + ",1980-01-01,1999-12-31\n");
                Path figures = Files.createTempDirectory("flow-figures");
                for (String rule : List.of("growth", "change, over: 1")) {
                    String kind = rule.substring(0, 6);
                    Files.writeString(
                            figures.resolve("outbound-participants-" + kind + ".yaml"), """
                            code: outbound-participants-%s
                            version: 1
                            name: { zh: 示例, en: Example }
                            unit: { code: percent, zh: '%%', en: percent }
                            derive: { of: outbound-participants, kind: %s }
                            derivation: { zh: 示例, en: Example }
                            """.formatted(kind, rule));
                }
                return Map.of(
                        "voyage.indicators.college-lists",
                        folder.toString(),
                        "voyage.indicators.definitions",
                        figures.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void createTopics() throws Exception {
        RecordStates.createTopics();
    }

    /** All members left in 1999: with {@code @then} it is a list like any other, today it is empty. */
    @ParameterizedTest
    @CsvSource({
        "inbound-students, list=double-high@now, true",
        "inbound-students-share, list=double-high@now, true",
        "inbound-students, by=list:double-high@now, true",
        "inbound-students, list=double-high@then, false",
        "inbound-students, by=list:double-high@then, false"
    })
    void only_a_count_by_a_list_without_current_members_has_a_note(String figure, String asked, boolean told) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + figure + "/values?period=1981&" + asked)
                .then()
                .statusCode(200)
                .body("notes.findAll { it.code == 'list-empty' }.size()", equalTo(told ? 1 : 0));
    }

    @Test
    void a_share_is_part_over_whole_and_says_what_both_are() {
        sendEnrolment("54", LISTED_COLLEGE, "THA", "1981-03-01", "1981-06-30", true);
        sendEnrolment("54", OTHER_COLLEGE, "THA", "1981-03-01", "1981-06-30", true);
        sendEnrolment("54", OTHER_COLLEGE, "KEN", "1981-03-01", "1981-06-30", false);

        JsonPath answer = awaitValue("inbound-students-share/values?period=1981-04&region=asia", "value", 66.67f);

        assertThat(answer.getList("components.role")).containsExactly("part", "whole");
        assertThat(answer.getList("components.value")).containsExactly(2, 3);
        assertThat(answer.getList("components.query")).containsExactly("period=1981-04&region=asia", "period=1981-04");
        assertThat(valueOf("inbound-students-share/values?period=1981-04&list=double-high@then"))
                .isEqualTo(33.33f);
        assertThat(valueOf("inbound-students-share/values?period=1981-04&list=double-high@now"))
                .isEqualTo(0);
        assertThat(valueOf("inbound-assessed-share/values?period=1981")).isEqualTo(66.67f);
        assertThat(valueOf("inbound-assessed-share/values?period=1981&nationality=KEN"))
                .isEqualTo(0);
    }

    @Test
    void a_share_of_nothing_has_no_value() {
        sendEnrolment("54", OTHER_COLLEGE, "THA", "1997-02-01", "1997-02-28", true);
        awaitValue("inbound-students-share/values?period=1950&region=asia", "status", null);

        getValues("inbound-students-share/values?period=1950&region=asia")
                .body("items[0].containsKey('value')", equalTo(true))
                .body("items[0].value", equalTo(null))
                .body("components[1].value", equalTo(0));
    }

    @Test
    void growth_is_compounded_and_change_is_against_the_year_before() {
        for (int i = 0; i < 4; i++) {
            sendInstitution("DEU", i < 2 ? "1983-01-01" : i < 3 ? "1984-06-30" : "1985-12-31", "1986-06-30");
        }

        awaitValue("cooperative-institutions-change/values?period=1985&province=54", "value", 33.33f);

        assertThat(valueOf("cooperative-institutions-change/values?period=1984&province=54"))
                .isEqualTo(50);
        assertThat(valueOf("cooperative-institutions-change/values?period=1984-06&province=54"))
                .isEqualTo(50);
        assertThat(valueOf("cooperative-institutions-change/values?period=1986&province=54"))
                .isEqualTo(-100);
        getValues("cooperative-institutions-change/values?period=1983..1985&by=year&province=54")
                .body("items.value", equalTo(Arrays.asList(null, 50, 33.33f)));
        JsonPath before = getValues("cooperative-institutions-change/values?period=1985&province=54")
                .extract()
                .jsonPath();
        assertThat(before.getList("components.query"))
                .containsExactly("period=1985&province=54", "period=1984&province=54");
        assertThat(before.getList("components.value")).containsExactly(4, 3);
    }

    @Test
    void growth_goes_from_the_first_to_the_last_year() {
        for (int i = 0; i < 3; i++) {
            sendEnrolment("54", OTHER_COLLEGE, "LAO", i == 0 ? "1987-01-01" : "1988-01-01", "1989-12-30", true);
        }

        JsonPath answer = awaitValue("inbound-students-growth/values?period=1987..1988&nationality=LAO", "value", 200);

        assertThat(answer.getList("components.value")).containsExactly(3, 1);
    }

    /** Students went abroad in 1971 and 1974. No province has reported about the years between: they are no fall to 0. */
    @Test
    void a_year_without_reports_is_no_fall_to_0() {
        sendPlacement(LISTED_COLLEGE, "1971-02-01", 2, 5);
        sendPlacement(LISTED_COLLEGE, "1974-02-01", 4, 5);
        awaitValue("outbound-participants-growth/values?period=1971..1974&province=54", "value", 25.99f);

        getValues("outbound-participants-change/values?period=1972..1975&province=54&by=year")
                .body("items.value", equalTo(Arrays.asList(null, null, null, null)))
                .body("items.status", everyItem(equalTo("not-reported")))
                .body("items.lastReported", equalTo(List.of(1971, 1971, 1971, 1974)))
                .body("notes.find { it.code == 'not-reported' }.en", containsString("about 1972..1973, 1975: a value"));
        for (String asked :
                List.of("growth/values?period=1971..1973&province=54", "growth/values?period=1972..1974&province=54")) {
            getValues("outbound-participants-" + asked)
                    .body("items[0].value", equalTo(null))
                    .body("items[0].status", equalTo("not-reported"))
                    .body("items[0].lastReported", equalTo(1971));
        }
        getValues("outbound-participants-growth/values?period=1971..1973&province=54")
                .body("components.value", equalTo(Arrays.asList(null, 2)));
        getValues("outbound-participants-growth/values?period=1971..1973&province=54&by=hostCountry")
                .body("items.value", everyItem(equalTo(null)))
                .body("items.status", everyItem(equalTo("not-reported")));
        getValues("outbound-participants-change/values?period=1972&province=54&format=csv")
                .body(containsString(",1972,value,,not-reported,percent,"));
    }

    @ParameterizedTest
    @CsvSource({
        "inbound-students-growth, period=1990, growth-over-years",
        "inbound-students-growth, region=asia, growth-over-years",
        "inbound-students-growth, period=1990..1990, growth-over-years",
        "inbound-students-growth, period=1990..1995&by=year, growth-by-year",
        "standards-adopted-change, period=1990..1995, stock-over-years",
        "outbound-participants-change, period=1990..1995, change-over-years",
        "overseas-students, period=1990..1995, year-values-over-years",
        "overseas-schools, period=1990..1995, stock-over-years",
        "teachers-abroad, college=4132, code-form",
        "overseas-majors, college=4132, code-form",
        "overseas-students, major=46030, code-form",
        "inbound-provinces-over-500, by=province, dimension-unknown",
        "teachers-abroad, days=many, number-range",
        "teachers-abroad, days=364..0, number-range",
        "teachers-abroad, days=1..0, number-range",
    })
    void a_question_that_makes_no_sense_is_refused_with_the_reason(String code, String query, String rule) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + code + "/values?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule));
    }

    /** The value at the end of a year is unknown before the year ends. */
    @Test
    void a_growth_ends_with_a_year_that_is_over() {
        int current = Year.now(ZoneId.of("Asia/Shanghai")).getValue();

        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/inbound-students-growth/values?period=2015.." + current)
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("growth-unfinished"))
                .body("errors[0].pointer", equalTo("?period"))
                .body("errors[0].detail", containsString("with " + (current - 1)))
                .body("errors[0].detailZh", containsString("不晚于 " + (current - 1)));
        getValues("inbound-students-growth/values?period=2015.." + (current - 1));
    }

    @Test
    void colleges_over_a_threshold_are_counted_once_their_sum_exceeds_it() {
        sendPlacement(LISTED_COLLEGE, "1991-02-01", 2, 5);
        sendPlacement(OTHER_COLLEGE, "1991-02-01", 2, 5);
        sendPlacement(OTHER_COLLEGE, "1991-11-01", 1, 1);

        awaitValue("outbound-internship-colleges/values?period=1991&purpose=internship", "value", 1);

        sendPlacement(LISTED_COLLEGE, "1991-12-31", 1, 1);
        awaitValue("outbound-internship-colleges/values?period=1991", "value", 2);
        assertThat(valueOf("outbound-internship-colleges/values?period=1991&purpose=exchange"))
                .isEqualTo(0);
        getValues("outbound-internship-colleges/values?period=1991")
                .body("components[0].role", equalTo("each"))
                .body("components[0].query", equalTo("period=1991&by=college"));
    }

    @Test
    void a_bureau_reads_how_many_provinces_there_are_without_seeing_theirs() {
        sendAssignment("54", "1992-02-01", 10, 1001);
        sendAssignment("15", "1992-02-01", 10, 1001);
        sendAssignment("12", "1992-02-01", 10, 1000);
        awaitValue("teacher-training-provinces-over-10000/values?period=1992", "value", 2);

        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/indicators/teacher-training-provinces-over-10000/values?period=1992")
                .then()
                .statusCode(200)
                .body("items[0].value", equalTo(2));
    }

    @Test
    void short_stays_are_a_range_of_days() {
        sendAssignment("54", "1993-02-01", 3, 89);
        sendAssignment("54", "1993-02-01", 1, 90);

        awaitValue("teachers-abroad-short-stay-share/values?period=1993", "value", 75);

        assertThat(valueOf("teachers-abroad/values?period=1993&days=0..89")).isEqualTo(3);
        assertThat(valueOf("teachers-abroad/values?period=1993&days=90..")).isEqualTo(1);
        getValues("teachers-abroad-short-stay-share/values?period=1993")
                .body("components[0].query", equalTo("period=1993&days=..89"));
    }

    @Test
    void how_long_teachers_stay_is_a_median_of_those_who_left() {
        sendTeacher("1993-01-01", "1994-01-01");
        sendTeacher("1993-12-01", "1994-01-01");
        sendTeacher("1990-01-01", null);
        awaitValue("foreign-teacher-stay-median/values?period=1994", "value", 198);
        sendTeacher("1990-01-01", "1994-06-30");

        awaitValue("foreign-teacher-stay-median/values?period=1994", "value", 365);

        assertThat(valueOf("foreign-teachers-leaving-within-a-year-share/values?period=1994"))
                .isEqualTo(33.33f);
        getValues("foreign-teacher-stay-median/values?period=1951").body("items[0].value", equalTo(null));
        for (String figure : List.of("departures", "stay-median")) {
            getValues("foreign-teacher-" + figure + "/values?period=1950&province=54")
                    .body("items[0].value", equalTo(null))
                    .body("items[0].status", equalTo("not-reported"))
                    .body("coverage[0].reported", equalTo(false));
        }
        assertThat(valueOf("foreign-teacher-departures/values?period=1991&province=54"))
                .as("a teacher had come, and none had left")
                .isEqualTo(0);
    }

    @Test
    void partners_are_concentrated_where_most_of_them_are() {
        sendInstitution("DEU", "1995-01-01", "1996-06-30");
        sendProgramme("[{\"name\":\"A\",\"country\":\"DEU\"},{\"name\":\"B\",\"country\":\"DEU\"},"
                + "{\"name\":\"C\",\"country\":\"AUS\"}]");

        awaitValue("cooperation-partners/values?period=1995", "value", 4);

        assertThat(valueOf("cooperations/values?period=1995")).isEqualTo(2);
        assertThat(valueOf("cooperations/values?period=1995&partnerCountry=DEU"))
                .isEqualTo(2);
        assertThat(valueOf("cooperations/values?period=1995&region=europe,oceania"))
                .isEqualTo(2);
        assertThat(valueOf("cooperation-partners-share/values?period=1995&region=oceania"))
                .isEqualTo(25);
        assertThat(valueOf("cooperation-partners-top-3-share/values?period=1995"))
                .isEqualTo(100);
        assertThat(valueOf("cooperation-partners-concentration/values?period=1995"))
                .isEqualTo(6250);
        getValues("cooperation-partners-share/values?period=1995&by=region")
                .body("items.find { it.region == 'europe' }.value", equalTo(75))
                .body("labels.region.europe.en", equalTo("Europe"));
    }

    @Test
    void a_standard_is_of_a_list_when_any_of_its_colleges_is() {
        sendStandard("A", "\"" + LISTED_COLLEGE + "\",\"" + OTHER_COLLEGE + "\"");
        sendStandard("B", "\"" + OTHER_COLLEGE + "\"");

        awaitValue("standards-adopted-abroad/values?period=1997&kind=curriculum", "value", 2);

        assertThat(valueOf("standards-adopted-abroad/values?period=1997&kind=curriculum&list=double-high@then"))
                .isEqualTo(1);
        assertThat(valueOf("standards-adopted-abroad-share/values?period=1997&list=double-high@then"))
                .isEqualTo(50);
        assertThat(valueOf("standards-adopted-abroad-share/values?period=1997&college=" + OTHER_COLLEGE))
                .isEqualTo(100);
        assertThat(valueOf("standards-developing-colleges/values?period=1997")).isEqualTo(2);
        assertThat(valueOf("standards-developing-colleges/values?period=1997&list=double-high@then"))
                .isEqualTo(1);
    }

    @Test
    void a_derived_figure_says_what_it_is_derived_from() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/cooperations")
                .then()
                .statusCode(200)
                .body("derived.kind", equalTo("sum"))
                .body("derived.of", equalTo(List.of("cooperative-institutions", "cooperative-programmes")))
                .body("period", equalTo("stock"))
                .body(
                        "dimensions",
                        equalTo(List.of(
                                "province", "college", "partnerCountry", "region", "subRegion", "scheme", "status")));
    }

    private static JsonPath awaitValue(String question, String member, @Nullable Object value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getValues(question).body("items[0]." + member, equalTo(value)));
        return getValues(question).extract().jsonPath();
    }

    private static Object valueOf(String question) {
        return getValues(question).extract().jsonPath().get("items[0].value");
    }

    private static ValidatableResponse getValues(String question) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + question)
                .then()
                .statusCode(200);
    }

    private static void sendEnrolment(
            String province, String college, String nationality, String from, String until, boolean assessed) {
        RecordStates.sendNew(
                RecordStates.ENROLMENT_TOPIC,
                province,
                RecordStates.enrolmentJson(college, nationality, from, until, assessed));
    }

    private static void sendPlacement(String college, String on, int participants, int days) {
        RecordStates.sendNew(
                RecordStates.PLACEMENT_TOPIC, "54", RecordStates.placementJson(college, on, participants, days));
    }

    private static void sendAssignment(String province, String on, int teachers, int days) {
        RecordStates.sendNew(
                RecordStates.ASSIGNMENT_TOPIC,
                province,
                RecordStates.assignmentJson(OTHER_COLLEGE, on, teachers, days));
    }

    private static void sendTeacher(String from, @Nullable String until) {
        RecordStates.sendNew(RecordStates.TEACHER_TOPIC, "54", RecordStates.teacherJson(OTHER_COLLEGE, from, until));
    }

    private static void sendInstitution(String country, String from, String until) {
        RecordStates.sendNew(
                RecordStates.INSTITUTION_TOPIC,
                "54",
                RecordStates.institutionJson(OTHER_COLLEGE, country, from, until));
    }

    private static void sendProgramme(String partners) {
        RecordStates.sendNew(RecordStates.PROGRAMME_TOPIC, "54", """
                {"name":"示例","college":"%s","foreignPartners":%s,"approvalNumber":"1","approvedOn":"1995-01-01",\
                "scheme":"ordinary","major":"460301","status":"terminated","terminatedOn":"1996-06-30"}""".formatted(OTHER_COLLEGE, partners));
    }

    private static void sendStandard(String title, String colleges) {
        String id = title + UUID.randomUUID();
        TestEventLog.sendChange(RecordStates.STANDARD_TOPIC, "54/" + id, 1, """
                {"title":"%s","kind":"curriculum","developingColleges":[%s],"field":"46","edition":"1"}""".formatted(title, colleges));
        RecordStates.sendNew(RecordStates.RECOGNITION_TOPIC, "54", """
                {"standard":"%s","country":"TZA","adopter":"X","level":"certified","decidedOn":"1997-01-01",\
                "expiresOn":"1998-06-30"}""".formatted(id));
    }
}
