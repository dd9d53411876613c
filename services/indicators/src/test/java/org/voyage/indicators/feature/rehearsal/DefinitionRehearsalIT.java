package org.voyage.indicators.feature.rehearsal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.live.EvidenceLoader;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.log.LogTopics;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class DefinitionRehearsalIT implements RunningServiceTest {

    private static final String ENROLMENT = "mobility.inbound-enrolment";
    private static final String SCHOOLS = "overseas-schools";

    @Inject
    EvidenceSnapshot evidence;

    @Inject
    LogTopics topics;

    @Inject
    ReferenceData reference;

    @Inject
    FigureQueryParser queries;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(ENROLMENT));
    }

    @Test
    void a_changed_condition_is_reported_where_it_makes_a_difference() {
        sendSchool("GMB", "luban-workshop", null, "塔拉瓦");
        sendSchool("GMB", "luban-workshop", "2024-06-01", "塔拉瓦");
        sendSchool("GMB", "other", null, "塔拉瓦");
        awaitSchools("GMB", 3);
        String candidate = activeDefinition(SCHOOLS).replace("[open, suspended, closed]", "[open]");

        JsonPath page = postRehearsal(SCHOOLS, "?by=brand&hostCountry=GMB&period=2023", nextVersion(candidate))
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(page.getInt("active.version")).isEqualTo(1);
        assertThat(page.getInt("candidate.version")).isEqualTo(2);
        assertThat(page.getInt("places")).isEqualTo(2);
        assertThat(page.getInt("differing")).isEqualTo(1);
        assertThat(page.<Map<String, Object>>getList("items")).singleElement().satisfies(row -> {
            assertThat(row.get("at")).isEqualTo(Map.of("brand", "luban-workshop"));
            assertThat(row)
                    .containsEntry("active", 2)
                    .containsEntry("candidate", 1)
                    .containsEntry("difference", -1);
        });
        assertThat(getValues("?period=2023&hostCountry=GMB&by=brand").getList("items.value"))
                .as("what serves")
                .containsExactly(2, 1);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + SCHOOLS)
                .then()
                .body("version", equalTo(1));
    }

    @Test
    void all_places_can_be_read_page_by_page_of_one_moment() {
        for (String brand : List.of("luban-workshop", "silk-road-school", "zheng-he-school")) {
            sendSchool("GNB", brand, null, "霍尼亚拉");
        }
        sendSchool("GNB", "other", null, "霍尼亚拉");
        awaitSchools("GNB", 4);
        String candidate = nextVersion(activeDefinition(SCHOOLS));
        String query = "?by=brand&hostCountry=GNB&differing=false&limit=3";

        JsonPath first = postRehearsal(SCHOOLS, query, candidate)
                .statusCode(200)
                .extract()
                .jsonPath();
        sendSchool("GNB", "other", null, "霍尼亚拉");
        awaitSchools("GNB", 5);
        JsonPath second = postRehearsal(SCHOOLS, query + "&cursor=" + first.getString("next"), candidate)
                .statusCode(200)
                .body("next", nullValue())
                .extract()
                .jsonPath();

        List<Map<String, Object>> rows = new ArrayList<>(first.getList("items"));
        rows.addAll(second.getList("items"));
        assertThat(first.getInt("differing")).isZero();
        assertThat(rows).hasSize(4).allSatisfy(row -> {
            assertThat(row)
                    .containsEntry("active", 1)
                    .containsEntry("candidate", 1)
                    .containsEntry("difference", 0);
        });
        assertThat(second.getString("position.time")).isEqualTo(first.getString("position.time"));
        postRehearsal(SCHOOLS, query + "&cursor=" + first.getString("next"), candidate + "# another file\n")
                .statusCode(400)
                .body("errors[0].rule", equalTo("cursor"));
    }

    @Test
    void a_changed_threshold_is_counted_by_the_figures_behind_it() {
        sendEnrolment("54", "SWZ");
        for (int i = 0; i < 3; i++) {
            sendEnrolment("64", "SWZ");
        }
        awaitKnown("inbound-students?nationality=SWZ", 4);
        String code = "inbound-provinces-over-500";

        List<List<Integer>> answers = new ArrayList<>();
        for (int threshold : List.of(0, 2, 3)) {
            JsonPath page = postRehearsal(
                            code,
                            "?nationality=SWZ&differing=false",
                            nextVersion(activeDefinition(code)).replace("more-than: 500", "more-than: " + threshold))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            answers.add(List.of(page.getInt("items[0].active"), page.getInt("items[0].candidate")));
        }

        assertThat(answers).containsExactly(List.of(0, 2), List.of(0, 1), List.of(0, 0));
    }

    @Test
    void a_new_dimension_is_answered_by_the_candidate_alone_and_leaves_the_sums_as_they_are() {
        sendSchool("COM", "other", null, "努库阿洛法");
        sendSchool("COM", "other", null, "内亚富");
        awaitSchools("COM", 2);
        String candidate = nextVersion(activeDefinition(SCHOOLS))
                .replace("[province, hostCountry", "[province, hostCity, hostCountry");

        JsonPath split = postRehearsal(SCHOOLS, "?by=hostCity&hostCountry=COM", candidate)
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonPath whole = postRehearsal(SCHOOLS, "?hostCountry=COM&differing=false", candidate)
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(split.<Map<String, Object>>getList("items")).hasSize(2).allSatisfy(row -> {
            assertThat(row)
                    .containsEntry("active", null)
                    .containsEntry("candidate", 1)
                    .containsEntry("difference", null);
        });
        assertThat(split.getList("notes.code")).containsExactly("active-cannot-answer");
        assertThat(split.getString("notes[0].en")).contains("hostCity");
        assertThat(whole.getInt("differing")).isZero();
        assertThat(whole.getInt("items[0].candidate")).isEqualTo(2);
    }

    @Test
    void a_figure_that_does_not_exist_yet_is_answered_by_the_candidate_alone() {
        sendSchool("STP", "luban-workshop", null, "阿皮亚");
        sendSchool("STP", "other", null, "阿皮亚");
        sendSchool("STP", "other", "2021-06-01", "阿皮亚");
        awaitSchools("STP", 3);
        String code = "overseas-schools-closed";
        String closed = activeDefinition(SCHOOLS)
                .replace("code: overseas-schools", "code: " + code)
                .replace("[open, suspended, closed]", "[closed]")
                .replace("from: openedOn, until: closedOn", "from: closedOn");

        postRehearsal(code, "?by=year,brand&hostCountry=STP&period=2020..2022", closed)
                .statusCode(200)
                .body("containsKey('active')", equalTo(true))
                .body("active", nullValue())
                .body("candidate.code", equalTo(code))
                .body("candidate.version", equalTo(1))
                .body("by", equalTo(List.of("year", "brand")))
                .body("filters.hostCountry", equalTo("STP"))
                .body("period", equalTo("2020..2022"))
                .body("position.topics.'" + TestEventLog.SCHOOL_TOPIC + "'.size()", greaterThan(0))
                .body("places", equalTo(2))
                .body("differing", equalTo(2))
                .body(
                        "items.at",
                        equalTo(List.of(
                                Map.of("year", 2021, "brand", "other"), Map.of("year", 2022, "brand", "other"))))
                .body("items.active", everyItem(nullValue()))
                .body("items.candidate", equalTo(List.of(1, 1)))
                .body("items.difference", everyItem(nullValue()))
                .body("notes", hasSize(0))
                .body("next", nullValue());
        postRehearsal(code, "?by=teir", closed).statusCode(400).body("errors[0].rule", equalTo("dimension-unknown"));
        postRehearsal(code, "", closed.replace("kind: count", "kind: guess"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/measure/kind"));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + code)
                .then()
                .statusCode(404);
        for (String other : List.of(TestTokens.auditorToken(), TestTokens.bureauToken("12"))) {
            RawBodyRequests.withBody(other, "application/yaml", closed.getBytes(StandardCharsets.UTF_8))
                    .post("/v1/indicators/" + code + "/rehearsals")
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void a_new_figure_may_be_derived_from_others() {
        sendSchool("SLB", "luban-workshop", null, "阿皮亚");
        sendSchool("SLB", "other", null, "阿皮亚");
        sendSchool("SLB", "other", null, "阿皮亚");
        awaitSchools("SLB", 3);

        postRehearsal("overseas-schools-percent", "?hostCountry=SLB&by=brand", """
                        code: overseas-schools-percent
                        version: 1
                        name: { zh: 占比, en: Part }
                        unit: { code: percent, zh: '%', en: percent }
                        derive: { kind: share, part: { of: overseas-schools }, whole: { of: overseas-schools, all: [brand] } }
                        derivation: { zh: 占比。, en: A part. }
                        """)
                .statusCode(200)
                .body("active", nullValue())
                .body("items.candidate", equalTo(List.of(33.33f, 66.67f)));
    }

    @Test
    void a_dimension_that_the_candidate_lacks_is_reported() {
        sendSchool("CPV", "other", null, "科罗尔");
        awaitSchools("CPV", 1);
        String candidate = nextVersion(activeDefinition(SCHOOLS)).replace("brand, tier, form", "brand, form");

        postRehearsal(SCHOOLS, "?by=tier&hostCountry=CPV", candidate)
                .statusCode(200)
                .body("items.candidate", hasItem(nullValue()))
                .body("notes.code", equalTo(List.of("candidate-cannot-answer")));
        postRehearsal(SCHOOLS, "?by=teir", candidate)
                .statusCode(400)
                .body("errors[0].rule", equalTo("dimension-unknown"));
    }

    /** Starts as the service starts: every definition of the folder, every figure, all of the evidence. */
    @Test
    void switched_on_it_gives_what_was_rehearsed(@TempDir Path folder) throws Exception {
        sendSchool("LSO", "luban-workshop", null, "帕利基尔");
        sendSchool("LSO", "luban-workshop", "2023-06-01", "帕利基尔");
        sendSchool("LSO", "silk-road-school", "2022-06-01", "帕利基尔");
        sendSchool("LSO", "other", "2021-06-01", "帕利基尔");
        awaitSchools("LSO", 4);
        String candidate = nextVersion(activeDefinition(SCHOOLS))
                .replace("[open, suspended, closed]", "[closed]")
                .replace("from: openedOn, until: closedOn", "from: closedOn");
        String asked = "by=year,brand&hostCountry=LSO&period=2020..2024";

        JsonPath rehearsed = postRehearsal(SCHOOLS, "?differing=false&" + asked, candidate)
                .statusCode(200)
                .extract()
                .jsonPath();

        Files.writeString(folder.resolve(SCHOOLS + ".yaml"), candidate);
        Map<Map<String, String>, Long> after = valuesAfterStart(
                folder,
                Map.of("by", List.of("year,brand"), "hostCountry", List.of("LSO"), "period", List.of("2020..2024")));
        Map<Map<String, String>, Long> before = new LinkedHashMap<>();
        getValues("?" + asked)
                .<Map<String, Object>>getList("items")
                .forEach(value -> before.put(
                        Map.of("year", String.valueOf(value.get("year")), "brand", String.valueOf(value.get("brand"))),
                        toNumber(value.get("value"))));
        assertThat(sideValues(rehearsed, "candidate")).isEqualTo(after).isNotEqualTo(before);
        assertThat(sideValues(rehearsed, "active")).isEqualTo(before);
    }

    /** Matches text without a sentence in the other language; messages of the YAML parser are English only. */
    private static final String CHINESE = "(?s).*YAML 无法解析.*|(?!.*[A-Za-z]+ [a-z]+ [a-z]+).*\\p{IsHan}.*";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1|version: 0|/version|Line 2",
                "kind: count|kind: guess|/measure/kind|Line 6",
                "from: openedOn|form: openedOn|/period/from|Line 7",
                "[open, suspended, closed]|[]|/where/status|Line 8",
                "brand, tier|brand, brand|/dimensions|Line 9",
                "code: overseas-schools|code: overseas-majors|/code|Line 1",
                "record: overseas-school|record: overseas-scool|/record|Line 5",
                "from: openedOn|from: brand|/period/from|Line 7",
                "subRegion, brand|subRegion, majors|/dimensions|Line 9",
                "lists: [belt|lists: [double-high, belt|/lists|Line 10",
                "lists: [belt|lists: [no-list, belt|/lists|Line 10",
                "hostCountry, region, subRegion|hostCountry, subRegion|''|With it overseas-schools-concentration.yaml cannot",
                "record: overseas-school|record: [|''|YAML",
                "derivation:|colour: red¶derivation:|/colour|Line 12"
            })
    void what_the_service_would_not_start_with_is_refused_with_line_and_reason(
            String part, String instead, String pointer, String told) {
        String bad = activeDefinition(SCHOOLS).replace(part, instead.replace("¶", "\n"));

        postRehearsal(SCHOOLS, "", bad)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].detail", containsString(told))
                .body("errors[0].detailZh", matchesPattern(CHINESE))
                .body("errors[0].pointer", equalTo(pointer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---",
                "a: &a { b: *a }",
                "x: &x [*x]",
                "\u0000",
                "? : :\n\t-",
                "code: !!java.io.File {}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "code: overseas-schools\ncode: overseas-schools"
            })
    void what_is_no_definition_at_all_is_refused(String yaml) {
        postRehearsal(SCHOOLS, "", yaml).statusCode(422).contentType("application/problem+json");
    }

    @Test
    void a_byte_order_mark_is_taken_and_what_is_not_utf8_is_refused_by_its_line() {
        String candidate = nextVersion(activeDefinition(SCHOOLS));

        postRehearsal(SCHOOLS, "", "\uFEFF" + candidate).statusCode(200);
        RawBodyRequests.withBody(
                        TestTokens.operatorToken(), "application/yaml", candidate.getBytes(Charset.forName("GB18030")))
                .post("/v1/indicators/" + SCHOOLS + "/rehearsals")
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Line 3: is not UTF-8."));
    }

    @Test
    void a_file_that_names_its_parts_again_and_again_is_refused_quickly() {
        StringBuilder yaml = new StringBuilder("a0: &a0 { b: c }\n");
        for (int i = 1; i < 45; i++) {
            yaml.append("a%1$d: &a%1$d { x: *a%2$d, y: *a%2$d }\n".formatted(i, i - 1));
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> postRehearsal(SCHOOLS, "", yaml.toString()).statusCode(422));
        postRehearsal(SCHOOLS, "", "#".repeat(64 * 1024 + 1)).statusCode(413);
    }

    @Test
    void an_older_version_and_the_definition_of_another_figure_cannot_be_rehearsed() {
        postRehearsal(
                        "overseas-countries",
                        "",
                        activeDefinition("overseas-countries").replace("version: 3", "version: 1"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/version"))
                .body("errors[0].detail", containsString("older"));
        postRehearsal("no-such-figure", "", activeDefinition(SCHOOLS))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/code"))
                .body("errors[0].detail", containsString("expected no-such-figure"));
        RawBodyRequests.withBody(TestTokens.operatorToken(), "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .post("/v1/indicators/" + SCHOOLS + "/rehearsals")
                .then()
                .statusCode(415);
    }

    private static Map<Map<String, String>, Long> sideValues(JsonPath page, String side) {
        Map<Map<String, String>, Long> values = new LinkedHashMap<>();
        page.<Map<String, Object>>getList("items").forEach(row -> {
            long value = toNumber(row.get(side));
            if (value != 0 && row.get("at") instanceof Map<?, ?> place) {
                Map<String, String> at = new LinkedHashMap<>();
                place.forEach((by, code) -> at.put(String.valueOf(by), String.valueOf(code)));
                values.put(at, value);
            }
        });
        return values;
    }

    private static long toNumber(@Nullable Object value) {
        return Long.parseLong(String.valueOf(value));
    }

    private Map<Map<String, String>, Long> valuesAfterStart(Path folder, Map<String, List<String>> asked)
            throws Exception {
        FigureCatalogue catalogue = FigureCatalogueLoader.loadCatalogue(Optional.of(folder));
        RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, topics.records());
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, reference.geography());
        try (EvidenceLoader filling = new EvidenceLoader(figures, new FactReaderRegistry(layouts, dictionaries))) {
            evidence.readAll(filling);
        }
        FigureCalculator answers = new FigureCalculator(reference, Clock.system(ZoneId.of("Asia/Shanghai")), 100_000);
        Figure figure = catalogue.findFigure(SCHOOLS).orElseThrow();
        Map<Map<String, String>, Long> values = new LinkedHashMap<>();
        figures.readView(view -> answers.computeCells(view, queries.parse(figure, asked, Set.of()), Optional.empty()))
                .forEach(cell -> values.put(cell.coordinates(), cell.wholeValue()));
        return values;
    }

    private static void sendSchool(String country, String brand, @Nullable String closedOn, String city) {
        String school = TestEventLog.schoolJson(country, brand, "2020-02-29", closedOn)
                .replace("\"hostCountry\"", "\"hostCity\":\"" + city + "\",\"hostCountry\"");
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, "12/R-" + UUID.randomUUID(), 1, school);
    }

    private static void sendEnrolment(String province, String nationality) {
        TestEventLog.sendChange(
                ENROLMENT, province + "/R-" + UUID.randomUUID(), 1, """
                {"nationality":"%s","college":"41%s000001","level":"higher-vocational","category":"degree","major":"460301",\
                "chineseWithSkills":true,"funding":"self","assessed":true,"startedOn":"2024-02-29",\
                "outcome":"enrolled"}""".formatted(nationality, province));
    }

    /** Waits until the evidence, which rehearsals count, and the live figures hold the value. */
    private static void awaitKnown(String path, int value) {
        for (String each : List.of("/values?", "/evidence?")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonPath answer = given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/indicators/" + path.replace("?", each))
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                assertThat(answer.getInt(each.equals("/values?") ? "items[0].value" : "value"))
                        .isEqualTo(value);
            });
        }
    }

    private static void awaitSchools(String country, int opened) {
        awaitKnown(SCHOOLS + "?period=2020&hostCountry=" + country, opened);
    }

    private static JsonPath getValues(String query) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + SCHOOLS + "/values" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String activeDefinition(String code) {
        try (InputStream in = Thread.currentThread()
                .getContextClassLoader()
                .getResourceAsStream("contracts/indicators/" + code + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nextVersion(String yaml) {
        return yaml.replace("version: 1", "version: 2");
    }

    private static ValidatableResponse postRehearsal(String code, String query, String yaml) {
        return RawBodyRequests.withBody(
                        TestTokens.operatorToken(), "application/yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .post("/v1/indicators/" + code + "/rehearsals" + query)
                .then();
    }
}
