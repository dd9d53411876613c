package org.voyage.indicators.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.history.EffectiveHistoryFixture;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class AsOfValuesIT implements RunningServiceTest {

    private static final String SLICE = "/v1/indicators/overseas-schools/values?hostCountry=BTN";
    private static final String EVERY_YEAR = "/v1/indicators/overseas-schools/values?by=year,hostCountry";

    @Inject
    CheckpointHistory knowledge;

    @Inject
    DataSource database;

    @Inject
    ReferenceData reference;

    @Test
    void a_correction_does_not_change_what_was_known_before_it() throws SQLException {
        String key = newKey();
        long before = valueAsOf(lastCheckpointTime());
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("BTN", "other", "2020-01-01", null));
        Instant reported = awaitKnown(before + 1);
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));
        Instant corrected = awaitKnown(before);

        List<Long> values = List.of(valueAsOf(reported), valueAsOf(corrected), valueAsOf(reported));

        assertThat(values).containsExactly(before + 1, before, before + 1);
    }

    @Test
    void a_derived_figure_is_that_of_the_figures_known_then() throws SQLException {
        String key = newKey();
        long before = valueAsOf(lastCheckpointTime());
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("BTN", "other", "2020-01-01", null));
        Instant reported = awaitKnown(before + 1);
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));
        Instant corrected = awaitKnown(before);

        List<Integer> parts = new ArrayList<>();
        for (Instant moment : List.of(reported, corrected)) {
            parts.add(getAsOf("/v1/indicators/overseas-schools-share/values?hostCountry=BTN", moment)
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getInt("components[0].value"));
        }

        assertThat(parts).containsExactly((int) before + 1, (int) before);
    }

    @Test
    void before_the_first_record_an_answer_says_that_nothing_was_known() {
        Instant before = Instant.parse("1999-12-31T00:00:00Z");

        getAsOf(SLICE, before)
                .statusCode(200)
                .body("items[0].value", nullValue())
                .body("items[0].status", equalTo("not-reported"))
                .body("period", equalTo("1999-12-31"))
                .body("position.time", equalTo("1999-12-31T00:00:00.000000Z"))
                .body("notes.code", equalTo(List.of("nothing-known", "defined-later", "coverage-then", "not-reported")))
                .body("coverage.known", equalTo(List.of(false)))
                .body("coverage[0].warning.en", startsWith("At that moment nothing was known"));
        for (String asked : List.of("", "&by=year&period=1990..1992")) {
            getAsOf(SLICE + asked + "&format=csv", before).body(containsString(",nothing-known,,,"));
        }
        getAsOf("/v1/indicators/overseas-students/values?by=year&period=1990..1995&format=csv", before)
                .body(containsString(",nothing-known,,,"));
        getAsOf(SLICE + "&format=sdmx-csv", before).body(containsString(",0,At that moment nothing was known"));
        getAsOf(SLICE + "&format=sdmx-json", before)
                .body("data.structures[0].annotations.id", hasItem("COVERAGE_1999"));
    }

    /** Simulates three starts: for some time another definition without the status is in force. */
    @Test
    void a_past_value_uses_the_definition_of_its_time_whatever_is_active_today() throws Exception {
        String code = "overseas-schools";
        String serves = Files.readString(Path.of("../../contracts/indicators/" + code + ".yaml"));
        String asked = "/v1/indicators/" + code + "/values?period=2021&hostCountry=GRD";
        for (String closedOn : Arrays.asList("2024-05-01", "2024-06-01", null)) {
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    newKey(),
                    1,
                    TestEventLog.schoolJson("GRD", "other", "2020-01-01", closedOn));
        }
        Instant first = await().atMost(Duration.ofSeconds(30))
                .until(
                        this::lastCheckpointTime,
                        moment -> getAsOf(asked, moment).extract().jsonPath().getInt("items[0].value") == 3);
        getAsOf(asked + "&by=status", first).statusCode(200).body("items.value", equalTo(List.of(2, 1)));
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        noted.recordDefinition(
                code,
                serves.replace("version: 1", "version: 2")
                        .replace("[open, suspended, closed]", "[open]")
                        .replace("form, status]", "form]"));
        Instant second = lastCheckpointTime();
        noted.recordDefinition(code, serves);
        Instant third = lastCheckpointTime();

        for (Instant moment : List.of(second, first, third, second)) {
            int value = moment.equals(second) ? 1 : 3;
            int version = moment.equals(second) ? 2 : 1;
            getAsOf(asked, moment).body("items[0].value", equalTo(value)).body("indicator.version", equalTo(version));
            getAsOf(asked.replace("/values", "/evidence"), moment)
                    .body("value", equalTo(value))
                    .body("items.size()", equalTo(value))
                    .body("indicator.version", equalTo(version));
            getAsOf("/v1/values?period=2021&hostCountry=GRD&figure=" + code + "," + code + "-share", moment)
                    .body("items[0].items[0].value", equalTo(value))
                    .body("items[0].indicator.version", equalTo(version))
                    .body("items[1].components[0].value", equalTo(value));
            getAsOf("/v1/indicators/" + code + "-share/evidence?period=2021&hostCountry=GRD", moment)
                    .body("components[0].value", equalTo(value))
                    .body("components[0].indicator.version", equalTo(version));
        }
        getAsOf(asked + "&by=status", second).statusCode(400).body("errors[0].rule", equalTo("dimension-unknown"));
        getChanges(asked, first, second)
                .body("indicator.version", equalTo(2))
                .body("from.value", equalTo(3))
                .body("from.version", equalTo(1))
                .body("to.value", equalTo(1))
                .body("to.version", equalTo(2))
                .body("contributions.kind", equalTo(List.of("definition-changed")))
                .body("contributions.amount", equalTo(List.of(-2)));
        getChanges(asked, second, third)
                .body("from.value", equalTo(1))
                .body("contributions.amount", equalTo(List.of(2)));
    }

    private static ValidatableResponse getChanges(String values, Instant from, Instant to) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(values.replace("/values", "/changes") + "&from=" + from + "&to=" + to)
                .then()
                .statusCode(200);
    }

    /** Simulates three starts: for some time the country is in another region, which the definition also uses. */
    @Test
    void a_past_value_uses_the_regions_of_its_time() throws Exception {
        String code = "overseas-schools";
        String serves = Files.readString(Path.of("../../contracts/indicators/" + code + ".yaml"));
        String places = reference.geography().formatPlaces();
        String asked = "/v1/indicators/" + code + "/values?period=2021&hostCountry=VCT";
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, newKey(), 1, TestEventLog.schoolJson("VCT", "other", "2020-01-01", null));
        Instant first = await().atMost(Duration.ofSeconds(30))
                .until(
                        this::lastCheckpointTime,
                        moment -> getAsOf(asked, moment).extract().jsonPath().getInt("items[0].value") == 1);
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        noted.recordGeography(places.replace("VCT,north-america,caribbean", "VCT,oceania,polynesia"));
        Instant second = lastCheckpointTime();
        noted.recordDefinition(
                code, serves.replace("version: 1", "version: 2").replace("where: {", "where: { region: [oceania],"));
        Instant third = lastCheckpointTime();
        noted.recordGeography(places);
        Instant back = lastCheckpointTime();
        noted.recordDefinition(code, serves);
        Instant fourth = lastCheckpointTime();

        for (Instant moment : List.of(second, first, third, fourth, second)) {
            boolean moved = moment.equals(second) || moment.equals(third);
            getAsOf(asked + "&by=region", moment)
                    .statusCode(200)
                    .body("items.region", equalTo(List.of(moved ? "oceania" : "north-america")))
                    .body("items.value", equalTo(List.of(1)));
            getAsOf(asked + "&region=oceania", moment).body("items[0].value", equalTo(moved ? 1 : 0));
        }
        getChanges(asked + "&region=oceania", first, second)
                .body("from.value", equalTo(0))
                .body("to.value", equalTo(1))
                .body("contributions.kind", equalTo(List.of("list-changed")))
                .body("contributions.amount", equalTo(List.of(1)));
        getChanges(asked, first, third)
                .body("from.value", equalTo(1))
                .body("to.value", equalTo(1))
                .body("contributions", equalTo(List.of()));
        getChanges(asked, third, back)
                .body("from.value", equalTo(1))
                .body("to.value", equalTo(0))
                .body("contributions.kind", equalTo(List.of("list-changed")))
                .body("contributions.amount", equalTo(List.of(-1)));
        getChanges(asked + "&region=north-america", third, fourth)
                .body("from.value", equalTo(0))
                .body("to.value", equalTo(1))
                .body("contributions.amount", equalTo(List.of(1)));
    }

    /**
     * No other test sends records of these years. Later records, and the current state of files, are not part of the
     * past answer.
     */
    @Test
    void coverage_of_a_past_moment_is_that_of_the_records_known_then() throws SQLException {
        String years = "/v1/indicators/overseas-students/values?by=year&period=1983..1984";
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, "33/A-" + UUID.randomUUID(), 1, TestEventLog.headcountJson("s", 1983, 3));
        Instant then = await().atMost(Duration.ofSeconds(30))
                .until(
                        this::lastCheckpointTime,
                        moment -> getAsOf(years, moment).extract().jsonPath().getInt("coverage[0].provinces") == 1);
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, "33/A-" + UUID.randomUUID(), 1, TestEventLog.headcountJson("s", 1984, 3));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> getAsOf(years, lastCheckpointTime()).body("coverage.provinces", equalTo(List.of(1, 1))));

        getAsOf(years, then)
                .body("coverage.known", equalTo(List.of(true, true)))
                .body("coverage.provinces", equalTo(List.of(1, 0)))
                .body("coverage.missing", equalTo(List.of(List.of(), List.of("33"))))
                .body("coverage.closed", equalTo(List.of(0, 0)))
                .body("coverage.received", equalTo(Arrays.asList(null, null)))
                .body("coverage.lastPush", equalTo(Arrays.asList(null, null)))
                .body("notes.code", equalTo(List.of("coverage-differs", "coverage-then", "not-reported")));
        getAsOf("/v1/indicators/overseas-students/coverage?period=1983..1984", then)
                .statusCode(200)
                .body("years.known", equalTo(List.of(true, true)))
                .body("years.provinces", equalTo(List.of(1, 0)))
                .body("years.missing", equalTo(List.of(List.of(), List.of("33"))))
                .body("years.closed", equalTo(List.of(0, 0)))
                .body("years.received", equalTo(Arrays.asList(null, null)));
        getAsOf("/v1/indicators/overseas-students/coverage?period=1983..1984", lastCheckpointTime())
                .body("years.provinces", equalTo(List.of(1, 1)));
    }

    /** The bureau submits 1921 without records, and then opens the year again. Submissions had no history. */
    @Test
    void a_year_that_was_submitted_without_records_is_0_from_then_on_and_not_before() throws Exception {
        String topic = "overseas.year-close";
        String year = "/v1/indicators/overseas-students/values?period=1921&province=62";
        TestEventLog.createTopics(List.of(topic));
        Instant before = lastCheckpointTime();
        TestEventLog.sendChange(topic, "62/1921", 1, "{\"state\":\"submitted\"}");
        Instant submitted = awaitStatus(year, null);
        TestEventLog.sendChange(topic, "62/1921", 2, "{\"state\":\"open\"}");
        Instant reopened = awaitStatus(year, "not-reported");
        TestEventLog.sendChange(topic, "62/1921", 3, "{\"state\":\"accepted\"}");
        Instant accepted = awaitStatus(year, null);
        TestEventLog.sendChange(topic, "62/1921", 4, null);
        Instant withdrawn = awaitStatus(year, "not-reported");

        for (Instant moment : List.of(withdrawn, submitted, before, accepted, reopened)) {
            boolean zero = moment.equals(submitted) || moment.equals(accepted);
            getAsOf(year, moment)
                    .statusCode(200)
                    .header("Cache-Control", containsString("immutable"))
                    .body("items[0].value", equalTo(zero ? 0 : null))
                    .body("items[0].status", equalTo(zero ? null : "not-reported"))
                    .body("coverage.reported", equalTo(List.of(zero)))
                    .body("coverage.closed", equalTo(List.of(moment.equals(accepted) ? 1 : 0)));
            getAsOf(year + "&format=csv", moment)
                    .body(containsString(zero ? ",1921,value,0,,students," : ",1921,value,,not-reported,students,"));
            getAsOf("/v1/indicators/overseas-students/coverage?period=1921", moment)
                    .body("years.reported", equalTo(List.of(zero)));
        }
    }

    /** The bureau has reported the last year, and submits the current one. */
    @Test
    void the_headline_is_that_of_the_moment() throws Exception {
        String topic = "overseas.year-close";
        TestEventLog.createTopics(List.of(topic));
        int year = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();
        String students = "/v1/indicators/overseas-students/values?by=year&province=63";
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC,
                "63/K-" + UUID.randomUUID(),
                1,
                TestEventLog.headcountJson("s", year - 1, 3));
        Instant before = awaitHeadline(students, year - 1);
        TestEventLog.sendChange(topic, "63/" + year, 1, "{\"state\":\"submitted\"}");
        Instant submitted = awaitHeadline(students, year);
        TestEventLog.sendChange(topic, "63/" + year, 2, "{\"state\":\"open\"}");
        awaitHeadline(students, year - 1);

        getAsOf(students, before)
                .statusCode(200)
                .body("headline.period", equalTo(String.valueOf(year - 1)))
                .body("headline.newer.provinces", equalTo(List.of(0)));
        getAsOf(students, submitted)
                .statusCode(200)
                .body("headline.period", equalTo(String.valueOf(year)))
                .body("headline.newer", equalTo(null));
    }

    /** Waits for the first moment as of which a year is the headline, and returns it. */
    private Instant awaitHeadline(String question, int year) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        this::lastCheckpointTime,
                        moment -> String.valueOf(year)
                                .equals(getAsOf(question, moment)
                                        .statusCode(200)
                                        .extract()
                                        .jsonPath()
                                        .getString("headline.period")));
    }

    /** Waits for the status of the current value, and returns the moment. */
    private Instant awaitStatus(String question, @Nullable String status) throws SQLException {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get(question)
                        .then()
                        .statusCode(200)
                        .body("items[0].status", equalTo(status)));
        return lastCheckpointTime();
    }

    @Test
    void coverage_before_the_first_record_has_the_years_of_its_time_and_says_that_nothing_was_known() {
        getAsOf("/v1/indicators/overseas-students/coverage", Instant.parse("1999-12-31T00:00:00Z"))
                .statusCode(200)
                .body("service", equalTo("overseas"))
                .body("position.time", equalTo("1999-12-31T00:00:00.000000Z"))
                .body("position.topics.size()", equalTo(0))
                .body("years.year", equalTo(List.of(1995, 1996, 1997, 1998, 1999)))
                .body("years.known", everyItem(equalTo(false)))
                .body("years.warning.en", everyItem(startsWith("At that moment nothing was known")));
    }

    @ParameterizedTest
    @CsvSource({
        "asOf=2099-01-01T00:00:00Z, moment-future",
        "asOf=yesterday, instant",
        "asOf=, empty-parameter",
        "asOf=2024-01-01T00:00:00Z&asOf=2024-01-02T00:00:00Z, repeated-parameter",
        "asOf=2024-01-01T00:00:00Z&period=2025, period-future"
    })
    void a_moment_of_coverage_that_makes_no_sense_is_refused_in_both_languages(String asked, String rule) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-students/coverage?" + asked)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule))
                .body("errors[0].detailZh", not(blankString()));
    }

    /** Simulates three starts: the list has no member, then one, and then none again. */
    @Test
    void the_note_on_an_empty_list_is_about_the_list_of_that_time() throws SQLException {
        String asked = "/v1/indicators/inbound-students/values?period=2021&list=double-high@now";
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        Instant empty = lastCheckpointTime();
        noted.recordList("double-high", "4112000001,2019-12-10,\n");
        Instant listed = lastCheckpointTime();
        noted.recordList("double-high", "");

        getAsOf(asked, empty).body("notes.code", hasItem("list-empty"));
        getAsOf(asked, listed).statusCode(200).body("notes.code", not(hasItem("list-empty")));
        getAsOf(asked, lastCheckpointTime()).body("notes.code", hasItem("list-empty"));
    }

    /** Old events arrive while a client sends as-of queries: none may appear in a past answer. */
    @Test
    void an_answer_about_the_past_never_changes() throws Exception {
        Map<Instant, String> answers = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<?> writing = pool.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    TestEventLog.sendChange(
                            TestEventLog.SCHOOL_TOPIC,
                            newKey(),
                            1,
                            TestEventLog.schoolJson("BTN", "other", "2019-01-01", null));
                }
            });
            while (!writing.isDone()) {
                Instant moment = lastCheckpointTime();
                answers.put(
                        moment,
                        getAsOf(EVERY_YEAR, moment).statusCode(200).extract().asString());
            }
            writing.get();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(valueAsOf(lastCheckpointTime()))
                        .isEqualTo(given().auth()
                                .oauth2(TestTokens.operatorToken())
                                .get(SLICE)
                                .jsonPath()
                                .getLong("items[0].value")));

        List<String> again = new ArrayList<>();
        answers.keySet()
                .forEach(moment ->
                        again.add(getAsOf(EVERY_YEAR, moment).extract().asString()));

        assertThat(again).containsExactlyElementsOf(answers.values());
        assertThat(answers.values().stream().distinct().count()).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asOf=2099-01-01T00:00:00Z",
                "asOf=yesterday",
                "asOf=",
                "asOf=2024-01-01T00:00:00Z&asOf=2024-01-02T00:00:00Z",
                "asOf=2024-01-01T00:00:00Z&receipt=x",
                "asOf=2024-01-01T00:00:00Z&period=2025"
            })
    void a_moment_that_makes_no_sense_is_refused(String asked) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SLICE + "&" + asked)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static String newKey() {
        return "12/A-" + UUID.randomUUID();
    }

    private Instant lastCheckpointTime() throws SQLException {
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    private Instant awaitKnown(long value) {
        return await().atMost(Duration.ofSeconds(30))
                .until(this::lastCheckpointTime, moment -> valueAsOf(moment) == value);
    }

    /** Returns the value; 0 where no province has reported. */
    private static long valueAsOf(Instant asOf) {
        Long value = getAsOf(SLICE, asOf).statusCode(200).extract().jsonPath().getObject("items[0].value", Long.class);
        return value == null ? 0 : value;
    }

    private static ValidatableResponse getAsOf(String path, Instant asOf) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam("asOf", asOf.toString())
                .get(path)
                .then();
    }
}
