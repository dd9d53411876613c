package org.voyage.indicators.feature.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.history.EffectiveHistoryFixture;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ValueExplanationIT implements RunningServiceTest {

    private static final String SCHOOLS = "/v1/indicators/overseas-schools";
    private static final String MAJORS = "/v1/indicators/overseas-majors";
    private static final String STUDENTS = "/v1/indicators/overseas-students";

    @Inject
    CheckpointHistory knowledge;

    @Inject
    ReferenceData reference;

    @Inject
    FigureCatalogue catalogue;

    @Inject
    ChangeAttributionService attribution;

    @Inject
    DataSource database;

    @Inject
    MeterRegistry metrics;

    @Test
    void all_pages_of_the_evidence_add_up_to_the_value() {
        for (int i = 0; i < 5; i++) {
            TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey(i < 3 ? "12" : "32"), 1, schoolJson("NPL"));
        }
        awaitValue(SCHOOLS + "/values?hostCountry=NPL", 5);
        List<Map<String, Object>> items = new ArrayList<>();
        JsonPath page = getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=NPL&limit=2", "");
        // Events that arrive in between belong to another point in time.
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("NPL"));
        awaitValue(SCHOOLS + "/values?hostCountry=NPL", 6);
        items.addAll(page.getList("items"));
        while (page.get("next") != null) {
            page = getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=NPL&limit=2", page.getString("next"));
            items.addAll(page.getList("items"));
        }

        assertThat(items).hasSize(5).allSatisfy(item -> {
            assertThat(item).containsEntry("record", "overseas-school");
            assertThat(item).containsEntry("topic", TestEventLog.SCHOOL_TOPIC);
            assertThat(item).containsEntry("version", 1);
            assertThat(item).containsEntry("amount", 1);
        });
        assertThat(page.getInt("value")).isEqualTo(5);
        assertThat(items.stream().map(item -> item.get("sourceId")).distinct()).hasSize(5);
    }

    /** The last point knows the correction that took the record elsewhere. */
    @Test
    void a_value_is_traced_through_the_points_at_which_it_was_known() {
        List<Checkpoint> points = new ArrayList<>();
        String key = newKey("12");
        points.add(knowledge.findCheckpointAt(null).orElseThrow());
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("TLS"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("32"), 1, schoolJson("TLS"));
        points.add(awaitKnown("hostCountry=TLS", 2));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("MUS"));
        points.add(awaitKnown("hostCountry=TLS", 1));
        FigureQuery query = new FigureQuery(
                catalogue.findFigure("overseas-schools").orElseThrow(),
                List.of(),
                Map.of("hostCountry", Set.of("TLS")),
                List.of(),
                new PeriodFilter.CurrentPeriod());

        assertThat(attribution.traceValue(query, points))
                .extracting(known -> String.valueOf(known.shownValue()))
                .containsExactly("0", "2", "1");
    }

    @Test
    void the_history_of_a_day_has_points_at_full_hours_and_no_other_span_is_taken() {
        JsonPath history = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SCHOOLS + "/history?over=day&hostCountry=TLS")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(history.getString("over")).isEqualTo("day");
        assertThat(history.<String>getList("items.time")).allMatch(time -> time.endsWith(":00:00.000000Z"));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SCHOOLS + "/history?over=week")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?over"));
    }

    /** Waits until the evidence holds what the figures show. */
    private Checkpoint awaitKnown(String filter, int value) {
        awaitValue(SCHOOLS + "/values?" + filter, value);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(getEvidence(TestTokens.operatorToken(), SCHOOLS, filter, "")
                                .getInt("value"))
                        .isEqualTo(value));
        return knowledge.findCheckpointAt(null).orElseThrow();
    }

    @Test
    void the_records_of_those_who_are_not_on_a_list_are_opened_too() {
        String key = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("BLZ"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("GTM"));
        awaitValue(SCHOOLS + "/values?hostCountry=BLZ,GTM", 2);

        JsonPath others =
                getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=GTM&list=!belt-and-road@now", "");
        JsonPath members =
                getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=GTM&list=belt-and-road@now", "");

        assertThat(others.getInt("value")).isEqualTo(1);
        assertThat(others.getList("items.sourceId")).containsExactly(key.substring(3));
        assertThat(others.getString("filters.list")).isEqualTo("!belt-and-road@now");
        assertThat(members.getInt("value")).isZero();
        assertThat(members.getList("items")).isEmpty();
    }

    @Test
    void a_bureau_sees_its_own_records_and_how_much_the_others_are() {
        String own = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, own, 1, schoolJson("MNG"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("32"), 1, schoolJson("MNG"));
        awaitValue(SCHOOLS + "/values?hostCountry=MNG", 2);

        JsonPath seen = getEvidence(TestTokens.bureauToken("12"), SCHOOLS, "hostCountry=MNG", "");

        assertThat(seen.getList("items.sourceId")).containsExactly(own.substring(3));
        assertThat(seen.getInt("value")).isEqualTo(2);
        assertThat(seen.getInt("hidden.records")).isEqualTo(1);
        assertThat(seen.getInt("hidden.amount")).isEqualTo(1);
    }

    @Test
    void a_distinct_count_is_the_number_of_elements_named() {
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                schoolJson("FJI").replace("[\"460301\"]", "[\"460301\",\"500101\"]"));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("32"),
                1,
                schoolJson("FJI").replace("[\"460301\"]", "[\"460301\",\"530101\"]"));
        awaitValue(MAJORS + "/values?hostCountry=FJI", 3);

        JsonPath all = getEvidence(TestTokens.auditorToken(), MAJORS, "hostCountry=FJI", "");
        JsonPath own = getEvidence(TestTokens.bureauToken("12"), MAJORS, "hostCountry=FJI", "");

        Set<Object> elements = new HashSet<>();
        all.<List<Object>>getList("items.elements").forEach(elements::addAll);
        assertThat(elements).hasSize(3);
        assertThat(own.getList("items[0].elements")).hasSize(2);
        assertThat(own.getInt("hidden.amount")).isEqualTo(1);
    }

    @Test
    void evidence_of_the_past_names_the_version_of_that_time() throws SQLException {
        String key = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("TON"));
        awaitValue(SCHOOLS + "/values?hostCountry=TON", 1);
        Instant then = lastCheckpointTime();
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("TON"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=TON", "")
                                .getInt("items[0].version"))
                        .isEqualTo(2));

        JsonPath past = getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=TON&asOf=" + then, "");

        assertThat(past.getInt("items[0].version")).isEqualTo(1);
        assertThat(past.getString("position.time")).isEqualTo(then.toString());
    }

    /** The students are unchanged; the school decides their country. */
    @Test
    void the_record_that_another_belongs_to_is_named_as_it_was_used() throws SQLException {
        String key = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("MDG"));
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson(key.substring(3), 2022, 42));
        awaitValue(STUDENTS + "/values?period=2022&hostCountry=MDG", 42);
        Instant then = lastCheckpointTime();
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("MOZ"));
        awaitValue(STUDENTS + "/values?period=2022&hostCountry=MOZ", 42);

        Map<String, Object> behind = firstItem(TestTokens.bureauToken("12"), STUDENTS, "period=2022&hostCountry=MOZ");
        Map<String, Object> past =
                firstItem(TestTokens.operatorToken(), STUDENTS, "period=2022&hostCountry=MDG&asOf=" + then);

        assertThat(behind).containsEntry("record", "overseas-headcount").containsEntry("version", 1);
        assertBelongsTo(behind, firstItem(TestTokens.operatorToken(), SCHOOLS, "hostCountry=MOZ"), "MOZ");
        assertBelongsTo(past, firstItem(TestTokens.operatorToken(), SCHOOLS, "hostCountry=MDG&asOf=" + then), "MDG");
    }

    private static void assertBelongsTo(Map<String, Object> item, Map<String, Object> school, String country) {
        assertThat(school).doesNotContainKey("belongsTo");
        Map<String, Object> expected = new HashMap<>(school);
        expected.keySet().removeAll(Set.of("amount"));
        expected.put(
                "codes",
                Map.of(
                        "hostCountry",
                        country,
                        "brand",
                        "other",
                        "tier",
                        "workshop",
                        "form",
                        "branch",
                        "status",
                        "open"));
        assertThat(item.get("belongsTo")).isEqualTo(List.of(expected));
    }

    private static Map<String, Object> firstItem(String token, String figure, String filters) {
        return getEvidence(token, figure, filters, "").getMap("items[0]");
    }

    @Test
    void every_cause_of_a_difference_is_named_and_they_add_up() throws SQLException {
        String kept = newKey("12");
        String gone = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, kept, 1, schoolJson("WSM"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 1, schoolJson("WSM"));
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, kept, 1, TestEventLog.headcountJson(kept.substring(3), 2025, 30));
        awaitValue(STUDENTS + "/values?period=2025&hostCountry=WSM", 30);
        Instant from = lastCheckpointTime();
        String other = newKey("32");
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, kept, 2, TestEventLog.headcountJson(kept.substring(3), 2025, 25));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, other, 1, schoolJson("LAO"));
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, other, 1, TestEventLog.headcountJson(other.substring(3), 2025, 7));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, other, 2, schoolJson("WSM"));
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, gone, 1, TestEventLog.headcountJson(gone.substring(3), 2025, 100));
        TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, gone, 2, null);
        awaitValue(STUDENTS + "/values?period=2025&hostCountry=WSM", 32);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(amountsByCause(getChanges(TestTokens.operatorToken(), STUDENTS, from)))
                        .containsOnlyKeys("corrected", "late", "withdrawn", "parent-changed"));

        JsonPath all = getChanges(TestTokens.operatorToken(), STUDENTS, from);
        JsonPath own = getChanges(TestTokens.bureauToken("12"), STUDENTS, from);

        assertThat(amountsByCause(all))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("corrected", -5, "late", 100, "withdrawn", -100, "parent-changed", 7));
        assertThat(all.getInt("from.value")).isEqualTo(30);
        assertThat(all.getInt("to.value")).isEqualTo(32);
        assertThat(all.getInt("difference")).isEqualTo(2);
        assertThat(amountsByCause(own)).isEqualTo(amountsByCause(all));
        assertThat(own.getInt("contributions.find { it.kind == 'parent-changed' }.hidden"))
                .isEqualTo(1);
        assertThat(own.getList("contributions.items.flatten().province")).containsOnly("12");
    }

    @Test
    void what_was_merged_and_what_was_renamed_are_causes_of_their_own() throws SQLException {
        String named = newKey("12");
        String twice = newKey("12");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("FRO"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, named, 1, schoolJson("FRO"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, twice, 1, schoolJson("FRO"));
        awaitValue(SCHOOLS + "/values?hostCountry=FRO", 3);
        Instant from = lastCheckpointTime();
        sendBecause("merge", twice, 2, null);
        sendBecause("rename", named, 2, null);
        sendBecause("rename", newKey("12"), 1, schoolJson("FRO"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("FRO"));
        awaitValue(SCHOOLS + "/values?hostCountry=FRO", 3);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath why = getChanges(TestTokens.operatorToken(), SCHOOLS, "hostCountry=FRO", from);
            assertThat(amountsByCause(why))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("merged", -1, "renamed", 0, "late", 1));
            assertThat(why.getList("contributions.find { it.kind == 'renamed' }.items"))
                    .hasSize(2);
        });
    }

    private static void sendBecause(String cause, String key, int version, @Nullable String after) {
        TestEventLog.sendRaw(
                TestEventLog.SCHOOL_TOPIC,
                key,
                TestEventLog.changeJson(key, version, after)
                        .replace("\"kind\":\"request\"", "\"kind\":\"" + cause + "\"")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** No other test sends students of this year. */
    @Test
    void before_the_first_report_of_a_year_its_value_is_unknown_and_not_0() throws SQLException {
        String key = newKey("12");
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("TCD", "other", "1970-01-01", null));
        awaitValue(SCHOOLS + "/values?period=1975&hostCountry=TCD", 1);
        Instant from = lastCheckpointTime();
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson(key.substring(3), 1975, 20));
        awaitValue(STUDENTS + "/values?period=1975&hostCountry=TCD", 20);
        String asked = STUDENTS + "/changes?period=1975&from=" + from + "&hostCountry=";

        getPath(TestTokens.operatorToken(), asked + "TCD")
                .statusCode(200)
                .body("from.value", nullValue())
                .body("from.status", equalTo("not-reported"))
                .body("to.value", equalTo(20))
                .body("to.status", nullValue())
                .body("difference", equalTo(20));
        getPath(TestTokens.operatorToken(), asked + "TCA")
                .statusCode(200)
                .body("from.status", equalTo("not-reported"))
                .body("to.value", equalTo(0))
                .body("difference", equalTo(0));
    }

    /** Two starts: before the current one Ethiopia was not known to be a member. */
    @Test
    void what_a_list_makes_of_it_that_has_changed_is_a_cause_of_its_own() throws SQLException {
        String serves = reference.findList("brics").orElseThrow().formatMembers();
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ETH"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ETH"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ZAF"));
        awaitValue(SCHOOLS + "/values?period=2025&hostCountry=ETH,ZAF", 3);
        noted.recordList(
                "brics",
                serves.lines().filter(line -> !line.startsWith("ETH,")).collect(Collectors.joining("\n", "", "\n")));
        Instant from = lastCheckpointTime();
        noted.recordList("brics", serves);
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ETH"));
        String asked = "period=2025&hostCountry=ETH,ZAF&list=brics@then";
        awaitValue(SCHOOLS + "/values?" + asked, 4);

        JsonPath moved = getPath(TestTokens.operatorToken(), SCHOOLS + "/changes?" + asked + "&from=" + from)
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonPath share = getPath(TestTokens.operatorToken(), SCHOOLS + "-share/changes?" + asked + "&from=" + from)
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(amountsByCause(moved)).containsExactlyInAnyOrderEntriesOf(Map.of("list-changed", 2, "late", 1));
        assertThat(moved.getInt("from.value")).isEqualTo(1);
        assertThat(moved.getInt("to.value")).isEqualTo(4);
        assertThat(moved.getString("from.listVersions.brics")).isNotEqualTo(moved.getString("to.listVersions.brics"));
        assertThat(amountsByCause(share)).containsKey("list-changed");
        getPath(TestTokens.operatorToken(), SCHOOLS + "/values?" + asked + "&asOf=" + from)
                .body("items[0].value", equalTo(1));
        getPath(TestTokens.operatorToken(), SCHOOLS + "/evidence?" + asked + "&asOf=" + from)
                .body("value", equalTo(1))
                .body("listVersions.brics", equalTo(moved.getString("from.listVersions.brics")));
    }

    /** Two starts: before the current one only open schools counted. */
    @Test
    void what_another_definition_makes_of_it_is_a_cause_of_its_own() throws Exception {
        String serves = Files.readString(Path.of("../../contracts/indicators/overseas-schools.yaml"));
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ERI", "other", "2020-01-01", "2024-05-01"));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                newKey("12"),
                1,
                TestEventLog.schoolJson("ERI", "other", "2020-01-01", "2024-05-01"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ERI"));
        awaitValue(SCHOOLS + "/values?period=2023&hostCountry=ERI", 3);
        noted.recordDefinition("overseas-schools", serves.replace("[open, suspended, closed]", "[open]"));
        Instant from = lastCheckpointTime();
        noted.recordDefinition("overseas-schools", serves);
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("ERI"));
        awaitValue(SCHOOLS + "/values?period=2023&hostCountry=ERI", 4);

        getPath(TestTokens.operatorToken(), SCHOOLS + "/changes?period=2023&hostCountry=ERI&from=" + from)
                .statusCode(200)
                .body("from.value", equalTo(1))
                .body("to.value", equalTo(4))
                .body("contributions.find { it.kind == 'definition-changed' }.amount", equalTo(2))
                .body("contributions.find { it.kind == 'late' }.amount", equalTo(1))
                .body("contributions", hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/evidence?by=year",
                "/evidence?hostcuntry=THA",
                "/evidence?limit=0",
                "/evidence?cursor=abc",
                "/evidence?asOf=2099-01-01T00:00:00Z",
                "/evidence?from=2020-01-01T00:00:00Z",
                "/evidence?period=2012..2014",
                "/changes",
                "/changes?from=yesterday",
                "/changes?from=2025-01-01T00:00:00Z&by=hostCountry",
                "/changes?from=2025-01-01T00:00:00Z&to=2024-01-01T00:00:00Z",
                "/changes?from=2025-01-01T00:00:00Z&from=2025-01-02T00:00:00Z",
                "/changes?from=2099-01-01T00:00:00Z"
            })
    void a_question_that_makes_no_sense_is_refused_in_both_languages(String asked) {
        getPath(TestTokens.operatorToken(), SCHOOLS + asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors", hasSize(1))
                .body("errors.detailZh", everyItem(not(blankString())));
    }

    /** Whoever read the code could make a cursor, and read figures at any position of the log. */
    @Test
    void a_forged_cursor_is_refused() {
        String body = "2026-01-01T00:00:00Z\u0000overseas.school:0:1\u00000\u000012/A\u0000";
        for (int tagBytes : new int[] {Integer.BYTES, 12}) {
            byte[] text = body.getBytes(StandardCharsets.UTF_8);
            byte[] made = ByteBuffer.allocate(tagBytes + text.length)
                    .put(new byte[tagBytes])
                    .put(text)
                    .array();
            getPath(
                            TestTokens.operatorToken(),
                            SCHOOLS + "/evidence?cursor="
                                    + Base64.getUrlEncoder().withoutPadding().encodeToString(made))
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors[0].pointer", equalTo("?cursor"));
        }
    }

    /** A cursor names a position of the log; another caller or another question could read there. */
    @Test
    void a_cursor_serves_its_caller_and_its_question_only() throws SQLException {
        for (int i = 0; i < 2; i++) {
            TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("BTN"));
        }
        awaitValue(SCHOOLS + "/values?hostCountry=BTN", 2);
        String question = "/evidence?hostCountry=BTN&limit=1";
        String cursor = getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=BTN&limit=1", "")
                .getString("next");

        getPath(TestTokens.operatorToken(), SCHOOLS + question + "&cursor=" + cursor)
                .statusCode(200);
        getPath(TestTokens.auditorToken(), SCHOOLS + question + "&cursor=" + cursor)
                .statusCode(400);
        getPath(TestTokens.bureauToken("12"), SCHOOLS + question + "&cursor=" + cursor)
                .statusCode(400);
        getPath(TestTokens.operatorToken(), SCHOOLS + "/evidence?hostCountry=NPL&limit=1&cursor=" + cursor)
                .statusCode(400);
    }

    /** A replay would read every record of the figure from PostgreSQL. */
    @Test
    void no_figure_is_folded_for_current_evidence() throws SQLException {
        for (int i = 0; i < 3; i++) {
            TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("NIC"));
        }
        awaitValue(SCHOOLS + "/values?hostCountry=NIC", 3);
        Instant then = lastCheckpointTime();
        double before = foldedCount();

        JsonPath first = getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=NIC&limit=2", "");
        JsonPath second =
                getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=NIC&limit=2", first.getString("next"));

        assertThat(first.getList("items")).hasSize(2);
        assertThat(second.getList("items")).hasSize(1);
        assertThat(second.getMap("position")).isEqualTo(first.getMap("position"));
        assertThat(foldedCount()).isEqualTo(before);
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("12"), 1, schoolJson("NIC"));
        awaitValue(SCHOOLS + "/values?hostCountry=NIC", 4);
        assertThat(foldedCount()).as("by asking for a moment").isGreaterThan(before);
        assertThat(getEvidence(TestTokens.operatorToken(), SCHOOLS, "hostCountry=NIC&limit=1&asOf=" + then, "")
                        .getInt("value"))
                .isEqualTo(3);
    }

    private double foldedCount() {
        return metrics.counter("voyage.indicators.figures.folded").count();
    }

    @ParameterizedTest
    @CsvSource({"evidence", "changes?from=2025-01-01T00:00:00Z"})
    void who_reads_no_figures_reads_no_explanations(String asked) {
        given().get(SCHOOLS + "/" + asked).then().statusCode(401);
        getPath(TestTokens.allianceToken("WFCP"), SCHOOLS + "/" + asked).statusCode(403);
        getPath(TestTokens.privacyOfficerToken(), SCHOOLS + "/" + asked).statusCode(403);
        getPath(TestTokens.operatorToken(), "/v1/indicators/no-such-figure/" + asked)
                .statusCode(404);
        getPath(TestTokens.bureauToken("12"), SCHOOLS + "/" + asked + (asked.contains("?") ? "&" : "?") + "province=32")
                .statusCode(404)
                .body("title", equalTo("Not found"));
    }

    private static String newKey(String province) {
        return province + "/X-" + UUID.randomUUID();
    }

    private static String schoolJson(String country) {
        return TestEventLog.schoolJson(country, "other", "2020-01-01", null);
    }

    private Instant lastCheckpointTime() throws SQLException {
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    /** Waits until the evidence holds the value too; a value without a report is null. */
    private void awaitValue(String path, long value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(getPath(TestTokens.operatorToken(), path + "&asOf=" + lastCheckpointTime())
                                        .statusCode(200)
                                        .extract()
                                        .jsonPath()
                                        .getString("items[0].value"))
                                .isEqualTo(String.valueOf(value)));
    }

    private static JsonPath getEvidence(String token, String figure, String filters, String cursor) {
        return getPath(token, figure + "/evidence?" + filters + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath getChanges(String token, String figure, Instant from) {
        return getChanges(token, figure, "period=2025&hostCountry=WSM", from);
    }

    private static JsonPath getChanges(String token, String figure, String filters, Instant from) {
        return getPath(token, figure + "/changes?" + filters + "&from=" + from)
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Integer> amountsByCause(JsonPath changes) {
        Map<String, Integer> amounts = new HashMap<>();
        changes.<Map<String, Object>>getList("contributions")
                .forEach(cause -> amounts.put(
                        String.valueOf(cause.get("kind")), cause.get("amount") instanceof Integer amount ? amount : 0));
        return amounts;
    }

    private static ValidatableResponse getPath(String token, String path) {
        return given().auth().oauth2(token).get(path).then();
    }
}
