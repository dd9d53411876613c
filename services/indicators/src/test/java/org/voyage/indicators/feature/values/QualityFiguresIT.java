package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;

/** Test of the figures of quality. Province 64 sends its records, in years that no other test uses. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class QualityFiguresIT implements RunningServiceTest {

    private static final String PROVINCE = "64";
    private static final String WITHOUT_STUDENTS = "overseas-schools-without-students";

    @BeforeAll
    static void createTopics() throws Exception {
        RecordStates.createTopics();
    }

    @Test
    void students_who_left_have_completed_left_early_or_changed() {
        Receipt sent = sendEnrolment("THA", "1908-09-01", "1910-06-30", "graduated", null)
                .plus(sendEnrolment("THA", "1908-09-01", "1910-06-30", "graduated", null))
                .plus(sendEnrolment("KEN", "1908-09-01", "1910-03-01", "withdrawn", null))
                .plus(sendEnrolment("KEN", "1908-09-01", "1910-12-31", "transferred", null))
                .plus(sendEnrolment("KEN", "1908-09-01", "1911-01-01", "withdrawn", null))
                .plus(sendEnrolment("HKG", "1908-09-01", "1910-06-30", "withdrawn", null));

        assertThat(valueAfter(sent, "inbound-departures", "period=1910")).isEqualTo(4);
        assertThat(valueAfter(sent, "inbound-completion-share", "period=1910")).isEqualTo(50);
        assertThat(valueAfter(sent, "inbound-early-leaving-share", "period=1910"))
                .isEqualTo(25);
        assertThat(valueAfter(sent, "inbound-completion-share", "period=1910&region=africa"))
                .isEqualTo(0);
        getAfter(sent, "inbound-departures", "period=1910&by=outcome")
                .body("items.outcome", equalTo(List.of("graduated", "transferred", "withdrawn")))
                .body("items.value", equalTo(List.of(2, 1, 1)))
                .body("labels.outcome.withdrawn.zh", equalTo("退学"));
    }

    @Test
    void degree_students_are_a_share_of_those_enrolled() {
        Receipt sent = sendEnrolment("THA", "1912-09-01", "1913-06-30", "graduated", null)
                .plus(sendRecord(RecordStates.ENROLMENT_TOPIC, """
                        {"nationality":"LAO","college":"4164000001","level":"higher-vocational",\
                        "category":"short-term","chineseWithSkills":false,"funding":"self","assessed":true,\
                        "startedOn":"1912-12-01","endedOn":"1913-02-01","outcome":"graduated"}"""));

        assertThat(valueAfter(sent, "inbound-degree-share", "period=1912")).isEqualTo(50);
        assertThat(valueAfter(sent, "inbound-degree-share", "period=1913-03")).isEqualTo(100);
        getAfter(sent, "inbound-degree-share", "period=1913-07").body("items[0].value", nullValue());
    }

    @Test
    void the_chinese_level_is_a_share_of_the_levels_that_are_known() {
        Receipt sent = sendEnrolment("THA", "1914-09-01", "1915-06-30", "graduated", 4)
                .plus(sendEnrolment("THA", "1914-09-01", "1915-06-30", "graduated", 6))
                .plus(sendEnrolment("THA", "1914-09-01", "1915-06-30", "graduated", 3))
                .plus(sendEnrolment("LAO", "1914-09-01", "1915-06-30", "graduated", 0))
                .plus(sendEnrolment("LAO", "1914-09-01", "1915-06-30", "graduated", null));

        assertThat(valueAfter(sent, "inbound-chinese-level-share", "period=1914"))
                .isEqualTo(50);
        assertThat(valueAfter(sent, "inbound-admissions", "period=1914&chineseLevel=3.."))
                .isEqualTo(3);
        getAfter(sent, "inbound-chinese-level-share", "period=1914")
                .body("components.value", equalTo(List.of(2, 4)))
                .body("components[0].query", equalTo("period=1914&province=" + PROVINCE + "&chineseLevel=4.."));
    }

    @Test
    void an_enterprise_counts_once_however_many_schools_and_trainings_serve_it() {
        String school = "Q-" + UUID.randomUUID();
        Receipt sent = sendSchool(school, "KEN", "\"示例甲\",\"示例乙\"")
                .plus(sendSchool("Q-" + UUID.randomUUID(), "THA", "\"示例甲\""))
                .plus(sendTraining(school, "示例甲", "1907-03-01", 10))
                .plus(sendTraining(school, "示例甲", "1907-12-31", 5))
                .plus(sendTraining(school, "示例丙", "1907-05-01", 1))
                .plus(sendTraining(school, "示例丁", "1908-01-01", 1))
                .plus(sendHeadcount(school, 1907, 30));

        assertThat(valueAfter(sent, "overseas-school-enterprises", "period=1907"))
                .isEqualTo(2);
        assertThat(valueAfter(sent, "overseas-school-enterprises", "period=1907&hostCountry=THA"))
                .isEqualTo(1);
        assertThat(valueAfter(sent, "overseas-school-enterprises", "period=1909"))
                .isEqualTo(0);
        assertThat(valueAfter(sent, "overseas-training-enterprises", "period=1907"))
                .isEqualTo(2);
        assertThat(valueAfter(sent, "overseas-training-enterprises", "period=1907..1908"))
                .isEqualTo(3);
        assertThat(valueAfter(sent, "overseas-learners", "period=1907")).isEqualTo(46);
    }

    @Test
    void schools_with_students_are_a_share_of_those_with_a_headcount() {
        String full = "Q-" + UUID.randomUUID();
        String empty = "Q-" + UUID.randomUUID();
        Receipt sent = sendSchool(full, "KEN", "\"示例甲\"")
                .plus(sendSchool(empty, "THA", "\"示例甲\""))
                .plus(sendSchool("Q-" + UUID.randomUUID(), "THA", "\"示例甲\""))
                .plus(sendHeadcount(full, 1908, 30))
                .plus(sendHeadcount(full, 1908, 0))
                .plus(sendHeadcount(empty, 1908, 0));

        assertThat(valueAfter(sent, "overseas-headcount-schools", "period=1908"))
                .isEqualTo(2);
        assertThat(valueAfter(sent, "overseas-headcount-schools", "period=1908&students=1.."))
                .isEqualTo(1);
        assertThat(valueAfter(sent, "overseas-schools-with-students-share", "period=1908"))
                .isEqualTo(50);
        assertThat(valueAfter(sent, "overseas-schools-with-students-share", "period=1908&hostCountry=KEN"))
                .isEqualTo(100);
    }

    @Test
    void a_school_without_students_for_two_years_counts_until_it_has_some_or_closes() {
        String empty = "Q-" + UUID.randomUUID();
        String full = "Q-" + UUID.randomUUID();
        Receipt sent = sendOpenSchool(empty, "KEN", "1931-12-31", "1936-12-31")
                .plus(sendOpenSchool("Q-" + UUID.randomUUID(), "KEN", "1934-01-01", "1936-12-31"))
                .plus(sendOpenSchool(full, "THA", "1931-12-31", "1936-12-31"))
                .plus(sendHeadcount(full, 1934, 30))
                .plus(sendHeadcount(full, 1935, 30));

        assertThat(valueAfter(sent, "overseas-schools-open-two-years", "period=1935"))
                .as("the school of 1934 is too young")
                .isEqualTo(2);
        getAfter(sent, WITHOUT_STUDENTS, "period=1935&by=hostCountry")
                .body("items.hostCountry", equalTo(List.of("KEN")))
                .body("items.value", equalTo(List.of(1)));
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935&hostCountry=THA"))
                .isEqualTo(0);
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935-06")).isEqualTo(1);

        sent = sendHeadcount(empty, 1935, 0);
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935"))
                .as("a headcount of 0 does not help")
                .isEqualTo(1);

        String headcount = PROVINCE + "/Q-" + UUID.randomUUID();
        String year = TestEventLog.headcountJson(empty, 1934, 5);
        sent = TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, headcount, 1, year);
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935"))
                .as("students of the year before")
                .isEqualTo(0);

        sent = TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, headcount, 2, null);
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935"))
                .as("withdrawn")
                .isEqualTo(1);

        sent = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                PROVINCE + "/" + empty,
                2,
                TestEventLog.schoolJson("KEN", "luban-workshop", "1931-12-31", "1935-12-31"));
        assertThat(valueAfter(sent, WITHOUT_STUDENTS, "period=1935"))
                .as("closed by the end of the year")
                .isEqualTo(0);
    }

    @Test
    void schools_of_a_province_that_has_not_reported_both_years_are_not_known_to_be_empty() {
        String full = "Q-" + UUID.randomUUID();
        Receipt sent = sendOpenSchool("Q-" + UUID.randomUUID(), "UGA", "1941-12-31", "1946-12-31")
                .plus(sendOpenSchool(full, "THA", "1941-12-31", "1946-12-31"))
                .plus(sendHeadcount(full, 1942, 30))
                .plus(sendHeadcount(full, 1944, 30));

        for (int year : List.of(1942, 1943, 1944, 1945)) {
            getAfter(sent, WITHOUT_STUDENTS, "hostCountry=UGA&period=" + year)
                    .body("items[0].value", nullValue())
                    .body("items[0].status", equalTo("not-reported"))
                    .body("notes.code", hasItem("not-reported"));
        }
        sent = sendHeadcount(full, 1943, 30);
        getAfter(sent, WITHOUT_STUDENTS, "hostCountry=UGA&period=1941..1945&by=year")
                .body("items.value", equalTo(Arrays.asList(null, null, 1, 1, null)));
        getAfter(sent, WITHOUT_STUDENTS, "hostCountry=UGA&period=1943")
                .body("components.role", equalTo(List.of("minuend", "subtrahend", "reported", "reported-before")))
                .body(
                        "components[1].query",
                        equalTo("period=1943&province=" + PROVINCE + "&hostCountry=UGA&students=1..&by=province"))
                .body("components[3].query", equalTo("period=1942&province=" + PROVINCE + "&by=province"))
                .body("coverage[0].provinces", equalTo(1));
    }

    @Test
    void teachers_abroad_are_person_days_in_every_role() {
        Receipt sent = sendRecord(RecordStates.ASSIGNMENT_TOPIC, """
                        {"college":"4164000001","hostCountry":"THA","hostKind":"overseas-school","role":"position",\
                        "teachers":2,"days":100,"startedOn":"1907-02-01"}""")
                .plus(sendRecord(
                        RecordStates.ASSIGNMENT_TOPIC, RecordStates.assignmentJson("4164000001", "1907-03-01", 3, 10)));

        assertThat(valueAfter(sent, "teachers-abroad-person-days", "period=1907"))
                .isEqualTo(230);
        assertThat(valueAfter(sent, "teachers-abroad-person-days", "period=1907&role=position"))
                .isEqualTo(200);
    }

    private static Object valueAfter(Receipt sent, String figure, String query) {
        return getAfter(sent, figure, query).extract().jsonPath().get("items[0].value");
    }

    private static ValidatableResponse getAfter(Receipt sent, String figure, String query) {
        TestEventLog.awaitReady();
        return SchoolValueRequests.getAfterReceipt(
                        sent, "/v1/indicators/" + figure + "/values?province=" + PROVINCE + "&" + query)
                .statusCode(200);
    }

    private static Receipt sendEnrolment(
            String nationality, String from, String until, String outcome, @Nullable Integer chineseLevel) {
        return sendRecord(RecordStates.ENROLMENT_TOPIC, """
                {"nationality":"%s","college":"4164000001","level":"higher-vocational","category":"degree",\
                "major":"460301","chineseWithSkills":false,"funding":"self","assessed":true,%s\
                "startedOn":"%s","endedOn":"%s","outcome":"%s"}""".formatted(
                        nationality,
                        chineseLevel == null ? "" : "\"chineseLevel\":" + chineseLevel + ",",
                        from,
                        until,
                        outcome));
    }

    private static Receipt sendSchool(String sourceId, String country, String enterprises) {
        return TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, PROVINCE + "/" + sourceId, 1, """
                {"name":"示例","brand":"luban-workshop","tier":"workshop","form":"branch","hostCountry":"%s",\
                "foundingColleges":["4164000001"],"enterprises":[%s],"status":"closed",\
                "openedOn":"1906-01-01","closedOn":"1909-01-01"}""".formatted(country, enterprises));
    }

    private static Receipt sendOpenSchool(String sourceId, String country, String openedOn, String closedOn) {
        return TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                PROVINCE + "/" + sourceId,
                1,
                TestEventLog.schoolJson(country, "luban-workshop", openedOn, closedOn));
    }

    private static Receipt sendHeadcount(String school, int year, int students) {
        return sendRecord(TestEventLog.HEADCOUNT_TOPIC, TestEventLog.headcountJson(school, year, students));
    }

    private static Receipt sendTraining(String school, String enterprise, String on, int people) {
        return sendRecord(TestEventLog.TRAINING_TOPIC, """
                {"school":"%s","enterprise":"%s","people":%d,"days":2,"startedOn":"%s"}""".formatted(school, enterprise, people, on));
    }

    private static Receipt sendRecord(String topic, String after) {
        return RecordStates.sendNew(topic, PROVINCE, after);
    }
}
