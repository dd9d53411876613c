package org.voyage.feeds.subscription;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.recognitionJson;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.standardJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Feeds that start in the past, next to feeds that had begun then. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class PastStartIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> COUNTRIES = List.of("MDG", "MUS", "SYC");
    private static final String OUTSIDE = "PLW";
    private static final int CHANGES = 60;

    private final Random random = new Random(27);
    private final Map<String, Integer> versions = new HashMap<>();
    private Instant time = Instant.now().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.MICROS);

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
    }

    @Test
    void a_feed_that_starts_in_the_past_gets_what_one_gets_that_had_begun_then() throws Exception {
        FeedsTestBackend.admit(
                "PAST", "{\"countries\":[\"MDG\",\"MUS\",\"SYC\"]}", List.of("overseas-school.hostCity"));
        String begunThen = create("PAST", "snapshot");
        List<String> schools = newKeys(5);
        List<String> standards = newKeys(2);
        List<String> recognitions = newKeys(4);
        changeAtRandom(schools, standards, recognitions);
        Instant start = time;
        changeAtRandom(schools, standards, recognitions);

        String past = create("PAST", start.toString());
        changeAtRandom(schools, standards, recognitions);
        // Recorded before the start, and applied after the replay.
        time = start.minusSeconds(1);
        change(FeedRecord.OVERSEAS_SCHOOL, schools.getFirst(), schoolJson("MDG", "迟到"), null);
        awaitVersions();

        List<JsonNode> expected = readAll("PAST", begunThen);
        List<JsonNode> actual = readAll("PAST", past);
        long presents = actual.stream()
                .takeWhile(event -> event.path("data").path("kind").asText().equals("present"))
                .count();
        List<JsonNode> before = expected.stream()
                .takeWhile(event -> !Instant.parse(event.path("time").asText()).isAfter(start))
                .toList();
        assertThat(fold(actual.subList(0, (int) presents))).isEqualTo(fold(before));
        assertThat(presents).isPositive();
        assertThat(actual.subList((int) presents, actual.size()).stream()
                        .map(PastStartIT::describe)
                        .toList())
                .isEqualTo(expected.subList(before.size(), expected.size()).stream()
                        .map(PastStartIT::describe)
                        .toList());
        assertThat(Instant.parse(actual.getFirst().path("time").asText())).isEqualTo(start);
        requireNoFaults(past, readPages("PAST", past));
        requireNoFaults(begunThen, readPages("PAST", begunThen));
    }

    @Test
    void a_replayed_day_has_the_scope_of_that_day() throws Exception {
        FeedsTestBackend.admit("PASTDAY", "{\"countries\":[\"COM\"]}", List.of());
        LocalDate granted = ChinaTime.today().minusDays(3);
        assertThat(FeedsTestBackend.runSql(
                        "update grant_version set valid_from = ?::date where alliance = 'PASTDAY'", granted.toString()))
                .isEqualTo(1);
        // A replay goes on by the order of application: those of other tests were recorded today, and applied before.
        FeedsTestBackend.runSql("delete from record_change");
        String key = newKey("12");
        change(FeedRecord.OVERSEAS_SCHOOL, key, schoolJson("COM", "一"), null);
        change(FeedRecord.OVERSEAS_SCHOOL, key, schoolJson("COM", "二"), null);
        time = Instant.now().minusSeconds(60);
        change(FeedRecord.OVERSEAS_SCHOOL, key, schoolJson("COM", "三"), null);
        awaitVersions();

        List<JsonNode> events = readAll(
                "PASTDAY",
                create("PASTDAY", Instant.now().minus(Duration.ofDays(25)).toString()));

        assertThat(events.stream()
                        .map(event -> event.path("data").path("kind").asText() + " "
                                + event.path("data").path("state").path("name").asText())
                        .toList())
                .as("%s", events)
                .containsExactly("entered-scope 二", "corrected 三");
        assertThat(events.getFirst().path("data").path("because").asText()).isEqualTo("day");
        assertThat(Instant.parse(events.getFirst().path("time").asText()))
                .isEqualTo(granted.atStartOfDay(ChinaTime.CHINA_ZONE).toInstant());
    }

    @Test
    void a_start_without_kept_changes_is_refused() {
        FeedsTestBackend.admit("PASTREFUSED", "{\"countries\":[\"COM\"]}", List.of());
        for (String start : List.of(
                Instant.now().minus(Duration.ofDays(31)).toString(),
                Instant.now().plus(Duration.ofHours(1)).toString(),
                "2026-11-24",
                "yesterday")) {
            post("PASTREFUSED", start).then().statusCode(422).body("errors.pointer", hasItem("/start"));
        }
        post("PASTREFUSED", Instant.now().minus(Duration.ofDays(29)).toString())
                .then()
                .statusCode(201)
                .body("scan", equalTo("replay"));
    }

    // ---- the record services ---------------------------------------------------------------------------------------

    private static List<String> newKeys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(newKey("12"));
        }
        return keys;
    }

    private void changeAtRandom(List<String> schools, List<String> standards, List<String> recognitions) {
        for (int i = 0; i < CHANGES; i++) {
            int next = random.nextInt(10);
            String country = random.nextInt(4) == 0 ? OUTSIDE : pick(COUNTRIES);
            if (next < 5) {
                String key = pick(schools);
                boolean isGone = random.nextInt(6) == 0;
                String to = pick(schools);
                change(
                        FeedRecord.OVERSEAS_SCHOOL,
                        key,
                        isGone ? null : schoolJson(country, "名" + random.nextInt(3)),
                        isGone && random.nextBoolean() && !to.equals(key) ? to : null);
            } else if (next < 6) {
                change(FeedRecord.STANDARD, pick(standards), standardJson("标准" + i, "4112000001"), null);
            } else {
                String standard = pick(standards).substring(3);
                change(
                        FeedRecord.RECOGNITION,
                        pick(recognitions),
                        random.nextInt(5) == 0 ? null : recognitionJson(standard, country),
                        null);
            }
        }
        awaitVersions();
    }

    private void change(FeedRecord record, String key, @Nullable String after, @Nullable String movedTo) {
        if (after == null && !versions.containsKey(key)) {
            return;
        }
        int version = versions.merge(key, 1, Integer::sum);
        time = time.plusSeconds(600);
        sendChange(record, key, version, after, movedTo, time);
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void awaitVersions() {
        await().atMost(TIMEOUT)
                .until(() -> versions.entrySet().stream()
                        .allMatch(each -> FeedsTestBackend.queryNumber(
                                        "select coalesce(max(version_order), 0) from record_state where source_id = ?",
                                        each.getKey().substring(3))
                                == each.getValue()));
    }

    // ---- the alliance ----------------------------------------------------------------------------------------------

    private static io.restassured.response.Response post(String alliance, String start) {
        return given().auth()
                .oauth2(TestTokens.allianceToken(alliance))
                .contentType("application/json")
                .body(Map.of("name", "过去", "start", start))
                .post("/v1/feeds");
    }

    private static String create(String alliance, String start) {
        String feed = post(alliance, start).then().statusCode(201).extract().path("id");
        FeedsTestBackend.awaitScanned(feed);
        return feed;
    }

    private static void requireNoFaults(String feed, List<JsonNode> pulled) throws Exception {
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(database, feed)
                            .withPulled(pulled.stream().map(JsonNode::toString).toList())
                            .withScope(Set.copyOf(COUNTRIES), Set.of("overseas-school.hostCity"))))
                    .isEmpty();
        }
    }

    private static List<JsonNode> readAll(String alliance, String feed) throws Exception {
        return FeedsTestBackend.withoutCheckpoints(readPages(alliance, feed));
    }

    /** Pulls all events over HTTP. */
    private static List<JsonNode> readPages(String alliance, String feed) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = JSON.readTree(given().auth()
                    .oauth2(TestTokens.allianceToken(alliance))
                    .get("/v1/feeds/" + feed + "/events?limit=100&wait=1" + after)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            if (page.isEmpty()) {
                return events;
            }
            page.forEach(events::add);
            after = "&after=" + events.getLast().path("id").asText();
        }
    }

    private static Map<String, JsonNode> fold(List<JsonNode> events) {
        Map<String, JsonNode> copy = new TreeMap<>();
        for (JsonNode event : events) {
            JsonNode data = event.path("data");
            if (data.has("state")) {
                copy.put(data.path("record").asText(), data.path("state"));
            } else {
                copy.remove(data.path("record").asText());
            }
        }
        return copy;
    }

    private static Map<String, Object> describe(JsonNode event) {
        Map<String, Object> description = new TreeMap<>();
        event.path("data").properties().forEach(each -> description.put(each.getKey(), each.getValue()));
        description.remove("nonce");
        description.put("time", event.path("time"));
        description.put("type", event.path("type"));
        return description;
    }
}
