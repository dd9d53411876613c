package org.voyage.indicators.completeness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.indicators.completeness.Telling.BATCH;
import static org.voyage.indicators.completeness.Telling.example;
import static org.voyage.indicators.completeness.Telling.ofYear;
import static org.voyage.indicators.completeness.Telling.outstanding;
import static org.voyage.indicators.completeness.Telling.plan;
import static org.voyage.indicators.completeness.Telling.send;
import static org.voyage.indicators.completeness.Telling.values;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.evidence.LastChanges;
import org.voyage.indicators.live.ByYear;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.Tokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class CompletenessIT implements Serving {

    @Inject
    LiveFigures live;

    @Inject
    LastChanges changes;

    @Inject
    Arrived arrived;

    @Inject
    Pushes pushes;

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics(
                List.of("overseas.batch", "overseas.outstanding", "overseas.year-close", "standards.batch"));
    }

    @Test
    void the_fate_of_every_file_is_counted_once() throws IOException {
        for (int i = 0; i < 2; i++) {
            String id = UUID.randomUUID().toString();
            send("overseas.batch", "53/" + id, example("batch.created").replace(BATCH, id), "53");
            send("overseas.batch", "53/" + id, example("batch.created").replace(BATCH, id), "53");
        }
        String failed = UUID.randomUUID().toString();
        send("overseas.batch", "53/" + failed, example("batch.created-failed").replace(BATCH, failed), "53");

        JsonPath sender =
                until("53", sent -> assertThat(sent.getInt("items[0].files")).isEqualTo(3));

        assertThat(sender.getInt("items[0].rows")).isEqualTo(360);
        assertThat(sender.getInt("items[0].refused")).isEqualTo(12);
        assertThat(sender.getInt("items[0].parked"))
                .as("what waits now no file tells")
                .isZero();
        assertThat(sender.getString("items[0].lastPush")).isEqualTo("2026-03-31T10:00:00.123456Z");
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 0);
        assertThat(sender.getList("items[0].years.refused")).containsExactly(2, 4, 0);
        assertThat(sender.getList("items[0].years.lastFile"))
                .containsExactly("2026-03-31T10:00:00.123456Z", "2026-03-31T10:00:00.123456Z", null);
        assertThat(sender.getInt("items[0].withoutYear.refused"))
                .as("rows without a year, and those of a file that was told of without years")
                .isEqualTo(6);
        assertThat(sender.getInt("items[0].withoutYear.parked")).isZero();
    }

    @Test
    void what_waits_falls_when_it_is_told_and_what_was_refused_adds_up_of_files_and_single_writes() throws IOException {
        String id = UUID.randomUUID().toString();
        send("overseas.batch", "14/" + id, example("batch.created").replace(BATCH, id), "14");
        send("overseas.outstanding", "14/overseas-headcount", example("outstanding.created"), "14");
        outstanding("14/overseas-training", "overseas-training", 1, 1, ofYear(2025, 5, 7));

        JsonPath waiting = until("14", sent -> {
            assertThat(sent.getInt("items[0].files")).isEqualTo(1);
            assertThat(sent.getInt("items[0].parked")).isEqualTo(19);
        });
        assertThat(waiting.getList("items[0].years.parked")).containsExactly(2, 17, 0);
        assertThat(waiting.getList("items[0].years.refused")).containsExactly(1, 12, 0);
        assertThat(waiting.getInt("items[0].refused")).isEqualTo(15);
        assertThat(waiting.getInt("items[0].withoutYear.parked")).isZero();
        assertThat(waiting.getInt("items[0].withoutYear.refused"))
                .as("one row of the file and one single write")
                .isEqualTo(2);

        send("overseas.outstanding", "14/overseas-headcount", example("outstanding.corrected"), "14");

        JsonPath applied =
                until("14", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(5));
        assertThat(applied.getList("items[0].years.parked")).containsExactly(0, 5, 0);
        assertThat(applied.getList("items[0].years.refused")).containsExactly(1, 13, 0);
        assertThat(applied.getInt("items[0].refused")).isEqualTo(16);
    }

    /** What says no year, or one that nobody can ask for, is told apart. */
    @Test
    void what_waits_is_in_its_year_or_in_none() {
        outstanding(
                "15/overseas-headcount",
                "overseas-headcount",
                1,
                1,
                "{\"waiting\":3,\"refused\":2}",
                ofYear(2099, 10, 1),
                ofYear(1998, 20, 0),
                ofYear(2026, 40, 0));

        JsonPath sender =
                until("15", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(73));
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 40);
        assertThat(sender.getInt("items[0].withoutYear.parked")).isEqualTo(13);
        assertThat(sender.getInt("items[0].withoutYear.refused")).isEqualTo(3);
        ask(Tokens.operator(), "?service=overseas&province=15&year=1998").body("items[0].years[0].parked", equalTo(20));
    }

    /** What comes last under the same key tells that the rest was read: of another record. */
    @Test
    void the_newest_word_about_what_waits_counts_whatever_comes_late_or_twice() throws IOException {
        String key = "51/overseas-headcount";
        for (String word : List.of("republished", "corrected", "created", "republished")) {
            send("overseas.outstanding", key, example("outstanding." + word), "51");
        }
        outstanding(key, "overseas-training", 1, 1, ofYear(2026, 1, 0));

        JsonPath sender = until(
                "51",
                sent -> assertThat(sent.getInt("items[0].years[2].parked")).isEqualTo(1));
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 1);
        assertThat(sender.getList("items[0].years.refused")).containsExactly(0, 4, 0);
        assertThat(sender.getInt("items[0].refused")).isEqualTo(5);

        for (String word : List.of("withdrawn", "corrected", "republished")) {
            send("overseas.outstanding", key, example("outstanding." + word), "51");
        }
        outstanding(key, "overseas-training", 2, 2, ofYear(2026, 2, 0));

        JsonPath withdrawn =
                until("51", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(2));
        assertThat(withdrawn.getInt("items[0].refused")).isZero();
    }

    @Test
    void what_waits_or_was_refused_is_a_push_of_the_year_in_which_it_became_more_or_less() {
        String key = "44/overseas-headcount";
        String record = "overseas-headcount";
        outstanding(key, record, 1, 1, ofYear(2025, 0, 1));
        assertThat(lastPushes("44", "2026-03-31T10:00:01Z")).containsExactly(null, "2026-03-31T10:00:01Z", null);

        outstanding(key, record, 2, 2, ofYear(2024, 1, 0), ofYear(2025, 0, 1));
        assertThat(lastPushes("44", "2026-03-31T10:00:02Z"))
                .containsExactly("2026-03-31T10:00:02Z", "2026-03-31T10:00:01Z", null);

        outstanding(key, record, 3, 3, ofYear(2025, 0, 1));
        assertThat(lastPushes("44", "2026-03-31T10:00:03Z"))
                .containsExactly("2026-03-31T10:00:03Z", "2026-03-31T10:00:01Z", null);

        outstanding(key, record, 4, 4, ofYear(2025, 0, 1), ofYear(2026, 1, 0));
        assertThat(lastPushes("44", "2026-03-31T10:00:04Z"))
                .containsExactly("2026-03-31T10:00:03Z", "2026-03-31T10:00:01Z", "2026-03-31T10:00:04Z");
        ask(Tokens.operator(), "?service=overseas&province=44")
                .body("items[0].years.lastFile", equalTo(Arrays.asList(null, null, null)));
    }

    /** By year, as soon as the sender has this one. */
    private static List<String> lastPushes(String province, String last) {
        return until(
                        province,
                        sent -> assertThat(sent.getString("items[0].lastPush")).isEqualTo(last))
                .getList("items[0].years.lastPush");
    }

    /** The same file told again, as after a republication, by a service that tells years only since. */
    @Test
    void a_newer_word_about_a_file_takes_the_place_of_the_older_one() throws IOException {
        String id = UUID.randomUUID().toString();
        String event = example("batch.created").replace(BATCH, id);
        String old = event.replaceFirst("(?s)\"years\": \\[.*?\\],", "");
        send("overseas.batch", "52/" + id, old, "52");
        until(
                "52",
                sent -> assertThat(sent.getInt("items[0].withoutYear.refused")).isEqualTo(4));

        send("overseas.batch", "52/" + id, event.replace("\"version\": 1", "\"version\": 2"), "52");

        JsonPath sender = until(
                "52", sent -> assertThat(sent.getList("items[0].years.refused")).containsExactly(1, 2, 0));
        assertThat(sender.getInt("items[0].refused")).isEqualTo(4);
        assertThat(sender.getInt("items[0].withoutYear.refused")).isEqualTo(1);
    }

    @Test
    void a_year_has_its_newest_state_whatever_comes_late() throws IOException {
        send("overseas.year-close", "54/2025", example("year-close.corrected"), "54");
        send("overseas.year-close", "54/2025", example("year-close.created"), "54");
        String marker = UUID.randomUUID().toString();
        send("overseas.batch", "54/" + marker, example("batch.created").replace(BATCH, marker), "54");

        JsonPath sender = until("54", sent -> {
            assertThat(sent.getInt("items[0].files")).isEqualTo(1);
            assertThat(sent.getString("items[0].years.find { it.year == 2025 }.state"))
                    .isEqualTo("accepted");
        });

        assertThat(sender.getString("items[0].years.find { it.year == 2026 }.state"))
                .isEqualTo("open");
    }

    @Test
    void records_are_expected_as_in_the_year_before() {
        for (String opened : List.of("2024-02-29", "2024-12-31", "2025-01-01")) {
            EventLog.send(
                    EventLog.SCHOOL, "61/C-" + UUID.randomUUID(), 1, EventLog.school("THA", "other", opened, null));
        }

        JsonPath sender = until(
                "61",
                sent -> assertThat(sent.getInt("items[0].years.find { it.year == 2025 }.received"))
                        .isEqualTo(1));

        assertThat(sender.getInt("items[0].years.find { it.year == 2025 }.expected"))
                .isEqualTo(2);
        assertThat(sender.getInt("items[0].years.find { it.year == 2024 }.records.overseas-school"))
                .isEqualTo(2);
        assertThat(sender.getString("items[0].lastPush")).isNotNull();
    }

    /** A file that comes, and a plan that is loaded, while an answer is put together. */
    @Test
    void an_answer_is_of_one_moment() throws Exception {
        String question = "/v1/completeness?service=overseas&province=50&year=2003";
        String owner = TestServers.owner("indicators");
        int planned = ThreadLocalRandom.current().nextInt(1_000, 1_000_000);
        JsonPath before = values(Tokens.operator(), question).extract().jsonPath();
        JsonPath answer;
        try (Connection meanwhile = TestServers.connect("indicators", owner, "all");
                Statement statement = meanwhile.createStatement()) {
            meanwhile.setAutoCommit(false);
            statement.execute("lock table plan in access exclusive mode");
            CompletableFuture<JsonPath> asked = CompletableFuture.supplyAsync(
                    () -> values(Tokens.operator(), question).extract().jsonPath());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (ResultSet waits = statement.executeQuery(
                        "select exists (select from pg_locks where relation = 'plan'::regclass and not granted)")) {
                    waits.next();
                    assertThat(waits.getBoolean(1)).isTrue();
                }
            });
            statement.execute("insert into submission values ('overseas', '50', gen_random_uuid()::text, 1,"
                    + " 'overseas-school', 10, 0, now())");
            statement.execute("insert into plan (year, version, content, lines, loaded_at, loaded_by)"
                    + " select 2003, count(*) + 1, convert_to(format(E'province,service,records\\n50,overseas,%s\\n', "
                    + planned + "), 'UTF8'), 1, now(), 'test' from plan where year = 2003");
            meanwhile.commit();
            answer = asked.get(30, TimeUnit.SECONDS);
            statement.execute("delete from submission where province = '50'");
            meanwhile.commit();
        }

        boolean hasPlan = Objects.equals(answer.get("items[0].years[0].expected"), planned);
        assertThat(answer.getInt("items[0].files"))
                .as("the plan is there: %s", hasPlan)
                .isEqualTo(before.getInt("items[0].files") + (hasPlan ? 1 : 0));
    }

    @Test
    void a_record_that_is_changed_by_itself_is_a_push_of_its_year() {
        String key = "45/C-" + UUID.randomUUID();
        JsonPath before = ask(Tokens.operator(), "?service=overseas&province=45")
                .extract()
                .jsonPath();
        Instant begun = Instant.now();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2025-03-01", null));

        JsonPath changed = pushed(key, "2025", begun);
        assertThat(changed.getString("items[0].lastPush"))
                .isEqualTo(changed.getString("items[0].years.find { it.year == 2025 }.lastPush"));
        for (String year : List.of("2024", "2026")) {
            String path = "items[0].years.find { it.year == " + year + " }.lastPush";
            assertThat(changed.getString(path)).isEqualTo(before.getString(path));
        }

        Instant later = Instant.now();
        EventLog.send(EventLog.SCHOOL, key, 2, null);
        pushed(key, "2025", later);
    }

    private static JsonPath pushed(String key, String year, Instant after) {
        return until(
                key.substring(0, 2),
                sent -> assertThat(sent.getString("items[0].years.find { it.year == " + year + " }.lastPush"))
                        .isNotNull()
                        .satisfies(at -> assertThat(Instant.parse(at)).isAfterOrEqualTo(after)));
    }

    @Test
    void a_plan_says_what_is_expected_until_another_one_does() {
        plan("2024", "65,overseas,7\n64,standards,3\n").statusCode(201).body("version", equalTo(1));
        plan("2024", "65,overseas,7\n64,standards,3\n").statusCode(200).body("version", equalTo(1));
        ask(Tokens.operator(), "?service=overseas&province=65")
                .statusCode(200)
                .body("items[0].years.year", equalTo(List.of(2024, 2025, 2026)))
                .body("items[0].years.expected", equalTo(Arrays.asList(7, null, null)))
                .body("items[0].years.expectedFrom", equalTo(Arrays.asList("plan", null, null)));

        plan("2024", "65,overseas,0\n").statusCode(201).body("version", equalTo(2));

        ask(Tokens.operator(), "?service=overseas&province=65&year=2024")
                .body("items[0].years[0].expected", equalTo(0))
                .body("items[0].years[0].expectedFrom", equalTo("plan"));

        plan("2024", "").statusCode(201).body("version", equalTo(3)).body("lines", equalTo(0));

        ask(Tokens.operator(), "?service=overseas&province=65&year=2024")
                .body("items[0].years[0].expected", nullValue())
                .body("items[0].years[0].expectedFrom", nullValue());
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/plans/2024")
                .then()
                .statusCode(200)
                .body(equalTo("province,service,records\n"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.auditor())
                        .get("/v1/audit?action=plan-loaded&object=2024")
                        .then()
                        .body("items.details.version", equalTo(List.of(3, 2, 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "'99,overseas,1', /2/province, province-unknown",
        "'12,feeds,1', /2/service, service-unknown",
        "'12,overseas,1e3', /2/records, whole-number",
        "'12,overseas', /2, cells",
        "'12,overseas,1|12,overseas,2', /3, repeated",
    })
    void a_plan_is_refused_as_a_whole_by_line_and_column(String lines, String pointer, String rule) {
        plan("2025", lines.replace("|", "\n"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].rule", equalTo(rule));
        given().auth().oauth2(Tokens.operator()).get("/v1/plans/2025").then().statusCode(404);
    }

    /** Records that come, change their year, and go: followed since the start, and looked up after it. */
    @Test
    void last_pushes_that_are_followed_are_those_that_the_evidence_gives() {
        String key = "22/K-" + UUID.randomUUID();
        List<String> states = new ArrayList<>();
        for (int year : List.of(1958, 1959, 1958, 1960)) {
            states.add(EventLog.headcount("s", year, 3));
        }
        states.add(null);
        for (int version = 1; version <= states.size(); version++) {
            EventLog.send(EventLog.HEADCOUNT, key, version, states.get(version - 1));
        }
        EventLog.send(EventLog.HEADCOUNT, "22/K-" + UUID.randomUUID(), 1, EventLog.headcount("s", 1961, 3));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Instant> followed = live.read(cut -> ofProvince("22", cut.years("overseas-headcount")));
            assertThat(followed.keySet()).contains("1958", "1959", "1960", "1961");
            assertThat(followed)
                    .isEqualTo(ofProvince(
                            "22", List.copyOf(changes.of(arrived.yearFields()).entrySet())));
        });
    }

    private static Map<String, Instant> ofProvince(String province, Map<Integer, ByYear.Seen> years) {
        Map<String, Instant> last = new HashMap<>();
        years.forEach((year, seen) -> {
            Instant at = seen.changed().get(province);
            if (at != null) {
                last.put(String.valueOf(year), at);
            }
        });
        return last;
    }

    private static Map<String, Instant> ofProvince(String province, List<Map.Entry<LastChanges.Of, Instant>> changes) {
        return changes.stream()
                .filter(each -> each.getKey().province().equals(province)
                        && each.getKey().record().equals("overseas-headcount"))
                .collect(Collectors.toMap(each -> String.valueOf(each.getKey().year()), Map.Entry::getValue));
    }

    /** As a service does after its start that finds an event in its evidence which nobody published. */
    @Test
    void a_rebuild_of_the_evidence_ends_last_pushes_that_never_were() throws Exception {
        String key = "21/C-" + UUID.randomUUID();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2025-03-01", null));
        String question = "items[0].years.find { it.year == 2025 }.lastPush";
        JsonPath before =
                until("21", sent -> assertThat(sent.getString(question)).isNotNull());
        try (Connection database = TestServers.connect("indicators", TestServers.owner("indicators"), "all");
                Statement statement = database.createStatement()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> statement.executeUpdate("update evidence set event_time = '2031-01-01T00:00:00Z'"
                                    + " where province || '/' || source_id = '" + key + "'")
                            == 1);
        }
        pushes.lookUp();
        JsonPath wrong = until("21", sent -> {});
        assertThat(wrong.getString(question)).isEqualTo("2031-01-01T00:00:00Z");

        String rebuild = given().auth()
                .oauth2(Tokens.operator())
                .post("/v1/rebuilds?evidence=true")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> values(Tokens.auditor(), rebuild).body("finishedAt", notNullValue()));

        values(Tokens.auditor(), rebuild).body("state", equalTo("done"));
        assertThat(until("21", sent -> {}).getString(question)).isEqualTo(before.getString(question));
    }

    @Test
    void what_cannot_be_read_is_set_aside_and_the_reader_goes_on() throws IOException {
        String broken = "62/" + UUID.randomUUID();
        EventLog.raw("standards.batch", broken, "{\"broken".getBytes(StandardCharsets.UTF_8));
        String twice = "62/" + UUID.randomUUID();
        send("standards.batch", twice, example("batch.created").replace("\"year\": 2024", "\"year\": 2025"), "62");
        String id = UUID.randomUUID().toString();
        send("overseas.batch", "62/" + id, example("batch.created").replace(BATCH, id), "62");

        until("62", sent -> assertThat(sent.getInt("items[0].files")).isEqualTo(1));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/v1/set-aside?limit=1000")
                        .then()
                        .body("items.key", hasItem(broken))
                        .body("items.key", hasItem(twice)));
    }

    /** All under one key, so that none is passed by. */
    @Test
    void what_is_told_of_what_waits_and_cannot_be_read_leaves_what_was_told_before() {
        String key = "13/overseas-headcount";
        String record = "overseas-headcount";
        outstanding(key, record, 1, 1, ofYear(2025, 8, 0));
        List<String> broken = List.of(
                ofYear(2025, -1, 0),
                ofYear(2025, 0, -1),
                ofYear(2025, 1, 0) + "," + ofYear(2025, 2, 0),
                "{\"waiting\":1,\"refused\":0},{\"waiting\":1,\"refused\":0}",
                "{\"year\":\"x\",\"waiting\":1,\"refused\":0}",
                "{\"year\":2025,\"waiting\":1}",
                "7");
        broken.forEach(years -> outstanding(key, record, 2, 2, years));
        for (String event : List.of(
                "{\"broken",
                "{}",
                "{\"province\":\"13\",\"sourceId\":\"" + record
                        + "\",\"version\":2,\"recordedAt\":\"2026-03-31T10:00:02Z\",\"after\":{}}",
                "{\"province\":\"13\",\"sourceId\":\"" + record
                        + "\",\"version\":2,\"recordedAt\":\"+999999999-03-31T10:00:02Z\",\"after\":{\"years\":[]}}")) {
            EventLog.raw("overseas.outstanding", key, event.getBytes(StandardCharsets.UTF_8));
        }
        outstanding(key, "overseas-training", 1, 1, ofYear(2026, 1, 0));

        JsonPath sender = until(
                "13",
                sent -> assertThat(sent.getInt("items[0].years[2].parked")).isEqualTo(1));

        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 8, 1);
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/set-aside?record=outstanding&limit=1000")
                .then()
                .statusCode(200)
                .body("items.findAll { it.key == '" + key + "' }.reason", hasSize(11));
        outstanding(key, record, 2, 3, ofYear(2025, 0, 0));
        until("13", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(1));
    }

    /** What comes late or twice tells nothing of what could not be read. */
    @ParameterizedTest
    @CsvSource({
        "batch, 11/0199a1c2-6f00-7abc-8def-000000000201, created",
        "outstanding, 11/overseas-headcount, corrected",
        "year-close, 11/1941, corrected"
    })
    void what_was_set_aside_is_healed_by_the_newest_word_about_its_key(String kind, String key, String newest)
            throws IOException {
        tell(kind, key, newest);
        broken(kind, key);
        tell(kind, key, newest);
        tell(kind, key, "created");
        broken(kind, key);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(setAsides(kind, key)).containsExactly(false, false));

        tell(kind, key, "republished");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(setAsides(kind, key)).containsExactly(true, true));
        broken(kind, key);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(setAsides(kind, key)).containsExactly(false, true, true));
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/set-aside?limit=1000&healed=false&topic=overseas." + kind)
                .then()
                .body("items.findAll { it.key == '" + key + "' }.reason", hasSize(1));
    }

    private static void tell(String kind, String key, String word) throws IOException {
        send("overseas." + kind, key, example(kind + "." + word).replace("\"2025\"", "\"1941\""), key.substring(0, 2));
    }

    private static void broken(String kind, String key) {
        EventLog.raw("overseas." + kind, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
    }

    /** Whether each is healed, the newest first. */
    private static List<Boolean> setAsides(String kind, String key) {
        return values(Tokens.auditor(), "/v1/set-aside?limit=1000&record=" + kind)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.key == '" + key + "' }.healed");
    }

    @Test
    void a_bureau_sees_what_waits_of_its_own_only() {
        outstanding("37/overseas-headcount", "overseas-headcount", 1, 1, ofYear(1999, 6, 2));
        String year = "?service=overseas&year=1999";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> ask(Tokens.bureau("37"), year)
                        .body("items.parked", equalTo(List.of(6)))
                        .body("items[0].years.parked", equalTo(List.of(6))));

        ask(Tokens.bureau("36"), year)
                .body("items.province", equalTo(List.of("36")))
                .body("items[0].parked", equalTo(0))
                .body("items[0].years.refused", equalTo(List.of(0)));
        ask(Tokens.bureau("36"), year + "&province=37").statusCode(404);
        ask(Tokens.alliance("WFCP"), year).statusCode(403);
    }

    @Test
    void a_bureau_sees_its_own_only() {
        ask(Tokens.bureau("12"), "").statusCode(200).body("items.province", everyItem(equalTo("12")));
        ask(Tokens.bureau("12"), "?province=12&service=overseas")
                .statusCode(200)
                .body("items", hasSize(1));
        ask(Tokens.bureau("12"), "?province=32").statusCode(404);
        ask(Tokens.alliance("WFCP"), "").statusCode(403);
        ask(Tokens.auditor(), "?service=standards").statusCode(200).body("items", hasSize(32));
        given().get("/v1/completeness").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?year=2099", "?year=x", "?province=99", "?service=feeds", "?yaer=2025"})
    void a_question_that_makes_no_sense_is_refused(String asked) {
        ask(Tokens.operator(), asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", startsWith("?"));
    }

    private interface Check {
        void holds(JsonPath sent);
    }

    private static JsonPath until(String province, Check check) {
        JsonPath[] sent = new JsonPath[1];
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            sent[0] = ask(Tokens.operator(), "?service=overseas&province=" + province)
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            check.holds(sent[0]);
        });
        return sent[0];
    }

    private static ValidatableResponse ask(String token, String query) {
        return given().auth().oauth2(token).get("/v1/completeness" + query).then();
    }
}
