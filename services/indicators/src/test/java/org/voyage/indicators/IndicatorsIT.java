package org.voyage.indicators;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsIT implements Serving {

    @Test
    void aFigureWithAReceiptHoldsTheWrite() {
        String key = newKey("12");
        long before = value("overseas-schools", "hostCountry=LAO", null);
        Receipt receipt =
                EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("LAO", "luban-workshop", "2020-02-29", null));

        long after = value("overseas-schools", "hostCountry=LAO", receipt);

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void studentsCountOnceTheirSchoolIsThere() {
        String key = newKey("32");
        long before = value("overseas-students", "period=2023&hostCountry=KHM", null);
        Receipt early = EventLog.send(EventLog.HEADCOUNT, key, 1, EventLog.headcount(key.substring(3), 2023, 40));
        long waiting = value("overseas-students", "period=2023&hostCountry=KHM", early);
        Receipt school = EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("KHM", "other", "2020-01-01", null));

        long counted = value("overseas-students", "period=2023&hostCountry=KHM", school);

        assertThat(List.of(waiting, counted)).containsExactly(before, before + 40);
    }

    @Test
    void studentsAreSplitByTheMajorOfTheHeadcountAndByWhatTheirSchoolSays() {
        String key = newKey("32");
        String sixty = EventLog.headcount(key.substring(3), 2023, 60).replace("460301", "500405");
        Receipt sent = Receipt.of(List.of(
                EventLog.send(EventLog.HEADCOUNT, newKey("32"), 1, EventLog.headcount(key.substring(3), 2023, 40)),
                EventLog.send(EventLog.HEADCOUNT, newKey("32"), 1, sixty),
                EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("BWA", "other", "2020-01-01", null))));

        List<Long> students = Stream.of("", "&major=460301", "&major=500405", "&major=500405&brand=other")
                .map(slice -> value("overseas-students", "period=2023&hostCountry=BWA" + slice, sent))
                .toList();

        assertThat(students).containsExactly(100L, 40L, 60L, 60L);
    }

    /** Two colleges founded the school: its country and its majors are those of either, and one in all. */
    @ParameterizedTest
    @ValueSource(strings = {"overseas-countries", "overseas-majors"})
    void whatSchoolsHaveIsCountedForEachCollegeThatFoundedThem(String indicator) {
        Receipt receipt =
                EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("MWI", "other", "2020-02-29", null));

        JsonPath split = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + indicator + "/values?hostCountry=MWI&by=college&receipt=" + receipt.text())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(split.<String>getList("values.college")).containsExactly("4112000001", "4112000002");
        assertThat(split.<Integer>getList("values.value")).containsExactly(1, 1);
        assertThat(value(indicator, "hostCountry=MWI", receipt)).isEqualTo(1);
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
                .map(slice -> value("overseas-schools", slice, null))
                .toList();
        Receipt receipt =
                EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("ITA", "other", "2020-02-29", null));

        List<Long> after = slices.stream()
                .map(slice -> value("overseas-schools", slice, receipt))
                .toList();

        assertThat(after)
                .containsExactly(before.get(0) + 1, before.get(1), before.get(2), before.get(3) + 1)
                .startsWith(before.get(3) + 1, 0L, 0L);
    }

    @Test
    void by_a_list_the_same_school_stands_on_either_side() {
        Receipt receipt =
                EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("ITA", "other", "2020-02-29", null));

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
                        .<Map<String, Object>>getList("values")
                        .stream()
                        .map(value -> String.valueOf(value.get(by)))
                        .toList())
                .toList();

        assertThat(sides).containsExactly(List.of("member"), List.of("non-member"));
    }

    @Test
    void anUnknownDimensionIsRefusedWithWhatWasMeant() {
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
        "hostCountry=泰国, Thailand (THA), 泰国（THA）",
        "hostCountry=ＴＨ, Thailand (THA), 泰国（THA）",
        "hostCountry=thailand, Thailand (THA), 泰国（THA）",
        "hostCountry=Thialand, Thailand (THA), 泰国（THA）",
        "hostCountry=UK, (GBR), （GBR）",
        "hostCountry=ROC, (TWN), （TWN）",
        "province=北京, Beijing (11), 北京市（11）",
        "province=Beijing, Beijing (11), 北京市（11）",
        "region=亚洲, Asia (asia), 亚洲（asia）",
    })
    void aNameInPlaceOfACodeIsRefusedWithTheCode(String filter, String en, String zh) {
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
    @ValueSource(strings = {"list=asean@then,eu@now", "list=asean@then&list=asean@now"})
    void twoListsOfOneKindAreRefusedForNobodyKnowsWhetherOneIsEnough(String asked) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?list"))
                .body("errors[0].rule", equalTo("lists-of-one-kind"))
                .body("errors[0].detail", containsString("list=asean@then&by=list:"));
    }

    /** What the refusal points to, and a list of countries together with one of colleges. */
    @Test
    void onBothListsIsAskedForByTheOther() {
        for (String asked : List.of("list=asean@then&by=list:sco@now", "list=asean@then,double-high@now")) {
            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .get("/v1/indicators/teachers-abroad/values?" + asked)
                    .then()
                    .statusCode(200)
                    .body("filters.list", equalTo(asked.substring(5).split("&")[0]));
        }
    }

    /** Each side of a split can be asked for by itself, so that it can be opened too. */
    @ParameterizedTest
    @ValueSource(strings = {"belt-and-road@then", "belt-and-road@now"})
    void whoIsNotOnAListIsAskedForLikeWhoIs(String list) {
        EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("ITA", "other", "2020-02-29", null));
        EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("AND", "other", "2020-02-29", null));
        Receipt receipt =
                EventLog.send(EventLog.SCHOOL, newKey("12"), 1, EventLog.school("KHM", "other", "2020-02-29", null));
        String asked = "period=2022&hostCountry=ITA,AND,KHM";

        JsonPath sides = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked + "&by=list:" + list + "&receipt="
                        + receipt.text())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        for (Map<String, Object> side : sides.<Map<String, Object>>getList("values")) {
            String not = "non-member".equals(side.get("list:" + list)) ? "!" : "";
            assertThat(side.get("value"))
                    .isEqualTo((int) value("overseas-schools", asked + "&list=" + not + list, null));
        }
        assertThat(sides.getList("values")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"list=!, ?list", "list=!!eu@now, ?list", "list=!eu, ?list", "by=list:!eu@now, ?by"})
    void aListThatNobodyCanMeanIsRefused(String asked, String pointer) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?" + asked)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void withoutATokenNothingIsTold() {
        given().get("/v1/indicators").then().statusCode(401);
    }

    @Test
    void aBureauDoesNotSeeAnotherProvince() {
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/indicators/overseas-schools/values?province=32")
                .then()
                .statusCode(404);
    }

    @Test
    void everyIndicatorAnswersByEveryDimension() {
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
            by.addAll(texts(indicator, "dimensions"));
            texts(indicator, "lists")
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

    private static List<String> texts(Map<String, Object> indicator, String member) {
        return indicator.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    static String newKey(String province) {
        return province + "/T-" + UUID.randomUUID();
    }

    static long value(String indicator, String slice, @org.jspecify.annotations.Nullable Receipt receipt) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + indicator + "/values?" + slice
                        + (receipt == null ? "" : "&receipt=" + receipt.text()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("values[0].value");
    }
}
