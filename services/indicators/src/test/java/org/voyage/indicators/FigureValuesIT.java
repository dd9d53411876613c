package org.voyage.indicators;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class FigureValuesIT implements RunningServiceTest {

    @Test
    void a_figure_with_a_receipt_holds_the_write() {
        String key = newKey("12");
        long before = valueOf("overseas-schools", "hostCountry=LAO", null);
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                key,
                1,
                TestEventLog.schoolJson("LAO", "luban-workshop", "2020-02-29", null));

        long after = valueOf("overseas-schools", "hostCountry=LAO", receipt);

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void one_answer_names_all_codes_of_other_answers() {
        ExtractableResponse<Response> answer = given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/reference")
                .then()
                .statusCode(200)
                .extract();

        JsonPath names = answer.jsonPath();
        assertThat(names.getString("dimensions.hostCountry.zh")).isEqualTo("所在国家（地区）");
        assertThat(names.getString("codes." + names.getString("dimensions.hostCountry.codes") + ".THA.en"))
                .isEqualTo("Thailand");
        assertThat(names.getString("lists.asean.zh")).isEqualTo("东盟");
        assertThat(names.getString("records.cooperative-programme.fields.status.codes"))
                .isEqualTo("cooperation-statuses");
        assertThat(names.getMap("records.inbound-enrolment.fields"))
                .containsKey("nationality")
                .doesNotContainKey("name");
        assertThat(names.getList("provinces.find { it.code == '71' }.collect { it.value }"))
                .contains("台湾省", "Taiwan, China", false);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .header("If-None-Match", answer.header("ETag"))
                .get("/v1/reference")
                .then()
                .statusCode(304);
    }

    @Test
    void students_count_once_their_school_is_there() {
        String key = newKey("32");
        long before = valueOf("overseas-students", "period=2023&hostCountry=KHM", null);
        Receipt early = TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson(key.substring(3), 2023, 40));
        long waiting = valueOf("overseas-students", "period=2023&hostCountry=KHM", early);
        Receipt school = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("KHM", "other", "2020-01-01", null));

        long counted = valueOf("overseas-students", "period=2023&hostCountry=KHM", school);

        assertThat(List.of(waiting, counted)).containsExactly(before, before + 40);
    }

    @Test
    void students_are_split_by_the_major_of_the_headcount_and_by_what_their_school_says() {
        String key = newKey("32");
        String sixty = TestEventLog.headcountJson(key.substring(3), 2023, 60).replace("460301", "500405");
        Receipt sent = Receipt.of(List.of(
                TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC,
                        newKey("32"),
                        1,
                        TestEventLog.headcountJson(key.substring(3), 2023, 40)),
                TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, newKey("32"), 1, sixty),
                TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC,
                        key,
                        1,
                        TestEventLog.schoolJson("BWA", "other", "2020-01-01", null))));

        List<Long> students = Stream.of("", "&major=460301", "&major=500405", "&major=500405&brand=other")
                .map(slice -> valueOf("overseas-students", "period=2023&hostCountry=BWA" + slice, sent))
                .toList();

        assertThat(students).containsExactly(100L, 40L, 60L, 60L);
    }

    /** Two colleges founded the school: each has its country and its majors, and the total counts them once. */
    @ParameterizedTest
    @ValueSource(strings = {"overseas-countries", "overseas-majors"})
    void what_schools_have_is_counted_for_each_college_that_founded_them(String indicator) {
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("MWI", "other", "2020-02-29", null));

        JsonPath split = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + indicator + "/values?hostCountry=MWI&by=college&receipt=" + receipt.text())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(split.<String>getList("items.college")).containsExactly("4112000001", "4112000002");
        assertThat(split.<Integer>getList("items.value")).containsExactly(1, 1);
        assertThat(valueOf(indicator, "hostCountry=MWI", receipt)).isEqualTo(1);
    }

    /** No bureau owns them: their province is 00. */
    @Test
    void members_of_alliances_are_counted_by_alliance_from_their_first_day_until_before_their_last()
            throws ExecutionException, InterruptedException {
        String topic = "feeds.alliance-member";
        TestEventLog.createTopics(List.of(topic));
        String member =
                "{\"alliance\":\"FVIT\",\"kind\":\"%s\",\"names\":[\"示例\"],\"country\":\"%s\",\"from\":\"2023-06-30\"%s}";
        Receipt sent = Receipt.of(List.of(
                TestEventLog.sendChange(topic, newKey("00"), 1, member.formatted("college", "CHN", "")),
                TestEventLog.sendChange(
                        topic,
                        newKey("00"),
                        1,
                        member.formatted("foreign-university", "LAO", ",\"until\":\"2024-12-31\"")),
                TestEventLog.sendChange(topic, newKey("00"), 1, member.formatted("enterprise", "LAO", ""))));

        List<Long> counted = Stream.of(
                        "universities&period=2022",
                        "universities&period=2023",
                        "universities&period=2024",
                        "countries&period=2023",
                        "enterprises&period=2024",
                        "industry-organisations&period=2024")
                .map(slice -> slice.split("&", 2))
                .map(parts -> valueOf("alliance-" + parts[0], parts[1] + "&alliance=FVIT", sent))
                .toList();

        assertThat(counted).containsExactly(0L, 2L, 1L, 2L, 1L, 0L);
        // No province ever reports members: operators keep them, so a 0 of theirs is a 0.
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/alliance-industry-organisations/values?period=2022..2024&by=year&alliance=FVIT")
                .then()
                .statusCode(200)
                .body("items.value", equalTo(List.of(0, 0, 0)))
                .body("items.status", everyItem(nullValue()))
                .body("coverage.reported", everyItem(equalTo(true)))
                .body("coverage.provinces", everyItem(equalTo(0)))
                .body("notes.code", not(hasItem("not-reported")));
    }

    /** Italy was on the list until December 2023. */
    @Test
    void a_country_that_left_a_list_is_a_member_then_and_not_now() {
        List<String> slices = List.of(
                "period=2022&hostCountry=ITA&list=belt-and-road@then",
                "period=2024&hostCountry=ITA&list=belt-and-road@then",
                "period=2022&hostCountry=ITA&list=belt-and-road@now",
                "period=2022&hostCountry=ITA");
        List<Long> before = slices.stream()
                .map(slice -> valueOf("overseas-schools", slice, null))
                .toList();
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ITA", "other", "2020-02-29", null));

        List<Long> after = slices.stream()
                .map(slice -> valueOf("overseas-schools", slice, receipt))
                .toList();

        assertThat(after)
                .containsExactly(before.get(0) + 1, before.get(1), before.get(2), before.get(3) + 1)
                .startsWith(before.get(3) + 1, 0L, 0L);
    }

    @Test
    void the_same_school_is_inside_a_list_of_that_time_and_outside_the_current_list() {
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ITA", "other", "2020-02-29", null));

        List<List<String>> sides = Stream.of("list:belt-and-road@then", "list:belt-and-road@now")
                .map(by -> given()
                        .auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/indicators/overseas-schools/values?period=2022&hostCountry=ITA&by=" + by + "&receipt="
                                + receipt.text())
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .<Map<String, Object>>getList("items")
                        .stream()
                        .map(value -> String.valueOf(value.get(by)))
                        .toList())
                .toList();

        assertThat(sides).containsExactly(List.of("member"), List.of("non-member"));
    }

    /** It was answered by 200 with 0, as if the college had none. */
    @Test
    void a_code_without_the_form_of_a_college_is_refused_with_the_form() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/teachers-abroad/values?college=4132")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?college"))
                .body("errors[0].rule", equalTo("code-form"))
                .body("errors[0].detail", containsString("41, province and serial, 10 digits"))
                .body("errors[0].detailZh", containsString("共 10 位"));
    }

    /** To a bureau, a college elsewhere looks like one that does not exist. */
    @Test
    void a_college_that_no_record_names_is_warned_of_and_every_one_of_others_is_to_a_bureau() {
        TestEventLog.awaitReady();
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ITA", "other", "2020-02-29", null));
        String majors = "/v1/indicators/overseas-majors/values?receipt=" + receipt.text() + "&college=";
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(majors + "4112000001,4199999999")
                .then()
                .statusCode(200)
                .header("Voyage-Notes", containsString("code-unused"))
                .body("notes.find { it.code == 'code-unused' }.en", endsWith("check them: college=4199999999."));
        for (String college : List.of("4112000001", "4112999999")) {
            given().auth()
                    .oauth2(TestTokens.bureauToken("32"))
                    .get(majors + college)
                    .then()
                    .statusCode(200)
                    .body("notes.code", hasItem("code-unused"));
        }
    }

    /** As of today is not the end of the year: a stock is of a day, a flow of the days so far. */
    @ParameterizedTest
    @CsvSource({"overseas-schools, ''", "outbound-participants, -01-01.."})
    void a_value_of_today_names_its_days_and_not_the_year(String figure, String sinceNewYear) {
        LocalDate today = LocalDate.now(ChinaTime.CHINA_ZONE);
        String day = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + figure + "/values")
                .then()
                .statusCode(200)
                .extract()
                .path("period");
        String begin = sinceNewYear.isEmpty() ? "" : today.getYear() + sinceNewYear;
        // The day may end between both.
        assertThat(day).isIn(begin + today, begin + today.plusDays(1));
    }

    @Test
    void an_unknown_dimension_is_refused_with_what_was_meant() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?by=hostcuntry")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("hostCountry"))
                .body("errors[0].rule", equalTo("dimension-unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "hostCountry=TH, Did you mean Thailand (THA)?, 是否应为 泰国（THA）？",
        "hostCountry=ＴＨ, Thailand (THA), 泰国（THA）",
        "hostCountry=Thialand, Thailand (THA), 泰国（THA）",
        "hostCountry=UK, (GBR), （GBR）",
        "hostCountry=ROC, (TWN), （TWN）",
        "province=北京, Beijing (11), 北京市（11）",
    })
    void what_is_nearly_a_name_is_refused_with_the_code_that_is_meant(String filter, String en, String zh) {
        String[] parts = filter.split("=");
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam(parts[0], parts[1])
                .get("/v1/indicators/overseas-schools/values")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?" + parts[0]))
                .body("errors[0].rule", equalTo("code-unknown"))
                .body("errors[0].detail", containsString(en))
                .body("errors[0].detailZh", containsString(zh));
    }

    @ParameterizedTest
    @CsvSource({
        "hostCountry=泰国, hostCountry, THA",
        "hostCountry=thailand, hostCountry, THA",
        "hostCountry=tha, hostCountry, THA",
        "province=Beijing, province, 11",
        "region=亚洲, region, asia"
    })
    void a_name_is_taken_for_its_code_as_in_files(String filter, String dimension, String code) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam(dimension, filter.substring(filter.indexOf('=') + 1))
                .get("/v1/indicators/overseas-schools/values")
                .then()
                .statusCode(200)
                .body("filters." + dimension, equalTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list=asean@then,eu@now", "list=asean@then&list=asean@now"})
    void two_lists_of_one_kind_are_refused_as_ambiguous(String asked) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?list"))
                .body("errors[0].rule", equalTo("lists-of-one-kind"))
                .body("errors[0].detail", containsString("list=asean@then&by=list:"));
    }

    /** The parameter that the refusal suggests, and a list of countries combined with one of colleges. */
    @Test
    void on_both_lists_is_asked_for_by_the_other() {
        for (String asked : List.of("list=asean@then&by=list:sco@now", "list=asean@then,double-high@now")) {
            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .get("/v1/indicators/teachers-abroad/values?" + asked)
                    .then()
                    .statusCode(200)
                    .body("filters.list", equalTo(asked.substring(5).split("&")[0]));
        }
    }

    /** Each code of a breakdown is also a filter, so that a client can drill down. */
    @ParameterizedTest
    @ValueSource(strings = {"belt-and-road@then", "belt-and-road@now"})
    void who_is_not_on_a_list_is_asked_for_like_who_is(String list) {
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ITA", "other", "2020-02-29", null));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("AND", "other", "2020-02-29", null));
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("KHM", "other", "2020-02-29", null));
        String asked = "period=2022&hostCountry=ITA,AND,KHM";

        JsonPath sides = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked + "&by=list:" + list + "&receipt="
                        + receipt.text())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        for (Map<String, Object> side : sides.<Map<String, Object>>getList("items")) {
            String not = "non-member".equals(side.get("list:" + list)) ? "!" : "";
            assertThat(side.get("value"))
                    .isEqualTo((int) valueOf("overseas-schools", asked + "&list=" + not + list, null));
        }
        assertThat(sides.getList("items")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"list=!, ?list", "list=!!eu@now, ?list", "list=!eu, ?list", "by=list:!eu@now, ?by"})
    void a_list_without_meaning_is_refused(String asked, String pointer) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void without_a_token_no_figure_is_returned() {
        given().get("/v1/indicators").then().statusCode(401);
    }

    @Test
    void a_bureau_does_not_see_another_province() {
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/indicators/overseas-schools/values?province=32")
                .then()
                .statusCode(404);
    }

    @Test
    void every_indicator_answers_by_every_dimension() {
        List<Map<String, Object>> indicators = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
        assertThat(indicators).hasSizeGreaterThan(50).allSatisfy(indicator -> {
            List<String> by = new ArrayList<>(List.of("year"));
            by.addAll(textsOf(indicator, "dimensions"));
            textsOf(indicator, "lists")
                    .forEach(list -> by.addAll(List.of("list:" + list + "@then", "list:" + list + "@now")));
            // A growth has its own years.
            boolean growth =
                    indicator.get("derived") instanceof Map<?, ?> derived && "growth".equals(derived.get("kind"));
            if (growth) {
                by.remove("year");
            }
            for (String name : by) {
                given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/indicators/" + indicator.get("code") + "/values?by=" + name
                                + (growth ? "&period=2015..2019" : ""))
                        .then()
                        .statusCode(200);
            }
        });
    }

    @Test
    void a_filter_knows_the_codes_of_the_record_that_is_counted() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/cooperative-students/values?status=terminated")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/cooperative-students/values?status=closed")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("code-unknown"));
    }

    private static List<String> textsOf(Map<String, Object> indicator, String member) {
        return indicator.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    static String newKey(String province) {
        return province + "/T-" + UUID.randomUUID();
    }

    static long valueOf(String indicator, String slice, @org.jspecify.annotations.Nullable Receipt receipt) {
        Number value = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + indicator + "/values?" + slice
                        + (receipt == null ? "" : "&receipt=" + receipt.text()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .get("items[0].value");
        // Without a report there is no value.
        return value == null ? 0 : value.longValue();
    }
}
