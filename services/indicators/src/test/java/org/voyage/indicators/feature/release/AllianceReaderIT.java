package org.voyage.indicators.feature.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.feature.release.LinearDeduction.ValueInterval;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the figures that an alliance reads, and of the facts that it cannot deduce. Every test has its own year. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class AllianceReaderIT implements RunningServiceTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String YEAR_TOPIC = "mobility.year-close";
    private static final String COUNTRY = "hostCountry";
    private static final String VALUES = "/v1/indicators/" + PlacementSender.FIGURE + "/values?";

    /** A country with 3 students, two small ones side by side, a region of small ones, and large ones around them. */
    private static final Map<String, Integer> WORLD = new LinkedHashMap<>();

    static {
        WORLD.putAll(Map.of("THA", 120, "VNM", 80, "LAO", 3, "KHM", 45, "MYS", 60, "IDN", 200, "MMR", 5));
        WORLD.putAll(Map.of("DEU", 90, "FRA", 4, "NLD", 31, "KEN", 30, "ETH", 12, "ZAF", 9, "NRU", 2, "FJI", 1));
        WORLD.putAll(Map.of("BRA", 150, "RUS", 100, "KAZ", 26, "UZB", 8));
    }

    @Inject
    ReleaseService releases;

    @Inject
    ReleaseStore store;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(PlacementSender.PLACEMENT_TOPIC, YEAR_TOPIC));
    }

    @Test
    void no_number_of_1_to_9_persons_is_found_out_from_all_tables_together() {
        sendWorld(1951);
        makeRelease();

        FigureAttack reading =
                DisclosureAttacker.ofYear(PlacementSender.FIGURE, 1951).askWithOthers(COUNTRY, smallCountries());

        assertThat(reading.shownValues(COUNTRY))
                .isNotEmpty()
                .allSatisfy((country, value) -> assertThat(value)
                        .isEqualTo(WORLD.getOrDefault(country, 0).longValue())
                        .isGreaterThan(9));
        assertThat(reading.suppressedCodes(COUNTRY)).containsAll(smallCountries());
        assertThat(reading.attacker().relationCount()).isGreaterThan(10);
        for (String country : smallCountries()) {
            ValueInterval possible = reading.intervalOf(COUNTRY, country);
            assertThat(possible.containsValue(1)).as("%s %s", country, possible).isTrue();
            assertThat(possible.containsValue(9)).as("%s %s", country, possible).isTrue();
        }
    }

    /** 3 of 976 in a competition: the sum of the others would reveal them. */
    @Test
    void a_small_number_is_suppressed_with_the_values_that_reveal_it() {
        sendWorld(1949);
        makeRelease();

        getAsAlliance(VALUES + "period=1949&by=purpose&totals=true&shares=true")
                .statusCode(200)
                .body("totals[0].value", equalTo(976))
                .body("items.purpose", hasItems("competition", "internship"))
                .body("items.status", everyItem(equalTo("suppressed")))
                .body("items.share", everyItem(equalTo(null)));
        getAsAlliance(VALUES + "period=1949&purpose=internship,exchange,study")
                .statusCode(200)
                .body("items[0].value", equalTo(null));
        getAsAlliance(VALUES + "period=1949&purpose=internship,exchange,study,competition&top=1&by=purpose")
                .statusCode(200)
                .body("others[0].value", equalTo(null))
                .body("others[0].status", equalTo("suppressed"));
    }

    /** The attacker succeeds here, which shows that it works. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out() throws SQLException {
        sendWorld(1937);
        releases.createRelease("test", CellSuppression.smallOnlySuppression(), (year, reports) -> year == 1937, true);

        FigureAttack reading =
                DisclosureAttacker.ofYear(PlacementSender.FIGURE, 1937).askWithOthers(COUNTRY, smallCountries());

        assertThat(smallCountries()).anySatisfy(country -> {
            ValueInterval found = reading.intervalOf(COUNTRY, country);
            assertThat(found.minimum())
                    .isEqualTo(WORLD.getOrDefault(country, 0).doubleValue())
                    .isEqualTo(found.maximum());
        });
    }

    @Test
    void one_student_more_and_one_fewer_stay_invisible() {
        sendWorld(1953);
        PlacementSender placements = new PlacementSender(1953);
        String withdrawn = placements.sendPlacement("54", "KEN", 1, "study");
        placements.awaitCounted();
        makeRelease();
        String before = valuesBody(1953);

        placements.withdrawPlacement(withdrawn);
        placements.sendPlacement("54", "LAO", 1, "study");
        placements.sendPlacement("54", "VNM", 1, "study");
        placements.awaitCounted();
        JsonPath made = makeRelease();

        assertThat(valuesBody(1953)).isEqualTo(before);
        assertThat(made.getList("kept.year")).doesNotContain(1953);
    }

    /**
     * 60 more to Indonesia and to Brazil, 9 more to Laos, 1 more to Viet Nam, 12 to Uzbekistan, and 3 to a new country.
     */
    @Test
    void a_later_release_reveals_neither_small_numbers_nor_small_changes() {
        sendWorld(1955);
        makeRelease();
        FigureAttack before = DisclosureAttacker.ofYear(PlacementSender.FIGURE, 1955);
        Map<String, Long> shownBefore = before.shownValues(COUNTRY);
        Set<String> suppressedBefore = before.suppressedCodes(COUNTRY);
        PlacementSender placements = new PlacementSender(1955);
        placements.sendAll(Map.of("IDN", 60, "BRA", 60, "LAO", 9, "VNM", 1, "CHL", 3));
        placements.sendPlacement("54", "UZB", 12, "study");
        placements.awaitCounted();
        JsonPath made = makeRelease();
        assertThat(made.getList("kept.year")).doesNotContain(1955);

        Set<String> changedLittle = Set.of("LAO", "VNM", "CHL");
        FigureAttack after =
                DisclosureAttacker.ofYear(PlacementSender.FIGURE, 1955).askWithOthers(COUNTRY, changedLittle);

        assertThat(totalOf(1955))
                .isEqualTo(WORLD.values().stream().mapToInt(Integer::intValue).sum() + 145);
        Map<String, Long> shown = after.shownValues(COUNTRY);
        for (String country : shown.keySet()) {
            long change = shown.getOrDefault(country, 0L) - shownBefore.getOrDefault(country, 0L);
            assertThat(Math.abs(change)).as(country).matches(persons -> persons == 0 || persons > 9);
        }
        assertThat(after.suppressedCodes(COUNTRY)).containsAll(suppressedBefore);
        for (String country : changedLittle) {
            ValueInterval then = before.intervalOf(COUNTRY, country);
            ValueInterval now = after.intervalOf(COUNTRY, country);
            assertThat((now.maximum() - then.minimum()) - (now.minimum() - then.maximum()))
                    .as("%s %s %s", country, then, now)
                    .isGreaterThanOrEqualTo(9);
        }
        for (String country : List.of("MMR", "FRA", "NRU", "FJI", "CHL")) {
            ValueInterval possible = after.intervalOf(COUNTRY, country);
            assertThat(possible.containsValue(1) && possible.containsValue(9))
                    .as("%s %s", country, possible)
                    .isTrue();
        }
    }

    @Test
    void a_year_with_fewer_than_10_persons_has_no_total_either() {
        PlacementSender placements = new PlacementSender(1959);
        placements.sendPlacement("12", "THA", 7, "study");
        placements.awaitCounted();
        makeRelease();

        getAsAlliance(VALUES + "period=1959&by=hostCountry&totals=true")
                .statusCode(200)
                .body("totals[0].value", equalTo(null))
                .body("totals[0].status", equalTo("suppressed"))
                .body("items.value", everyItem(equalTo(null)));
    }

    /** The only placement of the year is withdrawn: 0 would be a count. A bureau that submits the year says that it is 0. */
    @Test
    void a_released_year_without_remaining_reports_is_not_reported_until_it_is_submitted() {
        String year = VALUES + "period=1931";
        PlacementSender placements = new PlacementSender(1931);
        String key = placements.sendPlacement("12", "THA", 120, "study");
        placements.awaitCounted();
        makeRelease();
        placements.withdrawPlacement(key);
        placements.awaitCounted();
        makeRelease();

        getAsAlliance(year)
                .statusCode(200)
                .body("items[0].value", nullValue())
                .body("items[0].status", equalTo("not-reported"))
                .body("notes.code", equalTo(List.of("not-reported")))
                .body("notes[0].en", containsString("about 1931"));
        getAsAlliance(year + "&by=hostCountry&totals=true")
                .body("items.size()", equalTo(0))
                .body("totals[0].status", equalTo("not-reported"));
        getAsAlliance(VALUES + "period=1930..1932&by=year").body("items.status", equalTo(List.of("not-reported")));
        getAsAlliance(year + "&format=csv").body(containsString(",1931,value,,not-reported,participants,"));

        TestEventLog.sendChange(YEAR_TOPIC, "12/1931", 1, "{\"state\":\"submitted\"}");
        await().atMost(SOON).untilAsserted(() -> {
            makeRelease();
            getAsAlliance(year).body("items[0].value", equalTo(0)).body("items[0].status", nullValue());
        });
        getAsAlliance(year).body("notes", nullValue());
    }

    @Test
    void what_has_no_known_country_is_counted_once_in_every_table() {
        PlacementSender placements = new PlacementSender(1967);
        placements.sendAll(Map.of("THA", 100, "XXX", 40));
        placements.awaitCounted();
        makeRelease();

        for (String by : List.of("hostCountry", "region", "subRegion")) {
            getAsAlliance(VALUES + "period=1967&totals=true&by=" + by)
                    .statusCode(200)
                    .body("items.find { it." + by + " == 'unknown' }.value", equalTo(40))
                    .body("totals[0].value", equalTo(140));
        }
    }

    /** The earlier release counts such students under the unknown country. */
    @Test
    void a_country_that_the_reference_has_only_since_is_suppressed_in_what_was_released_before() throws SQLException {
        BinaryCodeTree then = BinaryCodeTree.build(List.of("THA", "LAO"), List.of());
        ReleasedNode table =
                CellSuppression.completeSuppression().suppressFirst(then, code -> code.equals("THA") ? 30 : 20);
        store.makeRelease(
                "test",
                Instant.now(),
                (earlier, number) -> List.of(new ReleasedSheet(
                        PlacementSender.FIGURE, 1, 1947, number, Map.of("hostCountry", table), true, true)),
                release -> {},
                restored -> {});

        getAsAlliance(VALUES + "period=1947&by=hostCountry&hostCountry=THA,VNM")
                .statusCode(200)
                .body("items.find { it.hostCountry == 'THA' }.value", equalTo(30))
                .body("items.find { it.hostCountry == 'VNM' }.status", equalTo("suppressed"));
        getAsAlliance(VALUES + "period=1947").statusCode(200).body("items[0].value", equalTo(50));
    }

    @Test
    void the_answer_says_by_which_definition_each_year_was_released() throws SQLException {
        ReleasedNode table = CellSuppression.completeSuppression()
                .suppressFirst(BinaryCodeTree.build(List.of("THA", "LAO"), List.of()), code -> 30);
        store.makeRelease(
                "test",
                Instant.now(),
                (earlier, number) -> List.of(
                        new ReleasedSheet(
                                PlacementSender.FIGURE, 7, 1939, number, Map.of("hostCountry", table), true, true),
                        new ReleasedSheet(
                                PlacementSender.FIGURE, 8, 1940, number, Map.of("hostCountry", table), true, true)),
                release -> {},
                restored -> {});

        getAsAlliance(VALUES + "period=1939")
                .statusCode(200)
                .header("Voyage-Definitions", PlacementSender.FIGURE + "@7")
                .header("Voyage-Notes", nullValue())
                .body("indicator.version", equalTo(7));
        getAsAlliance(VALUES + "period=1939..1940&by=year")
                .statusCode(200)
                .header("Voyage-Definitions", PlacementSender.FIGURE + "@8")
                .header("Voyage-Notes", "older-definition")
                .body("notes[0].en", containsString("1939 (7)."));
    }

    /** No other test releases a year of this century. */
    @Test
    void without_a_period_an_alliance_reads_the_newest_year_that_most_provinces_had_reported() {
        ReleasedNode table = CellSuppression.completeSuppression()
                .suppressFirst(BinaryCodeTree.build(List.of("THA", "LAO"), List.of()), code -> 30);
        store.makeRelease(
                "test",
                Instant.now(),
                (earlier, number) -> List.of(
                        new ReleasedSheet(PlacementSender.FIGURE, 1, 2020, number, Map.of(COUNTRY, table), true, true),
                        new ReleasedSheet(
                                PlacementSender.FIGURE, 1, 2021, number, Map.of(COUNTRY, table), true, false)),
                release -> {},
                restored -> {});

        getAsAlliance("/v1/indicators/" + PlacementSender.FIGURE + "/values")
                .statusCode(200)
                .body("period", equalTo("2020"))
                .body("headline", equalTo(Map.of("period", "2020")));
        getAsAlliance(VALUES + "by=year&period=2021").statusCode(200).body("items[0].value", equalTo(60));
    }

    @Test
    void the_answer_says_of_which_release_it_is_and_what_is_suppressed_in_every_format() {
        sendWorld(1961);
        long number = makeRelease().getLong("release.number");
        String asked = VALUES + "period=1961&by=hostCountry&hostCountry=LAO,BRA&shares=true&totals=true";

        getAsAlliance(asked)
                .statusCode(200)
                .header("Voyage-Release", String.valueOf(number))
                .header("Voyage-Position", equalTo(null))
                .body("release.number", equalTo((int) number))
                .body("release.at", notNullValue())
                .body("position.topics.size()", equalTo(0))
                .body("items.find { it.hostCountry == 'LAO' }.value", equalTo(null))
                .body("items.find { it.hostCountry == 'LAO' }.status", equalTo("suppressed"));
        assertThat(getAsAlliance(asked + "&format=csv").extract().asString())
                .contains("hostCountryEn,value,share,status,unit,filters")
                .containsPattern("value,LAO,[^,]*,[^,]*,,,suppressed,participants,");
        assertThat(getAsAlliance(asked + "&format=sdmx-csv").extract().asString())
                .contains(",OBS_VALUE,OBS_SHARE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE")
                .contains(",LAO,\"hostCountry=BRA,LAO\",1961,,,Q,C,participants");
        getAsAlliance(asked + "&format=sdmx-json")
                .statusCode(200)
                .body("data.structures[0].attributes.observation.id", equalTo(List.of("OBS_STATUS", "CONF_STATUS")))
                .body("data.structures[0].attributes.observation[1].values.id", equalTo(List.of("F", "C")))
                .body("data.dataSets[0].observations.collect { it.value }", hasItem(Arrays.asList(null, null, 1, 1)));
        getAsAlliance(asked + "&format=xlsx").statusCode(200);
    }

    @Test
    void the_list_of_figures_shows_what_can_be_asked_for() {
        getAsAlliance("/v1/indicators")
                .statusCode(200)
                .body("items.code", hasItem("overseas-schools"))
                .body("items.code", hasItem("inbound-students"))
                .body("items.code", hasItem("overseas-schools-concentration"))
                .body("items.code", not(hasItem("inbound-admissions")))
                .body("items.code", not(hasItem("inbound-students-share")))
                .body("items.dimensions.flatten()", not(hasItem("province")))
                .body("items.dimensions.flatten()", not(hasItem("college")));
        getAsAlliance("/v1/indicators/inbound-students")
                .statusCode(200)
                .body("dimensions", equalTo(List.of("nationality", "region", "subRegion", "level", "category")))
                .body("lists", not(hasItem("double-high")))
                .body(
                        "tables.dimensions",
                        equalTo(List.of(
                                List.of("nationality", "region", "subRegion"), List.of("level"), List.of("category"))))
                .body("tables[0].lists", hasItem("asean"))
                .body("tables[0].lists", not(hasItem("double-high")))
                .body("tables[1].lists", equalTo(List.of()));
        getAsAlliance("/v1/indicators/overseas-schools").statusCode(200).body("tables", nullValue());
        getAsAlliance("/v1/indicators/inbound-admissions")
                .statusCode(403)
                .body("errors[0].rule", equalTo("outside-closed"));
        getAsAlliance("/v1/indicators/nothing").statusCode(404);
    }

    @Test
    void an_operator_sees_what_readers_outside_see() {
        sendWorld(1947);
        makeRelease();
        String values = VALUES + "period=1947&by=hostCountry";

        for (String path : List.of(values + "&", "/v1/indicators?", "/v1/indicators/inbound-students?")) {
            assertThat(getAsOperator(path + "as=outside")
                            .statusCode(200)
                            .extract()
                            .asString())
                    .isEqualTo(getAsAlliance(path.substring(0, path.length() - 1))
                            .statusCode(200)
                            .extract()
                            .asString());
        }
        getAsOperator(values + "&as=outside").body("items.status", hasItem("suppressed"));
        String several = "/v1/values?period=1947&by=hostCountry&as=outside&figure=";
        getAsOperator(several + PlacementSender.FIGURE + ",overseas-schools")
                .statusCode(200)
                .body(
                        "items[0].items",
                        equalTo(getAsAlliance(values).extract().jsonPath().getList("items")))
                .body("items[0].release.number", notNullValue())
                .body("items[1].indicator.code", equalTo("overseas-schools"))
                .body("items[1].release", nullValue());
        getAsOperator(several + "overseas-schools,inbound-admissions")
                .statusCode(403)
                .body("errors[0].rule", equalTo("outside-closed"))
                .body("errors[0].pointer", equalTo("?figure"));
        getAsOperator(several + "overseas-schools&asOf=2026-01-01T00:00:00Z").statusCode(403);
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get(several + "overseas-schools")
                .then()
                .statusCode(403);
        getAsOperator(values).body("items.status", not(hasItem("suppressed")));
        getAsOperator(values + "&as=outside&asOf=2026-01-01T00:00:00Z").statusCode(403);
        getAsOperator(values + "&as=alliance").statusCode(400).body("errors[0].pointer", equalTo("?as"));
        getAsOperator(values + "&as=outside&as=outside").statusCode(400);
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get(values + "&as=outside")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse getAsOperator(String path) {
        return given().auth().oauth2(TestTokens.operatorToken()).get(path).then();
    }

    @Test
    void figures_that_count_no_persons_are_shown_as_they_are() {
        String schools = "/v1/indicators/overseas-schools/values?by=brand&hostCountry=GUY";
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, "12/R-GUY", 1, TestEventLog.schoolJson("GUY", "other", "2020-05-01", null));
        await().atMost(SOON)
                .untilAsserted(() -> getAsAlliance(schools)
                        .statusCode(200)
                        .body("items.value", equalTo(List.of(1)))
                        .body("release", equalTo(null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "outbound-participants/values?by=province; outside-administration; ?by",
                "outbound-participants/values?by=college; outside-administration; ?by",
                "outbound-participants/values?college=4154000001; outside-administration; ?college",
                "overseas-schools/values?province=54; outside-administration; ?province",
                "overseas-schools/values?by=year,province; outside-administration; ?by",
                "outbound-participants/values?by=hostCountry,purpose; outside-table; ?by",
                "outbound-participants/values?by=hostCountry&purpose=study; outside-table; ?by",
                "outbound-participants/values?by=purpose&list=asean@now; outside-table; ?by",
                "outbound-participants/values?by=year&list=asean@then; outside-list-then; ?list",
                "outbound-participants/values?list=double-high@now; outside-colleges; ?list",
                "outbound-participants/values?period=1951-06; outside-years; ?period",
                "outbound-participants/values?period=1951..1955; outside-years; ?period",
                "outbound-participants/values?asOf=2026-01-01T00:00:00Z; outside-now; ?asOf",
                "overseas-schools/values?asOf=2026-01-01T00:00:00Z; outside-now; ?asOf",
                "overseas-schools/values?receipt=x; outside-now; ?receipt",
                "inbound-admissions/values; outside-closed; {code}",
                "outbound-person-days/values; outside-closed; {code}",
                "inbound-students-share/values?nationality=NRU; outside-closed; {code}",
                "inbound-nationalities/values; outside-closed; {code}",
            })
    void what_is_not_for_outside_is_refused_and_says_why(String asked, String rule, String pointer) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?allowUnlocked=true")
                .then()
                .statusCode(200);

        getAsAlliance("/v1/indicators/" + asked)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule))
                .body("errors[0].pointer", equalTo(pointer))
                .body("detailZh", notNullValue());
    }

    @Test
    void a_year_that_was_not_released_is_named_so() {
        sendWorld(1963);
        makeRelease();

        getAsAlliance(VALUES + "period=1901")
                .statusCode(400)
                .body("errors[0].rule", equalTo("not-released"))
                .body("errors[0].pointer", equalTo("?period"))
                .body("detail", containsString("1963"));
        getAsAlliance(VALUES + "by=provinc").statusCode(400).body("errors[0].rule", equalTo("dimension-unknown"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/values?figure=outbound-participants",
                "/v1/values?figure=outbound-participants&as=outside",
                "/v1/indicators/outbound-participants/evidence",
                "/v1/indicators/outbound-participants/changes?from=2026-01-01T00:00:00Z",
                "/v1/indicators/outbound-participants/coverage",
                "/v1/indicators/stream?code=outbound-participants",
                "/v1/completeness",
                "/v1/reconciliation",
                "/v1/releases",
                "/v1/proofs",
            })
    void everything_else_is_closed(String path) {
        getAsAlliance(path).statusCode(403);
    }

    @Test
    void without_the_right_token_nothing_is_returned() {
        given().get(VALUES + "by=hostCountry").then().statusCode(401);
        given().auth().oauth2("nonsense").get(VALUES + "by=year").then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.privacyOfficerToken())
                .get("/v1/indicators")
                .then()
                .statusCode(403);
    }

    private static Set<String> smallCountries() {
        return WORLD.entrySet().stream()
                .filter(country -> country.getValue() < 10)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void sendWorld(int year) {
        PlacementSender placements = new PlacementSender(year);
        WORLD.forEach((country, participants) -> placements.sendPlacement(
                "12", country, participants, country.equals("LAO") ? "competition" : "internship"));
        placements.awaitCounted();
    }

    private static JsonPath makeRelease() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?allowUnlocked=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static long totalOf(int year) {
        return getAsAlliance(VALUES + "period=" + year)
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("items[0].value");
    }

    /** Returns all values of a year, without the number of the release. */
    private static String valuesBody(int year) {
        return getAsAlliance(VALUES + "by=hostCountry&totals=true&period=" + year)
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("items")
                + " "
                + totalOf(year);
    }

    private static ValidatableResponse getAsAlliance(String path) {
        return given().auth().oauth2(TestTokens.allianceToken("WFCP")).get(path).then();
    }
}
