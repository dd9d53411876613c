package org.voyage.indicators.feature.reconciliation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.history.EffectiveHistoryFixture;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RevisionBridgeIT implements RunningServiceTest {

    private static final long SEED = 20_261_126;
    private static final int CHANGES = 120;
    private static final List<String> COUNTRIES = List.of("TCD", "LAO", "KHM");

    @Inject
    CheckpointHistory knowledge;

    @Inject
    DataSource database;

    @Test
    void the_steps_add_up_to_the_difference_whatever_happened() throws SQLException {
        Random random = new Random(SEED);
        Map<String, Integer> schools = new HashMap<>();
        List<Instant> moments = new ArrayList<>();
        Set<String> causes = new HashSet<>();
        String set = loadSet("""
                tcd-schools,2023,7,schools,=,overseas,overseas-schools,period=2023&hostCountry=TCD
                tcd-countries,2023,1,countries,=,overseas,overseas-countries,"period=2023&hostCountry=TCD,LAO"
                tcd-students,2023,500,students,~,overseas,overseas-students,period=2023&hostCountry=TCD
                tcd-share,2023,12.34,percent,=,overseas,overseas-schools-share,period=2023&hostCountry=TCD
                """, "");
        for (int round = 0; round < 4; round++) {
            for (int i = 1; i < CHANGES / 4; i++) {
                sendRandomChange(random, schools);
            }
            Receipt last = sendRandomChange(random, schools);
            awaitEvidence(last);
            moments.add(lastCheckpointTime());
        }
        for (String figure : List.of("tcd-schools", "tcd-countries", "tcd-students", "tcd-share")) {
            for (Instant from : moments) {
                JsonPath bridge = getBridge("figure=" + figure + "&period=2023&set=" + set + "&from=" + from)
                        .statusCode(200)
                        .extract()
                        .jsonPath();

                BigDecimal sum = BigDecimal.ZERO;
                for (Map<String, Object> step : bridge.<Map<String, Object>>getList("steps")) {
                    sum = sum.add(new BigDecimal(String.valueOf(step.get("amount"))));
                    causes.add(String.valueOf(step.get("kind")));
                }
                assertThat(sum)
                        .as("%s from %s: %s", figure, from, bridge.prettify())
                        .isEqualByComparingTo(decimalAt(bridge, "difference"))
                        .isEqualByComparingTo(decimalAt(bridge, "live").subtract(decimalAt(bridge, "published")));
                assertThat(decimalAt(bridge, "known"))
                        .as("what was known then")
                        .isEqualByComparingTo(valueAsOf(bridge, from));
            }
        }
        assertThat(causes).contains("not-explained", "corrected", "withdrawn", "parent-changed", "late");
    }

    @Test
    void records_that_arrive_after_the_day_of_publication_are_reported_by_cause() {
        String set = loadSet("""
                nauru,2020,3,schools,=,overseas,overseas-schools,period=2020&hostCountry=SYC
                """, "&publishedOn=2021-06-30");
        sendSchool("SYC", null);
        sendSchool("SYC", null);
        awaitSchools("SYC", 2);
        String link = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/reconciliation?set=" + set)
                .then()
                .statusCode(200)
                .body("items[0].difference", equalTo(-1))
                .extract()
                .path("items[0].bridge");

        ValidatableResponse bridge = given().auth()
                .oauth2(TestTokens.operatorToken())
                .urlEncodingEnabled(false)
                .get(link)
                .then();

        bridge.statusCode(200)
                .body("from", equalTo("2021-06-30T16:00:00.000000Z"))
                .body("known", equalTo(0))
                .body("live", equalTo(2))
                .body("definition.code", equalTo("overseas-schools"))
                .body("steps.kind", equalTo(List.of("published-before-records", "late")))
                .body("steps[0].name.en", startsWith("Published before any record"))
                .body("steps.amount", equalTo(List.of(-3, 2)))
                .body("steps[1].events", equalTo(2))
                .body(
                        "attribution",
                        containsString("/v1/indicators/overseas-schools/changes?from=2021-06-30T16:00:00Z"));
    }

    /** One line of a share, which has no value without facts; the day of publication is unknown for both. */
    @Test
    void where_the_day_of_publication_is_not_known_the_bridge_begins_before_anything_was_known() {
        String set = loadSet("""
                some-schools,2020,3,schools,=,overseas,overseas-schools,period=2020&hostCountry=GUF
                some-share,2020,12.34,percent,=,overseas,overseas-schools-share,period=2020&hostCountry=GUF
                """, "");
        sendSchool("GUF", null);
        sendSchool("GUF", null);
        awaitSchools("GUF", 2);
        JsonPath lines = reconcileSet(set);

        JsonPath bridge = followLink(lines.getString("items[0].bridge"));

        assertThat(bridge.getString("publishedOn")).isNull();
        assertThat(bridge.getList("notes.code")).containsExactly("publication-unknown");
        assertThat(bridge.getInt("known")).isZero();
        assertThat(bridge.getList("steps.kind")).containsExactly("published-before-records", "late");
        assertThat(bridge.getList("steps.amount")).containsExactly(-3, 2);
        assertThat(bridge.getInt("difference")).isEqualTo(-1);
        assertThat(followLink("/v1/indicators/overseas-schools/values?asOf=" + bridge.getString("from"))
                        .getList("notes.code"))
                .contains("nothing-known");
        assertThat(followLink(bridge.getString("attribution")).getInt("difference"))
                .isEqualTo(2);
        JsonPath share = followLink(lines.getString("items[1].bridge"));
        assertThat(share.getString("known")).isNull();
        assertAddsUp(share);

        getBridge("figure=some-schools&period=2020&set=" + set + "&from="
                        + Instant.now().minusMillis(1))
                .statusCode(200)
                .body("known", equalTo(2))
                .body("containsKey('notes')", equalTo(false));
    }

    /**
     * The source names the year of its publication, and nothing was known here by its end; lines without a value, such as shares of nothing, have no difference either.
     */
    @Test
    void each_line_of_the_platform_that_has_a_difference_has_a_bridge_that_explains_it() {
        JsonPath lines = reconcileSet("built-in");
        List<Map<String, Object>> compared = lines.getList("items.findAll { it.difference != null }");

        assertThat(lines.getList("items.findAll { it.difference == null }.bridge"))
                .containsOnlyNulls();
        assertThat(compared)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("bridge")).isNotNull());
        for (Map<String, Object> line : compared) {
            JsonPath bridge = followLink(String.valueOf(line.get("bridge")));
            assertThat(bridge.getString("figure") + bridge.getString("period"))
                    .isEqualTo(String.valueOf(line.get("figure")) + line.get("period"));
            assertThat(bridge.getString("publishedOn")).isEqualTo("2025-12-31");
            assertThat(bridge.getList("notes")).isNull();
            assertThat(bridge.getList("steps.kind")).doesNotContain("not-explained");
            assertAddsUp(bridge);
        }
    }

    /** The bridge of this line said for years that -543 was not explained. */
    @Test
    void the_bridge_of_the_543_schools_leads_from_the_published_number_over_what_came_late() {
        sendSchool("TUV", null);
        awaitSchools("TUV", 1);

        JsonPath bridge = getBridge("figure=overseas-schools&period=2023&set=built-in")
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(bridge.getInt("published")).isEqualTo(543);
        assertThat(bridge.<String>getList("steps.kind"))
                .startsWith("published-before-records")
                .contains("late");
        assertThat(bridge.getInt("steps[0].amount")).isEqualTo(-543);
        assertAddsUp(bridge);
    }

    private static JsonPath reconcileSet(String set) {
        return followLink("/v1/reconciliation?set=" + set);
    }

    /** Returns the response at a link of another response. */
    private static JsonPath followLink(String link) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .urlEncodingEnabled(false)
                .get(link)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void assertAddsUp(JsonPath bridge) {
        BigDecimal sum = bridge.<Object>getList("steps.amount").stream()
                .map(amount -> new BigDecimal(String.valueOf(amount)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum)
                .as(bridge.prettify())
                .isEqualByComparingTo(decimalAt(bridge, "difference"))
                .isEqualByComparingTo(decimalAt(bridge, "live").subtract(decimalAt(bridge, "published")));
    }

    @Test
    void a_line_of_today_has_only_what_is_not_explained() {
        String set = loadSet("""
                a-line,2020,3,schools,=,overseas,overseas-schools,period=2020&hostCountry=STP
                """, "&publishedOn=" + LocalDate.now(ZoneId.of("Asia/Shanghai")));

        getBridge("figure=a-line&period=2020&set=" + set)
                .statusCode(200)
                .body("steps.kind", equalTo(List.of("not-explained")))
                .body("steps.amount", equalTo(List.of(-3)));
    }

    @Test
    void as_a_file_each_step_leads_to_a_value_from_the_published_one_to_the_live_one() {
        String set = loadSet("""
                vanuatu,2020,5,schools,=,overseas,overseas-schools,period=2020&hostCountry=VUT
                """, "&publishedOn=2021-06-30");
        sendSchool("VUT", null);
        sendSchool("VUT", null);
        awaitSchools("VUT", 2);

        List<String> lines = getBridge("format=csv&figure=vanuatu&period=2020&set=" + set)
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();

        assertThat(lines.getFirst()).contains("line,kind,kindZh,kindEn,events,amount,value,unit,link");
        assertThat(lines.subList(1, lines.size()))
                .satisfiesExactly(
                        published -> assertThat(published).contains(",published,,,,,,5,schools,/v1/indicators/"),
                        before -> assertThat(before).contains(",step,published-before-records,", ",0,-5,0,schools,"),
                        late -> assertThat(late).contains(",step,late,", ",2,2,2,schools,"),
                        live -> assertThat(live).contains(",live,,,,,,2,schools,"));
    }

    /** Simulates two starts: first with another definition, then with the current one. */
    @Test
    void what_a_newer_definition_makes_of_it_is_a_step_of_its_own() throws Exception {
        String set = loadSet("""
                tcd-open,2023,9,schools,=,overseas,overseas-schools,period=2023&hostCountry=GNQ
                """, "");
        sendSchool("GNQ", null);
        sendSchool("GNQ", "2024-05-01");
        sendSchool("GNQ", "2024-05-01");
        awaitSchools("GNQ", 3);
        String serves = Files.readString(Path.of("../../contracts/indicators/overseas-schools.yaml"));
        EffectiveHistoryFixture noted = new EffectiveHistoryFixture(database);
        noted.recordDefinition(
                "overseas-schools",
                serves.replace("version: 1", "version: 2").replace("[open, suspended, closed]", "[open]"));
        Instant from = lastCheckpointTime();
        noted.recordDefinition("overseas-schools", serves);
        sendSchool("GNQ", null);
        awaitSchools("GNQ", 4);

        ValidatableResponse bridge = getBridge("figure=tcd-open&period=2023&set=" + set + "&from=" + from);

        bridge.statusCode(200)
                .body("steps.kind", equalTo(List.of("not-explained", "definition-changed", "late")))
                .body("steps.amount", equalTo(List.of(-8, 2, 1)))
                .body("known", equalTo(1))
                .body("knownVersion", equalTo(2))
                .body("definition.version", equalTo(1))
                .body("live", equalTo(4))
                .body("difference", equalTo(-5));
    }

    @ParameterizedTest
    @CsvSource({
        "period=2020, 400",
        "figure=a-line, 400",
        "figure=a-line&period=2020&from=soon, 400",
        "figure=a-line&period=2020&from=2099-01-01T00:00:00Z, 400",
        "figure=a-line&period=1999&from=2024-01-01T00:00:00Z, 404",
        "figure=uncounted&period=2020&from=2024-01-01T00:00:00Z, 409",
        "figure=empty-share&period=2020&from=2024-01-01T00:00:00Z, 409",
    })
    void a_bridge_needs_a_line_a_figure_and_a_beginning(String asked, int status) {
        String set = loadSet("""
                a-line,2020,3,schools,=,overseas,overseas-schools,period=2020&hostCountry=STP
                uncounted,2020,3,schools,=,overseas,,
                empty-share,2020,3,percent,=,standards,credential-recognition-rate,period=2020
                """, "");

        getBridge(asked + "&set=" + set).statusCode(status).contentType("application/problem+json");
    }

    private static BigDecimal decimalAt(JsonPath answer, String path) {
        return new BigDecimal(answer.getString(path));
    }

    /** Returns the value of the figure's own query. */
    private static BigDecimal valueAsOf(JsonPath bridge, Instant asOf) {
        return new BigDecimal(given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + bridge.getString("definition.code") + "/values?" + bridge.getString("slice")
                        + "&asOf=" + asOf)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("items[0].value"));
    }

    /** Sends one random event of schools or their students, sometimes on a new record. */
    private static Receipt sendRandomChange(Random random, Map<String, Integer> schools) {
        List<String> keys = new ArrayList<>(schools.keySet());
        boolean fresh = keys.isEmpty() || random.nextInt(3) == 0;
        String key = fresh
                ? "12/B-" + new UUID(random.nextLong(), System.nanoTime())
                : keys.get(random.nextInt(keys.size()));
        int version = schools.merge(key, 1, Integer::sum);
        if (!fresh && random.nextInt(2) == 0) {
            String headcount = random.nextInt(4) == 0
                    ? null
                    : TestEventLog.headcountJson(key.substring(3), 2023, 1 + random.nextInt(90));
            return TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, key, version, headcount);
        }
        String school = !fresh && random.nextInt(4) == 0
                ? null
                : TestEventLog.schoolJson(
                        COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                        "other",
                        "20" + (15 + random.nextInt(11)) + "-03-01",
                        null);
        return TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, version, school);
    }

    private static void awaitEvidence(Receipt last) {
        String counted = "/v1/indicators/overseas-schools/values?receipt=" + last.text();
        given().auth().oauth2(TestTokens.operatorToken()).get(counted).then().statusCode(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (String code : List.of("overseas-schools", "overseas-students")) {
                String every = "/v1/indicators/" + code + "/values?by=year,hostCountry";
                assertThat(getValues(every + "&asOf=" + Instant.now().minusMillis(1)))
                        .isEqualTo(getValues(every));
            }
        });
    }

    private static void sendSchool(String country, @Nullable String closedOn) {
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "12/B-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson(country, "other", "2019-03-01", closedOn));
    }

    /** Waits until evidence and live figures hold this number of schools that were open in 2020. */
    private static void awaitSchools(String country, int value) {
        String asked = "period=2020&hostCountry=" + country;
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(getValues("/v1/indicators/overseas-schools/values?" + asked)
                            .toString())
                    .isEqualTo("[{value=" + value + "}]");
            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .get("/v1/indicators/overseas-schools/evidence?" + asked)
                    .then()
                    .body("value", equalTo(value));
        });
    }

    private static List<Object> getValues(String path) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }

    private Instant lastCheckpointTime() throws SQLException {
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    private static String loadSet(String lines, String query) {
        String set = "bridge-" + UUID.randomUUID();
        String csv = "figure,period,value,unit,relation,service,indicator,slice\n" + lines;
        RawBodyRequests.withBody(TestTokens.operatorToken(), "text/csv", csv.getBytes(StandardCharsets.UTF_8))
                .put("/v1/published-sets/" + set + "?title=t&source=s" + query)
                .then()
                .statusCode(201);
        return set;
    }

    private static ValidatableResponse getBridge(String query) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/reconciliation/bridge?" + query)
                .then();
    }
}
