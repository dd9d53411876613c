package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.BATCH_ID;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getValues;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.loadPlan;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.outstandingYear;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.readExample;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.sendEvent;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.sendOutstanding;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the coverage of a figure's years, with its values and alone. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class CoverageResourceIT implements RunningServiceTest {

    private static final String ENROLMENT = "mobility.inbound-enrolment";
    private static final String TEACHER = "mobility.foreign-teacher";
    private static final String PLACEMENT = "mobility.outbound-placement";

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(
                "overseas.batch",
                "overseas.outstanding",
                "overseas.year-close",
                "standards.batch",
                ENROLMENT,
                TEACHER,
                PLACEMENT));
    }

    /** Two provinces sent records of 1971, one of 1972, none of 1973. */
    @Test
    void an_answer_says_how_complete_its_values_are_and_which_years_do_not_compare() {
        String students = "/v1/indicators/overseas-students/values?";
        for (String key : List.of("63/1971", "64/1971", "63/1972")) {
            TestEventLog.sendChange(
                    TestEventLog.HEADCOUNT_TOPIC,
                    key.substring(0, 3) + "K-" + UUID.randomUUID(),
                    1,
                    TestEventLog.headcountJson("s", Integer.parseInt(key.substring(3)), 3));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getValues(TestTokens.operatorToken(), students + "period=1971..1973&by=year")
                        .body("coverage.provinces", equalTo(List.of(2, 1, 0))));

        getValues(TestTokens.operatorToken(), students + "period=1971..1973&by=year")
                .body("coverage.year", equalTo(List.of(1971, 1972, 1973)))
                .body("coverage.missing", equalTo(List.of(List.of(), List.of("64"), List.of("63"))))
                .body("coverage[0].warning", nullValue())
                .body("coverage[0].added", hasSize(0))
                .body(
                        "coverage[1].warning.en",
                        startsWith("Provinces that have reported about 1971 and not about 1972: 1"))
                .body("notes.code", equalTo(List.of("coverage-differs", "not-reported")))
                .body("notes[0].en", containsString("1972 (missing Ningxia), 1973 (missing Qinghai)."))
                .body("notes[1].en", containsString("about 1973: the value is missing there"))
                .body("notes[1].en", endsWith("The last year about which a province has reported is 1972."))
                .body("coverage.reported", equalTo(List.of(true, true, false)))
                .body("coverage.lastReported", equalTo(List.of(1971, 1972, 1972)))
                .body("items.value", equalTo(Arrays.asList(0, 0, null)))
                .body("items.status", equalTo(Arrays.asList(null, null, "not-reported")))
                .body("items[2].lastReported", equalTo(1972));
        getValues(TestTokens.bureauToken("12"), students + "period=1971..1973&by=year")
                .body("coverage.provinces", equalTo(List.of(2, 1, 0)))
                .body("coverage.missing.flatten()", hasSize(0));
        getValues(TestTokens.operatorToken(), students + "period=1972&province=64")
                .body("items[0].value", nullValue())
                .body("items[0].status", equalTo("not-reported"))
                .body("items[0].lastReported", equalTo(1971));
        getValues(TestTokens.operatorToken(), students + "period=1972&province=63")
                .body("coverage.provinces", equalTo(List.of(1)))
                .body("coverage[0].warning", nullValue())
                .body("containsKey('notes')", equalTo(false));
        getValues(TestTokens.operatorToken(), students + "period=1971..1973&by=year&format=csv")
                .body(
                        containsString(
                                ",unit,filters,provinces,coverage,received,expected,lastPush,missing,added,fewer,more,notClosed\r\n"))
                .body(containsString(",2,,2,,20"))
                .body(containsString(",1,differs,1,2,20"));
        getValues(TestTokens.operatorToken(), students + "period=1971..1973&by=year&format=sdmx-csv")
                .body(containsString(",COVERAGE,COMMENT_OBS,RECEIVED,EXPECTED,LAST_PUSH\r\n"))
                .body(containsString(",1,Provinces that have reported about 1971 and not about 1972: 1"));
        getValues(TestTokens.operatorToken(), students + "period=1971..1973&by=year&format=sdmx-json")
                .body(
                        "data.structures[0].annotations.id",
                        equalTo(List.of(
                                "POSITION",
                                "COVERAGE_1972",
                                "COVERAGE_1973",
                                "NOTE_COVERAGE_DIFFERS",
                                "NOTE_NOT_REPORTED")))
                .body("data.dataSets[0].annotations", equalTo(List.of(0, 1, 2, 3, 4)));
    }

    /** One province sent records of 1977, two others of 1978; none of 1976. */
    @Test
    void a_year_with_other_provinces_than_the_one_before_says_which_are_missing_and_which_are_new() throws IOException {
        String students = "/v1/indicators/overseas-students/values?by=year&period=";
        for (String key : List.of("62/1977", "53/1978", "54/1978")) {
            TestEventLog.sendChange(
                    TestEventLog.HEADCOUNT_TOPIC,
                    key.substring(0, 3) + "K-" + UUID.randomUUID(),
                    1,
                    TestEventLog.headcountJson("s", Integer.parseInt(key.substring(3)), 3));
        }
        awaitAnswer(students + "1977..1978", answer -> answer.body("coverage.provinces", equalTo(List.of(1, 2))));

        getValues(TestTokens.operatorToken(), students + "1977..1978")
                .body("coverage.missing", equalTo(List.of(List.of(), List.of("62"))))
                .body("coverage.added", equalTo(List.of(List.of(), List.of("53", "54"))))
                .body("coverage[0].warning", nullValue())
                .body(
                        "coverage[1].warning.en",
                        equalTo(
                                "Provinces that have reported about 1977 and not about 1978: 1 (Gansu); Provinces that have reported"
                                        + " about 1978 and not about 1977: 2 (Yunnan, Xizang); the two years do not compare as they stand."))
                .body(
                        "coverage[1].warning.zh",
                        equalTo("1 个省份（甘肃省）已报送 1977 年，但未报送 1978 年；2 个省份（云南省、西藏自治区）已报送 1978 年，但未报送 1977 年，"
                                + "两年数据不宜直接比较。"))
                .body("notes.code", equalTo(List.of("coverage-differs")))
                .body("notes[0].en", containsString(": 1978 (missing Gansu; new Yunnan, Xizang)."))
                .body("notes[0].zh", containsString("：1978（缺少 甘肃省；新增 云南省、西藏自治区）。"));
        getValues(TestTokens.operatorToken(), students + "1977..1978&province=53,54,62&format=csv")
                .body(containsString(",2,differs,2,1,"))
                .body(containsString("Z,62,53 54,,,\r\n"));
        getValues(TestTokens.operatorToken(), students + "1977..1978&format=sdmx-csv")
                .body(containsString(": 2 (Yunnan, Xizang);"));
        getValues(TestTokens.operatorToken(), students + "1977..1978&format=sdmx-json")
                .body("data.structures[0].annotations[1].title", containsString(": 2 (Yunnan, Xizang);"));
        assertThat(readSpreadsheet(students + "1977..1978&format=xlsx"))
                .anyMatch(row -> row.contains("1978 (missing Gansu; new Yunnan, Xizang)"));
        getValues(TestTokens.bureauToken("53"), students + "1977..1978")
                .body("coverage.missing.flatten()", hasSize(0))
                .body("coverage.added", equalTo(List.of(List.of(), List.of("53"))))
                .body("coverage[1].warning.en", containsString(" 1978: 1; "))
                .body("coverage[1].warning.en", containsString(" 1977: 2 (Yunnan);"))
                .body("notes[0].en", containsString(": 1978 (new Yunnan)."));
        getValues(TestTokens.operatorToken(), students + "1978")
                .body("coverage[0].added", equalTo(List.of("53", "54")))
                .body("containsKey('notes')", equalTo(false));
        getValues(TestTokens.operatorToken(), students + "1978..1979")
                .body("notes[0].en", containsString(": 1979 (missing Yunnan, Xizang)."));
    }

    private List<String> readSpreadsheet(String question) throws IOException {
        Path file = Files.createTempFile("coverage", ".xlsx");
        List<String> texts = new ArrayList<>();
        try {
            Files.write(
                    file,
                    getValues(TestTokens.operatorToken(), question).extract().asByteArray());
            try (XlsxFile sheets = XlsxFile.open(file);
                    XlsxRows rows = sheets.openRows(sheets.sheets().getFirst(), 10_000)) {
                for (var row = rows.nextRow(); row != null; row = rows.nextRow()) {
                    texts.add(String.join(" ", row.texts()));
                }
            }
        } finally {
            Files.delete(file);
        }
        return texts;
    }

    /** A growth compares its first year with its last. A year without students of a province says nothing of a stock. */
    @Test
    void a_growth_of_a_stock_has_no_warning_where_a_province_sent_no_student_in_a_year() {
        for (String of : List.of("52/1992", "46/1995")) {
            String year = of.substring(3);
            TestEventLog.sendChange(ENROLMENT, of.substring(0, 3) + "K-" + UUID.randomUUID(), 1, """
                    {"nationality":"THA","college":"41%s000001","level":"higher-vocational","category":"degree","major":"460301",\
                    "chineseWithSkills":true,"funding":"self","assessed":true,"startedOn":"%s-03-01","outcome":"enrolled"}""".formatted(
                            of.substring(0, 2), year));
        }
        String growth = "/v1/indicators/inbound-students-growth/values?province=46,52&period=";
        awaitAnswer(growth + "1992..1998", answer -> answer.body("coverage.provinces", equalTo(List.of(2, 2))));

        getValues(TestTokens.operatorToken(), growth + "1992..1998").body("containsKey('notes')", equalTo(false));
    }

    /** 13 of 14 years of schools had a warning: a year without an opening said that everybody was missing. */
    @Test
    void a_stock_has_no_warning_where_no_school_opened_in_a_year() {
        for (String of : List.of("66/1931", "51/1932")) {
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    of.substring(0, 3) + "K-" + UUID.randomUUID(),
                    1,
                    TestEventLog.schoolJson("THA", "other", of.substring(3) + "-03-01", "1939-01-01"));
        }
        String schools = "/v1/indicators/overseas-schools/values?by=year&period=1930..1940&province=51,66";
        awaitAnswer(schools, answer -> answer.body("items.value", equalTo(List.of(0, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0))));

        getValues(TestTokens.operatorToken(), schools)
                .body("coverage.provinces", everyItem(equalTo(2)))
                .body("coverage.warning", everyItem(nullValue()))
                .body("containsKey('notes')", equalTo(false));
    }

    /** No province has reported about 1929: 0 would say that there were none. A bureau that submits says that it is 0. */
    @Test
    void a_value_is_0_only_where_a_province_has_reported() throws IOException {
        String abroad = "/v1/indicators/overseas-students/values?period=1929";
        getValues(TestTokens.operatorToken(), abroad)
                .body("items", equalTo(List.of(notReported(null))))
                .body("notes.code", equalTo(List.of("not-reported")));
        getValues(TestTokens.operatorToken(), abroad + "&format=csv")
                .body(containsString(",1929,value,,not-reported,students,"));
        getValues(TestTokens.operatorToken(), abroad + "&format=sdmx-csv").body(containsString(",1929,,L,students,"));
        getValues(TestTokens.operatorToken(), abroad + "&format=sdmx-json")
                .body("data.dataSets[0].observations.'0:0'", equalTo(Arrays.asList(null, 2)))
                .body("data.structures[0].attributes.observation[0].values[2].id", equalTo("L"));
        assertThat(readSpreadsheet(abroad + "&format=xlsx")).anyMatch(row -> row.contains("尚未报送 not-reported"));

        closeYear("35", 1929);
        awaitAnswer(abroad, answer -> answer.body("items", equalTo(List.of(Map.of("value", 0)))));

        getValues(TestTokens.operatorToken(), abroad).body("containsKey('notes')", equalTo(false));
        getValues(TestTokens.operatorToken(), abroad + "&format=csv").body(containsString(",1929,value,0,,students,"));
        getValues(TestTokens.operatorToken(), abroad + "&province=34")
                .body("items", equalTo(List.of(notReported(null))));
    }

    private static Map<String, Object> notReported(@Nullable Integer last) {
        Map<String, Object> value = new HashMap<>();
        value.put("value", null);
        value.put("status", "not-reported");
        if (last != null) {
            value.put("lastReported", last);
        }
        return value;
    }

    /** It was counted in the year of leaving, and one who is still there in no year. */
    @Test
    void a_foreign_teacher_belongs_to_the_year_of_the_beginning() {
        TestEventLog.sendChange(
                TEACHER,
                "63/K-" + UUID.randomUUID(),
                1,
                "{\"college\":\"4163012973\",\"nationality\":\"DEU\",\"startedOn\":\"2003-03-01\"}");
        awaitAnswer(
                "/v1/indicators/foreign-teachers/values?period=2003&province=63",
                answer -> answer.body("items[0].value", equalTo(1))
                        .body("coverage[0].provinces", equalTo(1))
                        .body("coverage[0].received", equalTo(1)));
    }

    /** The figure counts what has begun by today; coverage says who has reported about the year. */
    @Test
    void a_placement_of_later_this_year_is_reported_and_does_not_count_yet() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        TestEventLog.sendChange(PLACEMENT, "65/K-" + UUID.randomUUID(), 1, """
                {"college":"4165000001","hostCountry":"THA","hostOrganisation":"X","purpose":"internship","participants":3,\
                "days":4,"startedOn":"%s-12-31"}""".formatted(today.getYear()));
        int counted = today.getDayOfYear() == today.lengthOfYear() ? 3 : 0;
        awaitAnswer(
                "/v1/indicators/outbound-participants/values?province=65&period=" + today.getYear(),
                answer -> answer.body("coverage[0].provinces", equalTo(1)).body("items[0].value", equalTo(counted)));
    }

    /** Two headcounts of 1955, one of 1956, and one school of the same service, which the figure does not count. */
    @Test
    void the_coverage_of_an_answer_has_the_expected_records_and_the_last_push() {
        String students = "/v1/indicators/overseas-students/values?by=year&period=1955..1956";
        getValues(TestTokens.operatorToken(), students)
                .body("coverage.received", equalTo(List.of(0, 0)))
                .body("coverage.lastPush", equalTo(Arrays.asList(null, null)));
        for (int year : List.of(1955, 1955, 1956)) {
            TestEventLog.sendChange(
                    TestEventLog.HEADCOUNT_TOPIC,
                    "23/K-" + UUID.randomUUID(),
                    1,
                    TestEventLog.headcountJson("s", year, 3));
        }
        awaitAnswer(students, answer -> answer.body("coverage.received", equalTo(List.of(2, 1))));
        JsonPath before =
                getValues(TestTokens.operatorToken(), students).extract().jsonPath();
        String school = "23/C-" + UUID.randomUUID();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                school,
                1,
                TestEventLog.schoolJson("THA", "other", "1956-03-01", "1956-05-01"));
        awaitAnswer(students, answer -> answer.body("coverage.received", equalTo(List.of(2, 2))));

        getValues(TestTokens.operatorToken(), students)
                .body("coverage.expected", equalTo(Arrays.asList(null, 2)))
                .body("coverage.expectedFrom", equalTo(Arrays.asList(null, "year-before")))
                .body("coverage.lastPush", equalTo(before.getList("coverage.lastPush")));
        assertThat(before.getList("coverage.lastPush", String.class))
                .as("the one of 1955 came first")
                .isSorted()
                .doesNotContainNull();
        getValues(TestTokens.bureauToken("23"), students).body("coverage.received", equalTo(List.of(2, 2)));
        getValues(TestTokens.bureauToken("22"), students)
                .body("coverage.received", equalTo(List.of(0, 0)))
                .body("coverage.expected", equalTo(Arrays.asList(null, null)))
                .body("coverage.expectedFrom", equalTo(Arrays.asList(null, null)))
                .body("coverage.lastPush", equalTo(Arrays.asList(null, null)));

        loadPlan("1956", "23,overseas,7\n22,overseas,1\n").statusCode(201);
        awaitAnswer(students, answer -> answer.body("coverage.expected", equalTo(Arrays.asList(null, 8))));
        getValues(TestTokens.operatorToken(), students)
                .body("coverage.expectedFrom", equalTo(Arrays.asList(null, "plan")));
        getValues(TestTokens.operatorToken(), students + "&province=23")
                .body("coverage.expected", equalTo(Arrays.asList(null, 7)))
                .body("coverage.expectedFrom", equalTo(Arrays.asList(null, "plan")));
        loadPlan("1956", "22,overseas,0\n").statusCode(201);
        awaitAnswer(students, answer -> answer.body("coverage.expected", equalTo(Arrays.asList(null, 2))));
        getValues(TestTokens.operatorToken(), students)
                .body("coverage.expectedFrom", equalTo(Arrays.asList(null, "both")));
        getValues(TestTokens.bureauToken("22"), students).body("coverage.expected", equalTo(Arrays.asList(null, 0)));

        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, school, 2, null);
        awaitAnswer(students, answer -> answer.body("coverage.received", equalTo(List.of(2, 1))));
    }

    /** In 1963 and 1964: 20 and 9 records, 9 and 20, half as many, and a small number that decreases. */
    @Test
    void a_year_with_far_fewer_or_more_records_of_a_province_than_the_other_says_of_which() {
        sendHeadcounts("31", 1963, 20, 1964, 9);
        sendHeadcounts("33", 1963, 9, 1964, 20);
        sendHeadcounts("34", 1963, 20, 1964, 10);
        sendHeadcounts("35", 1963, 19, 1964, 1);
        String students = "/v1/indicators/overseas-students/values?by=year&period=1963..1964";
        awaitAnswer(students, answer -> answer.body("coverage.received", equalTo(List.of(68, 40))));

        getValues(TestTokens.operatorToken(), students)
                .header("Voyage-Notes", equalTo("coverage-differs"))
                .body("coverage.provinces", equalTo(List.of(4, 4)))
                .body("coverage.missing.flatten()", hasSize(0))
                .body("coverage.fewer", equalTo(List.of(List.of(), List.of("31"))))
                .body("coverage.more", equalTo(List.of(List.of(), List.of("33"))))
                .body("coverage[0].warning", nullValue())
                .body(
                        "coverage[1].warning.en",
                        equalTo(
                                "Provinces with less than half of the records about 1964 that are expected (by the plan, or"
                                        + " else as about 1963): 1 (Shanghai); Provinces with more than twice the records about 1964 that"
                                        + " are expected (by the plan, or else as about 1963): 1 (Zhejiang); the two years do not compare as"
                                        + " they stand."))
                .body(
                        "coverage[1].warning.zh",
                        equalTo("1 个省份（上海市）1964 年的记录不足应有数（有计划的按计划，否则按 1963 年）的一半；"
                                + "1 个省份（浙江省）1964 年的记录超过应有数（有计划的按计划，否则按 1963 年）的两倍，两年数据不宜直接比较。"))
                .body("notes[0].en", containsString(": 1964 (fewer Shanghai; more Zhejiang)."))
                .body("notes[0].zh", containsString("：1964（偏少 上海市；偏多 浙江省）。"));
        getValues(TestTokens.operatorToken(), students + "&format=csv").body(containsString("Z,,,31,33,\r\n"));
        getValues(TestTokens.operatorToken(), students + "&format=sdmx-csv")
                .body(containsString("less than half of the records"));
        getValues(TestTokens.operatorToken(), "/v1/indicators/overseas-students/coverage?period=1963..1964")
                .body("years.fewer", equalTo(List.of(List.of(), List.of("31"))));
        getValues(TestTokens.operatorToken(), students + "&province=34,35")
                .body("containsKey('notes')", equalTo(false));
        getValues(TestTokens.bureauToken("33"), students)
                .body("coverage[1].fewer", hasSize(0))
                .body("coverage[1].more", equalTo(List.of("33")))
                .body("coverage[1].warning.en", containsString("about 1963): 1; Provinces"))
                .body("notes[0].en", containsString(": 1964 (more Zhejiang)."));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getValues(
                                TestTokens.operatorToken(),
                                students + "&asOf=" + Instant.now().minusMillis(1))
                        .body("coverage.fewer", equalTo(List.of(List.of(), List.of("31"))))
                        .body("coverage.notClosed", equalTo(List.of(List.of(), List.of())))
                        .body("notes.code", equalTo(List.of("coverage-differs", "coverage-then"))));
    }

    /** Sends records of a province for each of two years. */
    private static void sendHeadcounts(String province, int year, int records, int next, int nextRecords) {
        for (int i = 0; i < records + nextRecords; i++) {
            TestEventLog.sendChange(
                    TestEventLog.HEADCOUNT_TOPIC,
                    province + "/K-" + UUID.randomUUID(),
                    1,
                    TestEventLog.headcountJson("s", i < records ? year : next, 3));
        }
    }

    /** 20 records of 1965 and 4 of 1966. */
    @Test
    void what_is_planned_is_expected_and_not_what_there_was_the_year_before() {
        String years = "/v1/indicators/overseas-students/coverage?period=1966";
        sendHeadcounts("41", 1965, 20, 1966, 4);
        awaitAnswer(years, answer -> answer.body("years[0].fewer", equalTo(List.of("41"))));

        loadPlan("1966", "41,overseas,4\n").statusCode(201);
        awaitAnswer(years, answer -> answer.body("years[0].fewer", hasSize(0)).body("years[0].warning", nullValue()));
        loadPlan("1965", "41,overseas,60\n").statusCode(201);
        awaitAnswer(years, answer -> answer.body("years[0].fewer", equalTo(List.of("41"))));
        loadPlan("1965", "41,overseas,8\n").statusCode(201);
        awaitAnswer(years, answer -> answer.body("years[0].fewer", equalTo(List.of("41"))));
        loadPlan("1965", "41,overseas,20\n").statusCode(201);
        loadPlan("1966", "41,overseas,40\n42,overseas,20\n").statusCode(201);
        awaitAnswer(
                years,
                answer -> answer.body("years[0].fewer", equalTo(List.of("41", "42")))
                        .body("years[0].warning.en", containsString("about 1965): 2 (Henan, Hubei);")));
    }

    @Test
    void an_open_year_has_a_warning_when_the_year_before_is_closed() throws IOException {
        String years = "/v1/indicators/overseas-students/coverage?period=1967..1968";
        sendHeadcounts("43", 1967, 1, 1968, 1);
        closeYear("43", 1967);
        awaitAnswer(years, answer -> answer.body("years.notClosed", equalTo(List.of(List.of(), List.of("43")))));

        getValues(TestTokens.operatorToken(), years)
                .body("years.closed", equalTo(List.of(1, 0)))
                .body(
                        "years[1].warning.en",
                        equalTo(
                                "Provinces that have closed 1967 and not 1968: 1 (Hunan); the two years do not compare as they"
                                        + " stand."))
                .body("years[1].warning.zh", startsWith("1 个省份（湖南省）已关闭 1967 年度，但尚未关闭 1968 年度，"));
        getValues(TestTokens.operatorToken(), "/v1/indicators/overseas-students/values?by=year&period=1967..1968")
                .body("notes[0].en", containsString(": 1968 (not closed Hunan)."));
        getValues(TestTokens.bureauToken("12"), years)
                .body("years[1].notClosed", hasSize(0))
                .body("years[1].warning.en", startsWith("Provinces that have closed 1967 and not 1968: 1;"));

        closeYear("43", 1968);
        awaitAnswer(
                years, answer -> answer.body("years[1].notClosed", hasSize(0)).body("years[1].warning", nullValue()));
    }

    private static void closeYear(String province, int year) throws IOException {
        sendEvent(
                "overseas.year-close",
                province + "/" + year,
                readExample("year-close.corrected").replace("\"2025\"", "\"" + year + "\""),
                province);
    }

    @Test
    void a_year_that_goes_on_has_fewer_by_itself_and_cannot_be_closed_yet() throws IOException {
        int year = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();
        String years = "/v1/indicators/overseas-students/coverage?period=" + (year - 1) + ".." + year;
        sendHeadcounts("36", year - 1, 20, year, 1);
        sendHeadcounts("37", year - 1, 1, year, 20);
        closeYear("36", year - 1);
        awaitAnswer(
                years.replace("coverage?", "values?by=year&province=36&"),
                answer -> answer.body("coverage[0].closed", equalTo(1)));
        awaitAnswer(years, answer -> answer.body("years[1].more", hasItem("37")));

        getValues(TestTokens.operatorToken(), years)
                .body("years[1].fewer", hasSize(0))
                .body("years[1].notClosed", hasSize(0));
    }

    /** Two provinces reported the last year. One of them sends records of the current year, then the other submits it. */
    @Test
    void the_headline_stays_at_the_last_year_until_the_other_province_has_reported_too() throws IOException {
        int year = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();
        String students = "/v1/indicators/overseas-students/values?by=year&province=50,65";
        sendHeadcounts("50", year - 1, 1, year, 0);
        sendHeadcounts("65", year - 1, 1, year, 0);
        awaitAnswer(
                students,
                answer -> answer.body("headline.period", equalTo(String.valueOf(year - 1)))
                        .body("headline.provinces", equalTo(2))
                        .body("headline.expectedProvinces", equalTo(2)));

        sendHeadcounts("50", year - 1, 0, year, 2);
        awaitAnswer(
                students,
                answer -> answer.body("headline.newer.provinces", equalTo(List.of(1)))
                        .body("headline.newer.expectedProvinces", equalTo(List.of(2)))
                        .body("headline.newer.period", equalTo(List.of(String.valueOf(year))))
                        .body("headline.period", equalTo(String.valueOf(year - 1))));
        getValues(TestTokens.operatorToken(), students + "&format=csv").body(containsString("," + year + ","));
        getValues(TestTokens.operatorToken(), "/v1/indicators/overseas-schools/values?province=50,65")
                .body("headline.period", equalTo(String.valueOf(year)));

        closeYear("65", year);
        awaitAnswer(
                students,
                answer -> answer.body("headline.period", equalTo(String.valueOf(year)))
                        .body("headline.provinces", equalTo(2))
                        .body("headline.newer", nullValue()));
        getValues(TestTokens.operatorToken(), "/v1/indicators")
                .body("items.headline.expectedProvinces", everyItem(notNullValue()));
        getValues(TestTokens.allianceToken("WFCP"), "/v1/indicators/overseas-schools")
                .body("headline", equalTo(Map.of("period", String.valueOf(year))));
    }

    private static void awaitAnswer(String question, Consumer<ValidatableResponse> check) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> check.accept(getValues(TestTokens.operatorToken(), question)));
    }

    /** Rows of a file and single writes of one record; single writes of another, which the figure does not count. */
    @Test
    void the_coverage_of_an_answer_has_waiting_and_refused_rows() throws IOException {
        String id = UUID.randomUUID().toString();
        String file = readExample("batch.created").replace(BATCH_ID, id);
        sendEvent("overseas.batch", "46/" + id, file.replace(": 2024", ": 1961").replace(": 2025", ": 1962"), "46");
        sendOutstanding(
                "46/overseas-school",
                "overseas-school",
                1,
                1,
                outstandingYear(1961, 5, 0),
                outstandingYear(1962, 0, 3));
        sendOutstanding("46/overseas-headcount", "overseas-headcount", 1, 1, outstandingYear(1962, 40, 70));
        String schools = "/v1/indicators/overseas-schools/values?by=year&period=1961..1962";
        awaitAnswer(
                schools,
                answer -> answer.body("coverage.parked", equalTo(List.of(5, 0)))
                        .body("coverage.refused", equalTo(List.of(1, 5)))
                        .body(
                                "coverage.lastPush",
                                equalTo(List.of("2026-03-31T10:00:01.000000Z", "2026-03-31T10:00:01.000000Z"))));

        getValues(TestTokens.bureauToken("46"), schools).body("coverage.parked", equalTo(List.of(5, 0)));
        awaitAnswer(
                schools.replace("schools", "students"),
                answer -> answer.body("coverage.parked", equalTo(List.of(0, 40)))
                        .body("coverage.refused", equalTo(List.of(0, 70))));
        getValues(TestTokens.operatorToken(), schools + "&province=45")
                .body("coverage.parked", equalTo(List.of(0, 0)))
                .body("coverage.refused", equalTo(List.of(0, 0)));
        getValues(TestTokens.bureauToken("45"), schools)
                .body("coverage.parked", equalTo(List.of(0, 0)))
                .body("coverage.refused", equalTo(List.of(0, 0)));

        sendOutstanding("46/overseas-school", "overseas-school", 2, 2, outstandingYear(1962, 0, 3));
        awaitAnswer(
                schools,
                answer -> answer.body("coverage.parked", equalTo(List.of(0, 0)))
                        .body("coverage.refused", equalTo(List.of(1, 5)))
                        .body(
                                "coverage.lastPush",
                                equalTo(List.of("2026-03-31T10:00:02.000000Z", "2026-03-31T10:00:01.000000Z"))));
    }

    /** A change compares with the year before, even in a query on one year; a share has the coverage of its parts. */
    @Test
    void what_is_derived_has_the_coverage_of_what_it_is_derived_from() {
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "65/K-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("THA", "other", "1975-03-01", "1975-06-30"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getValues(
                                TestTokens.operatorToken(),
                                "/v1/indicators/overseas-schools-share/values?period=1975&province=65")
                        .body("coverage.provinces", equalTo(List.of(1))));

        getValues(TestTokens.operatorToken(), "/v1/indicators/overseas-schools-share/coverage?period=1975..1976")
                .body("service", equalTo("overseas"))
                .body("years.missing.flatten()", hasSize(0));
        getValues(TestTokens.operatorToken(), "/v1/indicators/cooperations/coverage")
                .body("service", equalTo("cooperation"));
    }

    @Test
    void a_year_in_which_a_province_is_missing_warns_and_names_it_to_whom_it_may_concern() {
        String key = "63/C-" + UUID.randomUUID();
        Receipt.ReceiptPart sent = TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson("s", 1987, 3))
                .parts()
                .getFirst();
        String path = "/v1/indicators/overseas-students/coverage?period=1987..1989";

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get(path)
                        .then()
                        .statusCode(200)
                        .body("years.provinces", equalTo(List.of(1, 0, 0)))
                        .body(
                                "position.topics.'" + TestEventLog.HEADCOUNT_TOPIC + "'.'" + sent.partition() + "'",
                                greaterThan(0))
                        .body("position.time", notNullValue())
                        .body("years[1].missing", equalTo(List.of("63")))
                        .body(
                                "years[1].warning.en",
                                startsWith("Provinces that have reported about 1987 and not about 1988: 1"))
                        .body("years[2].warning", nullValue()));
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get(path)
                .then()
                .body("years[1].missing", hasSize(0))
                .body("years[1].warning.zh", startsWith("1 个省份"));
    }
}
