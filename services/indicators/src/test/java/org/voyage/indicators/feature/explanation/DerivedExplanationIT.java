package org.voyage.indicators.feature.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the explanation of derived values and their changes. Each test has its own year. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class DerivedExplanationIT implements RunningServiceTest {

    private static final String COLLEGE = "4163000001";

    @Inject
    CheckpointHistory knowledge;

    @BeforeAll
    static void createTopics() throws Exception {
        RecordStates.createTopics();
    }

    @Test
    void a_share_opens_into_its_part_and_its_whole_page_by_page() {
        String own = sendEnrolment("63", "THA", "1961");
        sendEnrolment("63", "VNM", "1961");
        sendEnrolment("15", "THA", "1961");
        sendEnrolment("15", "KEN", "1961");
        String asked = "inbound-students-share/evidence?period=1961-04&region=asia";
        awaitEvidence(asked, "75");

        JsonPath first = getQuestion(TestTokens.operatorToken(), asked + "&limit=2");
        List<Map<String, Object>> items = readAllPages(asked, 2);
        JsonPath bureau = getQuestion(TestTokens.bureauToken("63"), asked);

        assertThat(first.getList("components.role")).containsExactly("part", "whole");
        assertThat(first.getList("components.query")).containsExactly("period=1961-04&region=asia", "period=1961-04");
        assertThat(first.getList("components.value")).containsExactly(3, 4);
        assertThat(first.getList("components.indicator.code")).containsOnly("inbound-students");
        assertThat(sumAmounts(items, 0)).isEqualTo(3);
        assertThat(sumAmounts(items, 1)).isEqualTo(4);
        assertThat(items).extracting(item -> item.get("topic")).containsOnly(RecordStates.ENROLMENT_TOPIC);
        assertThat(bureau.getList("items.province")).containsOnly("63");
        assertThat(bureau.getList("items.sourceId")).contains(own.substring(3));
        assertThat(bureau.getList("components.hidden.records")).containsExactly(1, 2);
        assertThat(bureau.getList("components.hidden.amount")).containsExactly(1, 2);
    }

    /** The amounts at each code suffice to derive the value again. */
    @Test
    void a_concentration_is_derived_again_from_what_stands_behind_it_code_by_code() {
        for (String country : List.of("DEU", "DEU", "DEU", "AUS", "GBR")) {
            RecordStates.sendNew(
                    RecordStates.INSTITUTION_TOPIC,
                    "63",
                    RecordStates.institutionJson(COLLEGE, country, "1962-01-01", "1963-06-30"));
        }
        String asked = "cooperation-partners-concentration/evidence?period=1962";
        awaitEvidence(asked, "4400");

        List<Map<String, Object>> items = readAllPages(asked, 3);

        Map<Object, Integer> byCountry = new HashMap<>();
        items.forEach(item -> byCountry.merge(
                item.get("at") instanceof Map<?, ?> at ? String.valueOf(at.get("partnerCountry")) : "",
                item.get("amount") instanceof Integer amount ? amount : 0,
                Integer::sum));
        assertThat(byCountry).containsExactlyInAnyOrderEntriesOf(Map.of("DEU", 3, "AUS", 1, "GBR", 1));
        int all = byCountry.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(byCountry.values().stream().mapToInt(each -> each * each).sum() * 10_000 / (all * all))
                .isEqualTo(4400);
        assertThat(getQuestion(TestTokens.operatorToken(), asked).getList("components.role"))
                .containsExactly("each.term", "each.term");
    }

    /** Also on a page of one; the level belongs to the recognition itself, not to the standard. */
    @Test
    void evidence_of_each_recognition_has_the_codes_of_its_standard() {
        String id = "D-" + UUID.randomUUID();
        TestEventLog.sendChange(RecordStates.STANDARD_TOPIC, "63/" + id, 1, """
                {"title":"示例","kind":"curriculum","developingColleges":["%s","4163000002"],"field":"46","edition":"1"}""".formatted(COLLEGE));
        for (String country : List.of("TZA", "CHN")) {
            RecordStates.sendNew(RecordStates.RECOGNITION_TOPIC, "63", """
                    {"standard":"%s","country":"%s","adopter":"X","level":"certified","decidedOn":"1969-01-01",\
                    "expiresOn":"1970-06-30"}""".formatted(id, country));
        }
        String asked = "standards-adopted/evidence?period=1969";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(readAllPages(asked, 1)).hasSize(2));

        assertThat(readAllPages(asked, 1))
                .extracting(item -> item.get("belongsTo"))
                .allSatisfy(belongsTo -> assertThat(belongsTo)
                        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                        .singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsEntry("record", "standard")
                        .containsEntry("sourceId", id)
                        .containsEntry("version", 1)
                        .containsEntry("topic", RecordStates.STANDARD_TOPIC)
                        .containsEntry(
                                "codes",
                                Map.of("college", COLLEGE + ",4163000002", "field", "46", "kind", "curriculum")));
    }

    /** Per province the amounts suffice to derive the value again; a headcount of 1904 moves it. */
    @Test
    void a_difference_opens_into_schools_headcounts_and_reports_and_its_change_adds_up() throws SQLException {
        Map<String, String> keys = new HashMap<>();
        for (String name : List.of("full", "empty", "other")) {
            String key = "63/S-" + UUID.randomUUID();
            keys.put(name, key.substring(3));
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    key,
                    1,
                    TestEventLog.schoolJson("NAM", "luban-workshop", "1902-03-01", "1906-06-30"));
        }
        for (int year : List.of(1904, 1905)) {
            RecordStates.sendNew(
                    TestEventLog.HEADCOUNT_TOPIC,
                    "63",
                    TestEventLog.headcountJson(keys.getOrDefault("full", ""), year, 12));
        }
        String asked = "overseas-schools-without-students/evidence?period=1905&province=63";
        awaitEvidence(asked, "2");

        List<Map<String, Object>> items = readAllPages(asked, 2);

        assertThat(getQuestion(TestTokens.operatorToken(), asked).getList("components.role"))
                .containsExactly("minuend", "subtrahend", "reported", "reported-before");
        assertThat(items).extracting(item -> String.valueOf(item.get("at"))).containsOnly("{province=63}");
        assertThat(sumAmounts(items, 0)).as("schools open for two years").isEqualTo(3);
        assertThat(items.stream().filter(item -> Integer.valueOf(1).equals(item.get("component"))))
                .as("headcounts of one school")
                .hasSize(2)
                .extracting(item -> item.get("topic"))
                .containsOnly(TestEventLog.HEADCOUNT_TOPIC);

        Instant from = lastCheckpointTime();
        RecordStates.sendNew(
                TestEventLog.HEADCOUNT_TOPIC,
                "63",
                TestEventLog.headcountJson(keys.getOrDefault("empty", ""), 1904, 1));
        awaitEvidence(asked, "1");
        JsonPath moved = getQuestion(
                TestTokens.operatorToken(),
                "overseas-schools-without-students/changes?period=1905&province=63&from=" + from);

        assertThat(decimalAt(moved, "difference")).isEqualByComparingTo("-1");
        assertThat(amountsByCause(moved)).isEqualTo(Map.of("late", "-1"));
    }

    @Test
    void a_median_opens_into_every_stay() {
        RecordStates.sendNew(
                RecordStates.TEACHER_TOPIC, "63", RecordStates.teacherJson(COLLEGE, "1963-01-01", "1964-01-01"));
        RecordStates.sendNew(
                RecordStates.TEACHER_TOPIC, "63", RecordStates.teacherJson(COLLEGE, "1963-12-01", "1964-01-01"));
        RecordStates.sendNew(RecordStates.TEACHER_TOPIC, "63", RecordStates.teacherJson(COLLEGE, "1960-01-01", null));
        String asked = "foreign-teacher-stay-median/evidence?period=1964";
        awaitEvidence(asked, "198");

        assertThat(readAllPages(asked, 1))
                .extracting(item -> String.valueOf(item.get("at")))
                .containsExactlyInAnyOrder("{stay=365}", "{stay=31}");
    }

    @Test
    void the_changes_of_a_share_are_listed_by_cause_and_add_up() throws SQLException {
        String corrected = sendEnrolment("63", "THA", "1965");
        sendEnrolment("63", "KEN", "1965");
        String gone = sendEnrolment("63", "KEN", "1965");
        String asked = "inbound-students-share/evidence?period=1965-04&region=asia";
        awaitEvidence(asked, "33.33");
        Instant from = lastCheckpointTime();
        TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, corrected, 2, enrolmentJson("VNM", "1965"));
        TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, gone, 2, null);
        sendEnrolment("15", "LAO", "1965");
        awaitEvidence(asked, "66.67");

        String changed = "inbound-students-share/changes?period=1965-04&region=asia&from=" + from;
        JsonPath moved = getQuestion(TestTokens.operatorToken(), changed);
        JsonPath kenya = getQuestion(TestTokens.operatorToken(), changed.replace("region=asia", "region=africa"));
        JsonPath bureau = getQuestion(TestTokens.bureauToken("63"), changed);

        assertThat(decimalAt(moved, "from.value")).isEqualByComparingTo("33.33");
        assertThat(decimalAt(moved, "to.value")).isEqualByComparingTo("66.67");
        assertThat(decimalAt(moved, "difference")).isEqualByComparingTo("33.34");
        // 1 of 3, then 1 of 2, then 2 of 3; the corrected record stayed in Asia.
        assertThat(amountsByCause(moved))
                .containsExactlyInAnyOrderEntriesOf(Map.of("withdrawn", "16.67", "late", "16.67"));
        assertThat(decimalAt(moved, "contributions.find { it.kind == 'withdrawn' }.items[0].amount")
                        .setScale(3, RoundingMode.HALF_UP))
                .as("not rounded as the causes are")
                .isEqualByComparingTo("16.667");
        assertThat(amountsByCause(kenya)).containsOnlyKeys("withdrawn", "late");
        assertThat(totalAmount(kenya)).isEqualByComparingTo(decimalAt(kenya, "difference"));
        assertThat(amountsByCause(bureau)).isEqualTo(amountsByCause(moved));
        assertThat(bureau.getInt("contributions.find { it.kind == 'late' }.hidden"))
                .isEqualTo(1);
        assertThat(bureau.getList("contributions.items.flatten().province")).containsOnly("63");
    }

    @Test
    void what_moved_thresholds_growth_and_change_adds_up_too() throws SQLException {
        RecordStates.sendNew(
                RecordStates.ASSIGNMENT_TOPIC, "63", RecordStates.assignmentJson(COLLEGE, "1966-02-01", 10, 999));
        for (String from : List.of("1966-01-01", "1967-01-01", "1967-02-01")) {
            RecordStates.sendNew(
                    RecordStates.ENROLMENT_TOPIC,
                    "63",
                    RecordStates.enrolmentJson(COLLEGE, "FJI", from, "1968-12-30", true));
            RecordStates.sendNew(
                    RecordStates.INSTITUTION_TOPIC,
                    "63",
                    RecordStates.institutionJson(COLLEGE, "FJI", from, "1968-12-30"));
        }
        List<String> questions = List.of(
                "teacher-training-provinces-over-10000/changes?period=1966",
                "inbound-students-growth/changes?period=1966..1967&nationality=FJI",
                "cooperative-institutions-change/changes?period=1967&partnerCountry=FJI");
        awaitEvidence("inbound-students-growth/evidence?period=1966..1967&nationality=FJI", "200");
        awaitEvidence("cooperative-institutions-change/evidence?period=1967&partnerCountry=FJI", "200");
        awaitEvidence("teacher-training-provinces-over-10000/evidence?period=1966", "0");
        Instant then = lastCheckpointTime();
        RecordStates.sendNew(
                RecordStates.ASSIGNMENT_TOPIC, "63", RecordStates.assignmentJson(COLLEGE, "1966-03-01", 1, 11));
        RecordStates.sendNew(
                RecordStates.ENROLMENT_TOPIC,
                "63",
                RecordStates.enrolmentJson(COLLEGE, "FJI", "1967-02-01", "1968-12-30", true));
        RecordStates.sendNew(
                RecordStates.INSTITUTION_TOPIC,
                "63",
                RecordStates.institutionJson(COLLEGE, "FJI", "1966-02-01", "1968-12-30"));
        awaitEvidence("inbound-students-growth/evidence?period=1966..1967&nationality=FJI", "300");
        awaitEvidence("cooperative-institutions-change/evidence?period=1967&partnerCountry=FJI", "100");
        awaitEvidence("teacher-training-provinces-over-10000/evidence?period=1966", "1");

        Map<String, Map<String, String>> moved = new TreeMap<>();
        for (String question : questions) {
            moved.put(
                    question.substring(0, question.indexOf('/')),
                    amountsByCause(getQuestion(TestTokens.operatorToken(), question + "&from=" + then)));
        }

        assertThat(moved)
                .isEqualTo(new TreeMap<>(Map.of(
                        "teacher-training-provinces-over-10000",
                        Map.of("late", "1"),
                        "inbound-students-growth",
                        Map.of("late", "100"),
                        "cooperative-institutions-change",
                        Map.of("late", "-100"))));
    }

    /** For each kind of figure. */
    @Test
    void no_figure_of_the_catalogue_refuses_to_be_explained() throws SQLException {
        String from = lastCheckpointTime().toString();
        List<Map<String, Object>> figures = given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/indicators")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");

        assertThat(figures).hasSizeGreaterThan(50).allSatisfy(figure -> {
            boolean growth = figure.get("derived") instanceof Map<?, ?> derived && "growth".equals(derived.get("kind"));
            String asked = growth ? "period=2015..2019" : "period=2024";
            String code = String.valueOf(figure.get("code"));
            getQuestion(TestTokens.operatorToken(), code + "/evidence?limit=1&" + asked);
            JsonPath changes = getQuestion(TestTokens.operatorToken(), code + "/changes?" + asked + "&from=" + from);
            assertThat(totalAmount(changes)).as(code).isEqualByComparingTo(decimalAt(changes, "difference"));
        });
    }

    private static String sendEnrolment(String province, String nationality, String year) {
        String key = province + "/E-" + UUID.randomUUID();
        TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, key, 1, enrolmentJson(nationality, year));
        return key;
    }

    private static String enrolmentJson(String nationality, String year) {
        return RecordStates.enrolmentJson(COLLEGE, nationality, year + "-03-01", year + "-06-30", true);
    }

    private Instant lastCheckpointTime() throws SQLException {
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    /** Waits until the evidence holds the value too. */
    private static void awaitEvidence(String question, String value) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(getQuestion(TestTokens.operatorToken(), question)
                                .getString("value"))
                        .isNotNull()
                        .satisfies(known -> assertThat(new BigDecimal(known)).isEqualByComparingTo(value)));
    }

    private static List<Map<String, Object>> readAllPages(String question, int limit) {
        List<Map<String, Object>> items = new ArrayList<>();
        JsonPath page = getQuestion(TestTokens.operatorToken(), question + "&limit=" + limit);
        items.addAll(page.getList("items"));
        while (page.get("next") != null) {
            page = getQuestion(
                    TestTokens.operatorToken(), question + "&limit=" + limit + "&cursor=" + page.getString("next"));
            items.addAll(page.getList("items"));
        }
        return items;
    }

    private static int sumAmounts(List<Map<String, Object>> items, int component) {
        return items.stream()
                .filter(item -> Integer.valueOf(component).equals(item.get("component")))
                .mapToInt(item -> item.get("amount") instanceof Integer amount ? amount : 0)
                .sum();
    }

    private static Map<String, String> amountsByCause(JsonPath changes) {
        Map<String, String> amounts = new HashMap<>();
        for (int i = 0; i < changes.getList("contributions").size(); i++) {
            amounts.put(
                    changes.getString("contributions[" + i + "].kind"),
                    decimalAt(changes, "contributions[" + i + "].amount")
                            .setScale(2, RoundingMode.HALF_UP)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        return amounts;
    }

    private static BigDecimal totalAmount(JsonPath changes) {
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < changes.getList("contributions").size(); i++) {
            total = total.add(decimalAt(changes, "contributions[" + i + "].amount"));
        }
        return total;
    }

    private static BigDecimal decimalAt(JsonPath answer, String path) {
        return new BigDecimal(answer.getString(path));
    }

    private static JsonPath getQuestion(String token, String question) {
        return given().auth()
                .oauth2(token)
                .get("/v1/indicators/" + question)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
