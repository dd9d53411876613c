package org.voyage.indicators.release;

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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.release.Deduction.Interval;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

/** What an alliance reads, and what it cannot find out from it. Every test has a year of its own. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class OutsideIT implements Serving {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String COUNTRY = "hostCountry";
    private static final String VALUES = "/v1/indicators/" + Placements.FIGURE + "/values?";

    /** A country with 3 students, two small ones side by side, a region of small ones, and large ones around them. */
    private static final Map<String, Integer> WORLD = new LinkedHashMap<>();

    static {
        WORLD.putAll(Map.of("THA", 120, "VNM", 80, "LAO", 3, "KHM", 45, "MYS", 60, "IDN", 200, "MMR", 5));
        WORLD.putAll(Map.of("DEU", 90, "FRA", 4, "NLD", 31, "KEN", 30, "ETH", 12, "ZAF", 9, "NRU", 2, "FJI", 1));
        WORLD.putAll(Map.of("BRA", 150, "RUS", 100, "KAZ", 26, "UZB", 8));
    }

    @Inject
    Releases releases;

    @Inject
    ReleaseStore store;

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics(List.of(Placements.TOPIC));
    }

    @Test
    void no_number_of_1_to_9_persons_is_found_out_from_all_tables_together() {
        world(1951);
        release();

        Reading reading = Attacker.of(Placements.FIGURE, 1951).askAround(COUNTRY, small());

        assertThat(reading.shown(COUNTRY))
                .isNotEmpty()
                .allSatisfy((country, value) -> assertThat(value)
                        .isEqualTo(WORLD.getOrDefault(country, 0).longValue())
                        .isGreaterThan(9));
        assertThat(reading.suppressed(COUNTRY)).containsAll(small());
        assertThat(reading.attacker().relations()).isGreaterThan(10);
        for (String country : small()) {
            Interval possible = reading.interval(COUNTRY, country);
            assertThat(possible.holds(1)).as("%s %s", country, possible).isTrue();
            assertThat(possible.holds(9)).as("%s %s", country, possible).isTrue();
        }
    }

    /** 3 of 976 in a competition: the others together would tell of them. */
    @Test
    void a_small_number_takes_along_what_would_tell_of_it() {
        world(1949);
        release();

        alliance(VALUES + "period=1949&by=purpose&totals=true&shares=true")
                .statusCode(200)
                .body("totals[0].value", equalTo(976))
                .body("values.purpose", hasItems("competition", "internship"))
                .body("values.status", everyItem(equalTo("suppressed")))
                .body("values.share", everyItem(equalTo(null)));
        alliance(VALUES + "period=1949&purpose=internship,exchange,study")
                .statusCode(200)
                .body("values[0].value", equalTo(null));
        alliance(VALUES + "period=1949&purpose=internship,exchange,study,competition&top=1&by=purpose")
                .statusCode(200)
                .body("others[0].value", equalTo(null))
                .body("others[0].status", equalTo("suppressed"));
    }

    /** The same attacker, so that it is known to find something where there is something. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out() throws SQLException {
        world(1937);
        releases.make("test", Protection.ofSmallOnesAlone(), year -> year == 1937);

        Reading reading = Attacker.of(Placements.FIGURE, 1937).askAround(COUNTRY, small());

        assertThat(small()).anySatisfy(country -> {
            Interval found = reading.interval(COUNTRY, country);
            assertThat(found.least())
                    .isEqualTo(WORLD.getOrDefault(country, 0).doubleValue())
                    .isEqualTo(found.most());
        });
    }

    @Test
    void one_student_more_and_one_fewer_are_seen_by_nobody() {
        world(1953);
        Placements placements = new Placements(1953);
        String withdrawn = placements.send("54", "KEN", 1, "study");
        placements.counted();
        release();
        String before = body(1953);

        placements.withdraw(withdrawn);
        placements.send("54", "LAO", 1, "study");
        placements.send("54", "VNM", 1, "study");
        placements.counted();
        JsonPath made = release();

        assertThat(body(1953)).isEqualTo(before);
        assertThat(made.getList("kept.year")).doesNotContain(1953);
    }

    /** 60 more to Indonesia and to Brazil, 9 more to Laos, 1 more to Viet Nam, 12 to Uzbekistan, and 3 to a new country. */
    @Test
    void a_later_release_tells_neither_small_numbers_nor_small_changes() {
        world(1955);
        release();
        Reading before = Attacker.of(Placements.FIGURE, 1955);
        Map<String, Long> shownBefore = before.shown(COUNTRY);
        Set<String> suppressedBefore = before.suppressed(COUNTRY);
        Placements placements = new Placements(1955);
        placements.sendAll(Map.of("IDN", 60, "BRA", 60, "LAO", 9, "VNM", 1, "CHL", 3));
        placements.send("54", "UZB", 12, "study");
        placements.counted();
        JsonPath made = release();
        assertThat(made.getList("kept.year")).doesNotContain(1955);

        Set<String> changedLittle = Set.of("LAO", "VNM", "CHL");
        Reading after = Attacker.of(Placements.FIGURE, 1955).askAround(COUNTRY, changedLittle);

        assertThat(total(1955))
                .isEqualTo(WORLD.values().stream().mapToInt(Integer::intValue).sum() + 145);
        Map<String, Long> shown = after.shown(COUNTRY);
        for (String country : shown.keySet()) {
            long change = shown.getOrDefault(country, 0L) - shownBefore.getOrDefault(country, 0L);
            assertThat(Math.abs(change)).as(country).matches(persons -> persons == 0 || persons > 9);
        }
        assertThat(after.suppressed(COUNTRY)).containsAll(suppressedBefore);
        for (String country : changedLittle) {
            Interval then = before.interval(COUNTRY, country);
            Interval now = after.interval(COUNTRY, country);
            assertThat((now.most() - then.least()) - (now.least() - then.most()))
                    .as("%s %s %s", country, then, now)
                    .isGreaterThanOrEqualTo(9);
        }
        for (String country : List.of("MMR", "FRA", "NRU", "FJI", "CHL")) {
            Interval possible = after.interval(COUNTRY, country);
            assertThat(possible.holds(1) && possible.holds(9))
                    .as("%s %s", country, possible)
                    .isTrue();
        }
    }

    @Test
    void a_year_with_fewer_than_10_persons_has_no_total_either() {
        Placements placements = new Placements(1959);
        placements.send("12", "THA", 7, "study");
        placements.counted();
        release();

        alliance(VALUES + "period=1959&by=hostCountry&totals=true")
                .statusCode(200)
                .body("totals[0].value", equalTo(null))
                .body("totals[0].status", equalTo("suppressed"))
                .body("values.value", everyItem(equalTo(null)));
    }

    @Test
    void what_has_no_known_country_is_counted_once_in_every_table() {
        Placements placements = new Placements(1967);
        placements.sendAll(Map.of("THA", 100, "XXX", 40));
        placements.counted();
        release();

        for (String by : List.of("hostCountry", "region", "subRegion")) {
            alliance(VALUES + "period=1967&totals=true&by=" + by)
                    .statusCode(200)
                    .body("values.find { it." + by + " == 'unknown' }.value", equalTo(40))
                    .body("totals[0].value", equalTo(140));
        }
    }

    /** Whoever was there then stands with those of no known country. */
    @Test
    void a_country_that_the_reference_has_only_since_is_suppressed_in_what_was_released_before() throws SQLException {
        Halves then = Halves.of(List.of("THA", "LAO"), List.of());
        Part table = Protection.complete().first(then, code -> code.equals("THA") ? 30 : 20);
        store.keep(
                "test",
                Instant.now(),
                (earlier, number) ->
                        List.of(new Sheet(Placements.FIGURE, 1, 1947, number, Map.of("hostCountry", table))),
                release -> {});

        alliance(VALUES + "period=1947&by=hostCountry&hostCountry=THA,VNM")
                .statusCode(200)
                .body("values.find { it.hostCountry == 'THA' }.value", equalTo(30))
                .body("values.find { it.hostCountry == 'VNM' }.status", equalTo("suppressed"));
        alliance(VALUES + "period=1947").statusCode(200).body("values[0].value", equalTo(50));
    }

    @Test
    void the_answer_says_by_which_definition_each_year_was_released() throws SQLException {
        Part table = Protection.complete().first(Halves.of(List.of("THA", "LAO"), List.of()), code -> 30);
        store.keep(
                "test",
                Instant.now(),
                (earlier, number) -> List.of(
                        new Sheet(Placements.FIGURE, 7, 1939, number, Map.of("hostCountry", table)),
                        new Sheet(Placements.FIGURE, 8, 1940, number, Map.of("hostCountry", table))),
                release -> {});

        alliance(VALUES + "period=1939")
                .statusCode(200)
                .header("Voyage-Definitions", Placements.FIGURE + "@7")
                .header("Voyage-Notes", nullValue())
                .body("indicator.version", equalTo(7));
        alliance(VALUES + "period=1939..1940&by=year")
                .statusCode(200)
                .header("Voyage-Definitions", Placements.FIGURE + "@8")
                .header("Voyage-Notes", "older-definition")
                .body("notes[0].en", containsString("1939 (7)."));
    }

    @Test
    void the_answer_says_of_which_release_it_is_and_what_is_suppressed_in_every_format() {
        world(1961);
        long number = release().getLong("release.number");
        String asked = VALUES + "period=1961&by=hostCountry&hostCountry=LAO,BRA&shares=true&totals=true";

        alliance(asked)
                .statusCode(200)
                .header("Voyage-Release", String.valueOf(number))
                .header("Voyage-Position", equalTo(null))
                .body("release.number", equalTo((int) number))
                .body("release.at", notNullValue())
                .body("position.topics.size()", equalTo(0))
                .body("values.find { it.hostCountry == 'LAO' }.value", equalTo(null))
                .body("values.find { it.hostCountry == 'LAO' }.status", equalTo("suppressed"));
        assertThat(alliance(asked + "&format=csv").extract().asString())
                .contains("hostCountryEn,value,share,status,unit,filters")
                .containsPattern("value,LAO,[^,]*,[^,]*,,,suppressed,participants,");
        assertThat(alliance(asked + "&format=sdmx-csv").extract().asString())
                .contains(",OBS_VALUE,OBS_SHARE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE")
                .contains(",LAO,\"hostCountry=BRA,LAO\",1961,,,Q,C,participants");
        alliance(asked + "&format=sdmx-json")
                .statusCode(200)
                .body("data.structures[0].attributes.observation.id", equalTo(List.of("OBS_STATUS", "CONF_STATUS")))
                .body("data.structures[0].attributes.observation[1].values.id", equalTo(List.of("F", "C")))
                .body("data.dataSets[0].observations.collect { it.value }", hasItem(Arrays.asList(null, null, 1, 1)));
        alliance(asked + "&format=xlsx").statusCode(200);
    }

    @Test
    void the_list_of_figures_shows_what_can_be_asked_for() {
        alliance("/v1/indicators")
                .statusCode(200)
                .body("items.code", hasItem("overseas-schools"))
                .body("items.code", hasItem("inbound-students"))
                .body("items.code", hasItem("overseas-schools-concentration"))
                .body("items.code", not(hasItem("inbound-admissions")))
                .body("items.code", not(hasItem("inbound-students-share")))
                .body("items.dimensions.flatten()", not(hasItem("province")))
                .body("items.dimensions.flatten()", not(hasItem("college")));
        alliance("/v1/indicators/inbound-students")
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
        alliance("/v1/indicators/overseas-schools").statusCode(200).body("tables", nullValue());
        alliance("/v1/indicators/inbound-admissions").statusCode(403).body("errors[0].rule", equalTo("outside-closed"));
        alliance("/v1/indicators/nothing").statusCode(404);
    }

    @Test
    void figures_that_count_no_persons_are_shown_as_they_are() {
        String schools = "/v1/indicators/overseas-schools/values?by=brand&hostCountry=GUY";
        EventLog.send(EventLog.SCHOOL, "12/R-GUY", 1, EventLog.school("GUY", "other", "2020-05-01", null));
        await().atMost(SOON)
                .untilAsserted(() -> alliance(schools)
                        .statusCode(200)
                        .body("values.value", equalTo(List.of(1)))
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
        given().auth().oauth2(Tokens.operator()).post("/v1/releases").then().statusCode(200);

        alliance("/v1/indicators/" + asked)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo(rule))
                .body("errors[0].pointer", equalTo(pointer))
                .body("detailZh", notNullValue());
    }

    @Test
    void a_year_that_was_not_released_is_named_so() {
        world(1963);
        release();

        alliance(VALUES + "period=1901")
                .statusCode(400)
                .body("errors[0].rule", equalTo("not-released"))
                .body("errors[0].pointer", equalTo("?period"))
                .body("detail", containsString("1963"));
        alliance(VALUES + "by=provinc").statusCode(400).body("errors[0].rule", equalTo("dimension-unknown"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/values?figure=outbound-participants",
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
        alliance(path).statusCode(403);
    }

    @Test
    void without_a_token_nothing_is_told() {
        given().get(VALUES + "by=hostCountry").then().statusCode(401);
        given().auth().oauth2("nonsense").get(VALUES + "by=year").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.privacyOfficer())
                .get("/v1/indicators")
                .then()
                .statusCode(403);
    }

    private static Set<String> small() {
        return WORLD.entrySet().stream()
                .filter(country -> country.getValue() < 10)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void world(int year) {
        Placements placements = new Placements(year);
        WORLD.forEach((country, participants) ->
                placements.send("12", country, participants, country.equals("LAO") ? "competition" : "internship"));
        placements.counted();
    }

    private static JsonPath release() {
        return given().auth()
                .oauth2(Tokens.operator())
                .post("/v1/releases")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static long total(int year) {
        return alliance(VALUES + "period=" + year)
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("values[0].value");
    }

    /** All values of a year, without the number of the release. */
    private static String body(int year) {
        return alliance(VALUES + "by=hostCountry&totals=true&period=" + year)
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("values")
                + " "
                + total(year);
    }

    private static ValidatableResponse alliance(String path) {
        return given().auth().oauth2(Tokens.alliance("WFCP")).get(path).then();
    }
}
