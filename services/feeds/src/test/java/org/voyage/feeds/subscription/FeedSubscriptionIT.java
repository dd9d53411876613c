package org.voyage.feeds.subscription;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitKnown;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.recognitionJson;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.standardJson;
import static org.voyage.feeds.FeedsTestBackend.withoutCheckpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.quota.AllianceQuotaConfig;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

/** Subscriptions and the ways to read them, as an alliance uses them. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedSubscriptionIT {

    private static final String ALLIANCE = "SUBSCRIBER";
    private static final String OTHER = "SUBSCRIBER2";
    /** Pages of streams have so many events; full ones are kept in memory. */
    private static final int FULL_PAGE_EVENTS = 100;

    /** So many that a scan needs several steps. */
    private static final int WIDENED_RECORDS = 900;

    /** Events of 3 KB each: more than the buffers of a connection hold. */
    private static final int SLOW_LOG_EVENTS = 4_000;

    private static final int SLOW_READERS = 15;

    private static final int PREVIEWED_RECORDS = 5_000;
    private static final long MAX_PREVIEW_BYTES = 45L << 20;
    /** Pages that are shared, and what else the service does meanwhile. The backlogs would be 150 MB. */
    private static final long MAX_SLOW_BYTES = 60L << 20;

    /** As long as the id of a feed. */
    private static final String UNKNOWN_FEED = "0".repeat(15);

    private static final int TIMED_REQUESTS = 300;
    private static final Set<String> CHANGING_HEADERS = Set.of("date", "x-request-id", "ratelimit");
    private static final String ENDPOINT_DRAFT = "{\"url\":\"http://127.0.0.1:9/hook\",\"signing\":[\"hmac\"]}";

    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    SubscriptionConfig config;

    @Inject
    AllianceQuotaConfig quotas;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(
                ALLIANCE,
                "{\"countries\":[\"FJI\",\"WSM\",\"TON\",\"VUT\",\"KIR\",\"BRB\"]}",
                List.of("overseas-school.hostCity"));
        FeedsTestBackend.admit(OTHER, "{\"countries\":[\"PLW\"]}", List.of());
    }

    @Test
    void the_catalogue_shows_what_the_grants_open_and_no_more() {
        as(ALLIANCE)
                .get("/v1/feeds/catalogue")
                .then()
                .statusCode(200)
                .body("records.find { it.record == 'overseas-school' }.openFields", hasItem("hostCity"))
                .body("records.find { it.record == 'overseas-school' }.closedFields", hasItem("enterprises"))
                .body("records.find { it.record == 'recognition' }.openFields", not(hasItem("evidence")))
                .body("records.find { it.record == 'recognition' }.closedFields", not(hasItem("evidence")));
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/feeds/catalogue")
                .then()
                .statusCode(403);
    }

    @TrapTest(FeedTrap.GLOBAL_COUNTERS)
    @Test
    void a_preview_counts_within_the_grant_only() {
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("WSM", "预览"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("PLW", "别国"));

        await().atMost(TIMEOUT)
                .untilAsserted(() -> preview("{\"filter\":{\"records\":[\"overseas-school\"]}}")
                        .statusCode(200)
                        .body("examples.state.hostCountry", hasItem("WSM"))
                        .body("examples.state.hostCountry", not(hasItem("PLW")))
                        .body("examples[0].record", startsWith("overseas-school/"))
                        .body("examples[0].state.enterprises", nullValue()));
    }

    @Test
    void a_preview_holds_a_page_of_the_records_in_memory_and_not_all() throws Exception {
        String alliance = "SUBSCRIBER13";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"BLZ\"]}", List.of());
        FeedsTestBackend.storeSchools("BLZ", PREVIEWED_RECORDS, "伯".repeat(6_000));
        long before = measureHeapBytes();
        long most;
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> preview =
                    caller.submit(() -> as(alliance).body("{}").post("/v1/feeds/previews"));
            List<Long> sizes = new ArrayList<>();
            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(300)).until(() -> {
                sizes.add(measureHeapBytes());
                return preview.isDone();
            });
            most = Collections.max(sizes);
            preview.get().then().statusCode(200).body("counts.overseas-school", equalTo(PREVIEWED_RECORDS));
        } finally {
            FeedsTestBackend.deleteStoredSchools("BLZ");
        }

        assertThat(most - before).as("bytes in memory of 90 MB of states").isLessThan(MAX_PREVIEW_BYTES);
    }

    @Test
    void a_grant_is_tried_before_it_is_stored() {
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("NRU", "试算"));

        await().atMost(TIMEOUT)
                .untilAsserted(() -> putGrant("?dryRun=true", "")
                        .statusCode(200)
                        .body("version", equalTo(1))
                        .body("effect.recordsIn", equalTo(1))
                        .body("effect.recordsOut", equalTo(0)));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/alliances/" + OTHER + "/grants/tried")
                .then()
                .statusCode(404);
        putGrant("", "").statusCode(201).body("effect.recordsIn", equalTo(1));
        putGrant("?dryRun=true", ",\"until\":\"2024-02-01\"")
                .statusCode(200)
                .body("version", equalTo(2))
                .body("effect.recordsOut", equalTo(1));
        putGrant("", "").statusCode(200).header("ETag", "\"1\"");
    }

    private static ValidatableResponse putGrant(String parameters, String until) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .contentType("application/json")
                .body("{\"records\":[\"overseas-school\"],\"countries\":[\"NRU\"],\"legalBasis\":\"x\","
                        + "\"from\":\"2024-01-01\"" + until + "}")
                .put("/v1/alliances/" + OTHER + "/grants/tried" + parameters)
                .then();
    }

    @Test
    void a_filter_that_is_wrong_is_refused_with_the_place() {
        create("{\"name\":\"x\",\"filter\":{\"countries\":[\"XXX\"],\"colour\":1},\"start\":\"yesterday\"}")
                .statusCode(422)
                .body("errors.pointer", hasItems("/filter/countries/0", "/filter/colour", "/start"));
    }

    @Test
    void a_filter_that_names_more_than_the_grants_open_is_refused_with_each_item() {
        String alliance = "SUBSCRIBER21";
        FeedsTestBackend.admit(
                alliance,
                "{\"records\":[\"overseas-school\"],\"countries\":[\"NPL\",\"THA\"],\"provinces\":[\"12\"]}",
                List.of());
        FeedsTestBackend.grant(
                alliance, "g2", "{\"records\":[\"recognition\",\"standard\"],\"lists\":[\"asean\"]}", List.of());

        requireUngranted(alliance, "{\"records\":[\"credential-recognition\"],\"countries\":[\"BTN\"]}")
                .body("errors.pointer", hasItems("/filter/records", "/filter/countries"))
                .body("errors[0].detail", containsString("credential-recognition"))
                .body("errors[1].detail", containsString("BTN"))
                .body("errors[1].detailZh", containsString("BTN"));
        // Nepal is open for schools, not for recognitions.
        requireUngranted(alliance, "{\"records\":[\"recognition\"],\"countries\":[\"THA\",\"NPL\"]}")
                .body("errors.pointer", contains("/filter/countries"))
                .body("errors[0].detail", containsString("NPL"))
                .body("errors[0].detail", not(containsString("THA")));
        requireUngranted(alliance, "{\"records\":[\"overseas-school\"],\"lists\":[\"asean\"]}")
                .body("errors.pointer", contains("/filter/lists"))
                .body("errors[0].detail", containsString("asean (BRN"));
        // A filter by provinces would tell the province of each record: only a grant that names them opens it.
        requireUngranted(alliance, "{\"records\":[\"overseas-school\"],\"provinces\":[\"12\",\"44\"]}")
                .body("errors.pointer", contains("/filter/provinces"))
                .body("errors[0].detail", containsString("44"))
                .body("errors[0].detail", not(containsString("12")));
        requireUngranted(alliance, "{\"records\":[\"recognition\"],\"provinces\":[\"12\"]}")
                .body("errors.pointer", contains("/filter/records", "/filter/provinces"));
        as(ALLIANCE).get("/v1/feeds/catalogue").then().body("filters", not(hasItem("provinces")));
        as(alliance).get("/v1/feeds/catalogue").then().body("filters", hasItem("provinces"));

        String filter = "{\"records\":[\"overseas-school\"],\"countries\":[\"NPL\"],\"provinces\":[\"12\"]}";
        String feed = created(alliance, "{\"name\":\"授权内\",\"filter\":" + filter + "}");
        FeedsTestBackend.grant(
                alliance, "g1", "{\"records\":[\"overseas-school\"],\"countries\":[\"THA\"]}", List.of());
        // What a grant no longer opens stays in the filter, and can be left as it is.
        as(alliance)
                .body("{\"name\":\"改名\",\"filter\":" + filter + "}")
                .patch("/v1/feeds/" + feed)
                .then()
                .statusCode(200);
        as(alliance)
                .body("{\"filter\":{\"countries\":[\"NPL\",\"THA\"]}}")
                .patch("/v1/feeds/" + feed)
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("not-granted"));
        as(alliance).get("/v1/feeds/" + feed + "/status").then().statusCode(200).body("grant", equalTo("grant-ended"));
    }

    private static ValidatableResponse requireUngranted(String alliance, String filter) {
        as(alliance)
                .body("{\"filter\":" + filter + "}")
                .post("/v1/feeds/previews")
                .then()
                .statusCode(422);
        return as(alliance)
                .body("{\"name\":\"x\",\"filter\":" + filter + "}")
                .post("/v1/feeds")
                .then()
                .statusCode(422)
                .body("errors.rule", everyItem(equalTo("not-granted")));
    }

    @Test
    void the_status_says_when_the_grant_has_ended_and_an_alliance_that_is_not_admitted_what_to_do() {
        String alliance = "SUBSCRIBER22";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"KNA\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"到期\"}");
        as(alliance).get("/v1/feeds/" + feed + "/status").then().body("grant", equalTo("granted"));

        FeedsTestBackend.runSql("update grant_version set valid_until = current_date - 1 where alliance = ?", alliance);

        as(alliance).get("/v1/feeds/" + feed + "/status").then().body("grant", equalTo("grant-ended"));
        FeedsTestBackend.runSql("delete from grant_version where alliance = ?", alliance);
        as(alliance).get("/v1/feeds/" + feed + "/status").then().body("grant", equalTo("not-granted"));
        for (String path : List.of("/v1/feeds", "/v1/feeds/" + feed, "/v1/feeds/catalogue", "/v1/alliances/STRANGER")) {
            as("STRANGER")
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:voyage:problem:alliance-not-admitted"))
                    .body("detail", containsString("Ask the operators"));
        }
        as("STRANGER").get("/v1/alliances/" + alliance).then().statusCode(404);
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void between_a_restore_and_its_reset_a_pull_is_put_off_and_a_stream_waits() throws Exception {
        String feed = created("{\"name\":\"恢复\",\"start\":\"now\"}");
        String lost = "1-0000000000000999";
        String pull = "/v1/feeds/" + feed + "/events?after=" + lost;
        try (HttpClient http = HttpClient.newHttpClient();
                Connection restore = FeedsTestBackend.connect()) {
            restore.setAutoCommit(false);
            // While a database is restored, the assigner compares nothing.
            restore.createStatement().execute("select step from assigner_state for update");
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> as(ALLIANCE)
                            .get(pull)
                            .then()
                            .statusCode(503)
                            .header("Retry-After", notNullValue())
                            .body("type", equalTo("urn:voyage:problem:unavailable")));
            HttpResponse<Stream<String>> stream =
                    http.send(streamRequest(ALLIANCE, feed, lost), HttpResponse.BodyHandlers.ofLines());
            assertThat(stream.statusCode()).isEqualTo(200);
            // The steps of a backup: fewer than the witness knows.
            restore.createStatement()
                    .execute("update assigner_state set step = step - 1, history_step = history_step - 1");
            restore.commit();

            try (Stream<String> lines = stream.body()) {
                assertThat(lines.anyMatch(line -> line.equals("event:reset"))).isTrue();
            }
        }
        as(ALLIANCE).get(pull).then().statusCode(200).body("data.kind", hasItem("reset"));
    }

    @Test
    void a_suspension_of_a_moment_moves_no_record() throws Exception {
        String alliance = "SUBSCRIBER23";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"TCD\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"片刻\",\"start\":\"now\"}");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("TCD", "一"));
        awaitEvents(feed, 1);

        FeedsTestBackend.runSql("update alliance set suspended_at = now() where code = ?", alliance);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("TCD", "二"));
        awaitEvents(feed, 2);
        as(alliance).get("/v1/feeds/" + feed + "/events").then().statusCode(403);
        FeedsTestBackend.runSql("update alliance set suspended_at = null where code = ?", alliance);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, schoolJson("TCD", "三"));
        awaitEvents(feed, 3);

        assertThat(kinds(pull(alliance, feed, ""))).containsExactly("created", "corrected", "corrected");
    }

    @Test
    void a_snapshot_and_the_changes_after_it_are_one_log_without_gap() throws Exception {
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("KIR", "一"));
        awaitKnown(key);

        String feed = created("{\"name\":\"基里巴斯\",\"filter\":{\"countries\":[\"KIR\"]}}");
        List<JsonNode> first = pullUntil(feed, "", 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("KIR", "二"));
        List<JsonNode> next = pullUntil(feed, first.getLast().path("id").asText(), 1);

        assertThat(kinds(first)).containsExactly("present");
        assertThat(kinds(next)).containsExactly("corrected");
        requireChain(Stream.concat(first.stream(), next.stream()).toList());
        // The same event between two positions, the same record by snapshot, the same chain by verification.
        String id = next.getFirst().path("id").asText();
        assertThat(read(as(ALLIANCE)
                        .get("/v1/feeds/" + feed + "/events?until=" + id + "&after="
                                + first.getFirst().path("id").asText())
                        .asString()))
                .isEqualTo(next);
        as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/snapshot")
                .then()
                .statusCode(200)
                .body("position", equalTo(id))
                .body("items.state.name", contains("二"));
        verify(feed, id, next.getFirst().path("chain").asText()).body("equal", equalTo(true));
        verify(feed, id, first.getFirst().path("chain").asText())
                .body("equal", equalTo(false))
                .body("differsFrom", equalTo(id));
    }

    @Test
    void a_scan_is_reported_from_the_moment_that_makes_it_due_until_its_records_are_there() throws Exception {
        String alliance = "SUBSCRIBER12";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"GRD\",\"LCA\"]}", List.of());
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("GRD", "一"));
        awaitKnown(key);
        String widened = created(alliance, "{\"name\":\"x\",\"filter\":{\"countries\":[\"LCA\"]},\"start\":\"now\"}");
        Map<String, String> feeds = new HashMap<>();
        try (Connection assigner = FeedsTestBackend.connect()) {
            assigner.setAutoCommit(false);
            // The assigner makes no step until this transaction ends.
            assigner.createStatement().execute("select step from assigner_state for update");
            Map.of(
                            "snapshot",
                            "snapshot",
                            "now",
                            "baseline",
                            Instant.now().minus(Duration.ofHours(1)).toString(),
                            "replay")
                    .forEach((start, scan) -> feeds.put(scan, postFeed(alliance, start, scan)));
            feeds.forEach((scan, feed) -> requireScan(alliance, feed, scan));
            changeFilter(alliance, widened, "{\"countries\":[\"GRD\",\"LCA\"]}").body("scan", equalTo("filter"));
            requireScan(alliance, widened, "filter");
        }
        feeds.values().forEach(FeedsTestBackend::awaitScanned);
        await().atMost(TIMEOUT).untilAsserted(() -> requireScan(alliance, widened, null));

        for (String feed : feeds.values()) {
            await().atMost(TIMEOUT).untilAsserted(() -> requireScan(alliance, feed, null));
        }
        assertThat(kinds(pull(alliance, requireNonNull(feeds.get("snapshot")), "")))
                .containsExactly("present");
        assertThat(kinds(pull(alliance, widened, ""))).containsExactly("entered-scope");
    }

    private static String postFeed(String alliance, String start, String scan) {
        return as(alliance)
                .body("{\"name\":\"起点\",\"start\":\"" + start + "\"}")
                .post("/v1/feeds")
                .then()
                .statusCode(201)
                .body("scan", equalTo(scan))
                .extract()
                .path("id");
    }

    private static void requireScan(String alliance, String feed, @Nullable String scan) {
        for (String path : List.of("/v1/feeds/" + feed, "/v1/feeds/" + feed + "/status")) {
            as(alliance).get(path).then().statusCode(200).body("scan", equalTo(scan));
        }
    }

    @TrapTest(FeedTrap.LEAVING_NAMES_DESTINATION)
    @Test
    void a_record_that_moves_out_of_scope_leaves_without_a_word_about_where_to() throws Exception {
        String feed = created("{\"name\":\"汤加\",\"filter\":{\"countries\":[\"TON\"]},\"start\":\"now\"}");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("TON", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("PLW", "二"));

        List<JsonNode> events = pullUntil(feed, "", 2);

        assertThat(kinds(events)).containsExactly("created", "left-scope");
        assertThat(events.toString()).doesNotContain("\"PLW\"").doesNotContain(key.substring(3));
    }

    @Test
    void a_standard_comes_before_its_recognition_and_goes_after_it() throws Exception {
        String feed = created("{\"name\":\"瓦努阿图\",\"filter\":{\"countries\":[\"VUT\"]},\"start\":\"now\"}");
        String standard = newKey("12");
        String recognition = newKey("12");
        sendChange(FeedRecord.RECOGNITION, recognition, 1, recognitionJson(standard.substring(3), "VUT"));
        sendChange(FeedRecord.STANDARD, standard, 1, standardJson("标准", "4112000001"));
        List<JsonNode> came = pullUntil(feed, "", 2);
        sendChange(FeedRecord.RECOGNITION, recognition, 2, null);
        List<JsonNode> went = pullUntil(feed, came.getLast().path("id").asText(), 2);

        assertThat(subjects(came)).containsExactly("standard", "recognition");
        assertThat(subjects(went)).containsExactly("recognition", "standard");
        assertThat(came.toString()).doesNotContain("example.org");
    }

    @TrapTest(FeedTrap.REWRITTEN_BYTES)
    @Test
    void a_stream_goes_on_where_its_reader_was_with_the_same_bytes_as_pull() throws Exception {
        String feed = created("{\"name\":\"流\",\"filter\":{\"countries\":[\"FJI\"],\"brands\":[\"luban-workshop\"]},"
                + "\"start\":\"now\"}");
        String key = newKey("13");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("FJI", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("FJI", "二"));
        List<JsonNode> pulled = pullUntil(feed, "", 2);

        List<String> all = streamed(ALLIANCE, feed, null, 2);
        List<String> rest =
                streamed(ALLIANCE, feed, pulled.getFirst().path("id").asText(), 1);

        assertThat(read("[" + String.join(",", all) + "]")).isEqualTo(pulled);
        assertThat(rest).containsExactly(all.getLast());
    }

    @TrapTest(FeedTrap.NARROWING_OF_NUMBERED_EVENTS)
    @Test
    void narrowing_withholds_numbered_events_at_once_and_the_chain_holds() throws Exception {
        String alliance = "SUBSCRIBER3";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"NIU\",\"COK\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"收窄\",\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("NIU", "纽埃"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("COK", "库克"));
        awaitEvents(feed, 2);

        FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"NIU\"]}", List.of());
        List<JsonNode> events = pull(alliance, feed, "");

        assertThat(events.toString()).contains("纽埃").doesNotContain("库克");
        assertThat(events.stream()
                        .filter(event -> event.path("data").path("withheld").asBoolean()))
                .hasSize(1);
        requireChain(events);
    }

    @TrapTest(FeedTrap.WIDENED_OR_NARROWED_FIELDS)
    @Test
    void a_closed_field_withholds_the_events_that_show_it_and_copies_drop_it() throws Exception {
        String alliance = "SUBSCRIBER7";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"CRI\"]}", List.of("overseas-school.hostCity"));
        String feed = created(alliance, "{\"name\":\"字段\",\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("CRI", "哥斯达黎加"));
        awaitEvents(feed, 1);
        assertThat(pull(alliance, feed, "").toString()).contains("Vientiane");

        FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"CRI\"]}", List.of());
        List<JsonNode> atOnce = pull(alliance, feed, "");
        awaitEvents(feed, 2);
        List<JsonNode> events = pull(alliance, feed, "");

        assertThat(atOnce.getFirst().path("data").toString()).isEqualTo("{\"withheld\":true}");
        assertThat(events.getFirst()).isEqualTo(atOnce.getFirst());
        assertThat(kinds(events.subList(1, 2))).containsExactly("corrected");
        assertThat(events.getLast().at("/data/changed").toString()).isEqualTo("[\"hostCity\"]");
        assertThat(events.getLast().at("/data/state/name").asText()).isEqualTo("哥斯达黎加");
        assertThat(events.toString()).doesNotContain("Vientiane");
        assertThat(read("[" + String.join(",", streamed(alliance, feed, null, 2)) + "]"))
                .isEqualTo(events);
        requireChain(events);
    }

    @TrapTest({FeedTrap.WIDENING_AHEAD_OF_SCAN, FeedTrap.SCOPE_MOVES_WITHOUT_WRITE})
    @Test
    void a_wider_filter_fills_back_behind_live_events() throws Exception {
        String alliance = "SUBSCRIBER8";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"CHL\",\"AZE\"]}", List.of());
        List<String> beyond =
                Stream.generate(() -> newKey("12")).limit(WIDENED_RECORDS).toList();
        beyond.forEach(key -> sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("AZE", "一")));
        String feed = created(alliance, "{\"name\":\"放宽\",\"filter\":{\"countries\":[\"CHL\"]},\"start\":\"now\"}");
        String live = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, live, 1, schoolJson("CHL", "一"));
        awaitEvents(feed, 1);
        // The resets of all feeds after the restore of another test may come first.
        await().atMost(TIMEOUT.multipliedBy(3))
                .until(() -> FeedsTestBackend.queryNumber(
                                "select count(*) from record_state where state ->> 'hostCountry' = 'AZE'")
                        == WIDENED_RECORDS);

        changeFilter(alliance, feed, "{\"countries\":[\"CHL\",\"AZE\"]}");
        Deque<String> corrected = new ArrayDeque<>(beyond);
        int version = 1;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (countEntered(feed) < WIDENED_RECORDS && System.nanoTime() < deadline) {
            version++;
            sendChange(FeedRecord.OVERSEAS_SCHOOL, live, version, schoolJson("CHL", "一" + version));
            if (!corrected.isEmpty()) {
                sendChange(FeedRecord.OVERSEAS_SCHOOL, corrected.removeLast(), 2, schoolJson("AZE", "二"));
            }
        }
        int versions = version;
        List<JsonNode> events =
                withoutCheckpoints(awaitEvents(feed, all -> countOf(firstSubject(all), all) == versions));

        Map<String, List<String>> kindsByRecord = new HashMap<>();
        events.forEach(event -> kindsByRecord
                .computeIfAbsent(event.path("subject").asText(), _ -> new ArrayList<>())
                .add(event.at("/data/kind").asText()));
        assertThat(kindsByRecord).hasSize(WIDENED_RECORDS + 1);
        assertThat(kindsByRecord.values())
                .as("no correction of a record that the reader never had")
                .allMatch(kinds -> Set.of(List.of("entered-scope"), List.of("entered-scope", "corrected"))
                                .contains(kinds)
                        || kinds.getFirst().equals("created"));
        assertThat(events.stream()
                        .filter(event -> event.at("/data/kind").asText().equals("entered-scope")))
                .allMatch(event -> event.at("/data/because").asText().equals("filter"));
        List<String> kinds = kinds(events);
        assertThat(events.subList(kinds.indexOf("entered-scope"), kinds.lastIndexOf("entered-scope")))
                .as("live events between those of the back-fill")
                .anyMatch(event -> event.path("subject").asText().equals(firstSubject(events)));
        requireNoFaults(feed);
        FeedsTestBackend.deleteFeed(feed);
    }

    @TrapTest({FeedTrap.NARROWING_OF_NUMBERED_EVENTS, FeedTrap.SCOPE_MOVES_WITHOUT_WRITE})
    @Test
    void a_narrower_filter_holds_at_once_also_for_numbered_events() throws Exception {
        String alliance = "SUBSCRIBER9";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"PAN\",\"NIC\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"筛选\",\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("PAN", "巴拿马"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("NIC", "尼加拉瓜"));
        awaitEvents(feed, 2);
        List<JsonNode> before = pull(alliance, feed, "");

        changeFilter(alliance, feed, "{\"countries\":[\"PAN\"]}");
        List<JsonNode> atOnce = pull(alliance, feed, "").subList(0, 2);
        awaitEvents(feed, 3);
        List<JsonNode> narrowed = pull(alliance, feed, "");
        changeFilter(alliance, feed, "{\"countries\":[\"PAN\",\"NIC\"]}");
        awaitEvents(feed, 4);
        List<JsonNode> widened = pull(alliance, feed, "");

        assertThat(atOnce.toString()).contains("巴拿马").doesNotContain("尼加拉瓜");
        assertThat(atOnce.stream()
                        .filter(event -> event.path("data").path("withheld").asBoolean()))
                .hasSize(1);
        assertThat(narrowed.subList(0, 2)).isEqualTo(atOnce);
        assertThat(kinds(narrowed.subList(2, 3))).containsExactly("left-scope");
        assertThat(narrowed.getLast().at("/data/because").asText()).isEqualTo("filter");
        requireChain(narrowed);
        assertThat(widened.subList(0, 2)).isEqualTo(before);
        assertThat(kinds(widened.subList(2, 4))).containsExactly("left-scope", "entered-scope");
        assertThat(widened.getLast().at("/data/because").asText()).isEqualTo("filter");
        requireChain(widened);
        requireNoFaults(feed);
    }

    /** Returns the subject of the first event. */
    private static String firstSubject(List<JsonNode> events) {
        return events.getFirst().path("subject").asText();
    }

    private static long countOf(String subject, List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("subject").asText().equals(subject))
                .count();
    }

    private static ValidatableResponse changeFilter(String alliance, String feed, String filter) {
        return as(alliance)
                .body("{\"filter\":" + filter + "}")
                .patch("/v1/feeds/" + feed)
                .then()
                .statusCode(200);
    }

    private static long countEntered(String feed) {
        return FeedsTestBackend.queryNumber(
                "select count(*) from feed_event where feed = ? and kind = 'entered-scope'", feed);
    }

    private static void requireNoFaults(String feed) throws Exception {
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(database, feed)))
                    .isEmpty();
        }
    }

    @TrapTest(FeedTrap.NARROWING_OF_NUMBERED_EVENTS)
    @Test
    void streams_that_share_a_page_see_what_the_grant_opens_at_that_moment() throws Exception {
        String alliance = "SUBSCRIBER6";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"MHL\",\"FSM\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"共享\",\"start\":\"now\"}");
        String kept = newKey("12");
        String closed = newKey("12");
        for (int version = 1; version <= FULL_PAGE_EVENTS / 2; version++) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, kept, version, schoolJson("MHL", "马绍尔" + version));
            sendChange(FeedRecord.OVERSEAS_SCHOOL, closed, version, schoolJson("FSM", "密克" + version));
        }
        awaitEvents(feed, FULL_PAGE_EVENTS);
        List<String> all = streamed(alliance, feed, null, FULL_PAGE_EVENTS);
        assertThat(read("[" + String.join(",", all) + "]")).isEqualTo(pull(alliance, feed, ""));
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> together =
                    readers.invokeAll(Collections.nCopies(10, () -> streamed(alliance, feed, null, FULL_PAGE_EVENTS)));
            for (Future<List<String>> each : together) {
                assertThat(each.get()).isEqualTo(all);
            }
        }

        FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"MHL\"]}", List.of());
        List<String> narrowed = streamed(alliance, feed, null, FULL_PAGE_EVENTS);
        FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"MHL\",\"FSM\"]}", List.of());
        List<String> widened = streamed(alliance, feed, null, FULL_PAGE_EVENTS);
        FeedsTestBackend.runSql("update alliance set suspended_at = now() where code = ?", alliance);

        assertThat(String.join("", narrowed)).contains("马绍尔").doesNotContain("密克");
        requireChain(read("[" + String.join(",", narrowed) + "]"));
        assertThat(widened).isEqualTo(all);
        as(alliance).get("/v1/feeds/" + feed + "/stream").then().statusCode(403);
    }

    @TrapTest(FeedTrap.POSITION_OF_ANOTHER_FEED)
    @Test
    void anothers_feed_is_answered_as_an_unknown_one_on_every_path() throws Exception {
        String feed = created("{\"name\":\"私有\",\"filter\":{\"countries\":[\"FJI\"]},\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "私有"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "私有"));
        JsonNode event = awaitEvents(feed, 2).getFirst();
        String position = event.path("id").asText();
        String cursor = as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/snapshot?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next");
        String endpoint = "/endpoints/"
                + as(ALLIANCE)
                        .body(ENDPOINT_DRAFT)
                        .post("/v1/feeds/" + feed + "/endpoints")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        String copies = "{\"copies\":[{\"position\":\"" + position + "\",\"chain\":\""
                + event.path("chain").asText() + "\"}]}";
        List<FeedRequest> requests = Stream.of(
                        Stream.of(
                                        "",
                                        "/events",
                                        "/events?after=" + position,
                                        "/events?until=" + position,
                                        "/stream",
                                        "/stream?after=" + position,
                                        "/snapshot",
                                        "/snapshot?cursor=" + cursor,
                                        "/status",
                                        "/endpoints",
                                        endpoint,
                                        endpoint + "/deliveries",
                                        endpoint + "/undelivered",
                                        endpoint + "/replays/0000000000000000")
                                .map(path -> new FeedRequest("GET", path, "")),
                        Stream.of(
                                new FeedRequest("POST", "/verifications", copies),
                                new FeedRequest("POST", "/endpoints", ENDPOINT_DRAFT),
                                new FeedRequest("POST", endpoint + "/challenge", ""),
                                new FeedRequest("POST", endpoint + "/test", ""),
                                new FeedRequest("POST", endpoint + "/replays", "{\"undelivered\":true}"),
                                new FeedRequest("POST", endpoint + "/secrets", "{\"algorithm\":\"hmac\"}"),
                                new FeedRequest("PATCH", endpoint, "{\"batch\":true}"),
                                new FeedRequest("PATCH", "", "{\"name\":\"test\"}"),
                                new FeedRequest("DELETE", endpoint, ""),
                                new FeedRequest("DELETE", "", "")))
                .flatMap(each -> each)
                .toList();
        for (FeedRequest request : requests) {
            String answer = request.describeAnswer(OTHER, feed, position);
            assertThat(answer).as("%s", request).startsWith("404");
            assertThat(answer).as("%s", request).isEqualTo(request.describeAnswer(OTHER, UNKNOWN_FEED, position));
        }
        // At its own feed the cursor of another's says no more than one that nobody has got.
        String own = created(OTHER, "{\"name\":\"自有\",\"start\":\"now\"}");
        assertThat(new FeedRequest("GET", "/snapshot?cursor=" + cursor, "").describeAnswer(OTHER, own, position))
                .startsWith("400")
                .isEqualTo(new FeedRequest("GET", "/snapshot?cursor=" + "A".repeat(cursor.length()), "")
                        .describeAnswer(OTHER, own, position));
        as(ALLIANCE).get("/v1/feeds/" + feed).then().statusCode(200);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/feeds/" + feed)
                .then()
                .statusCode(200);
    }

    /** Request to a path below a feed. */
    private record FeedRequest(String method, String path, String body) {

        /** Returns status, headers and body of the answer, without ids and times. */
        String describeAnswer(String alliance, String feed, String position) {
            var request = as(alliance).header("Last-Event-ID", position);
            Response answer =
                    (body.isEmpty() ? request : request.body(body)).request(method, "/v1/feeds/" + feed + path);
            String headers = answer.headers().asList().stream()
                    .filter(header ->
                            !CHANGING_HEADERS.contains(header.getName().toLowerCase(Locale.ROOT)))
                    .map(Object::toString)
                    .sorted()
                    .toList()
                    .toString();
            return answer.statusCode() + headers + answer.asString().replaceAll("\"instance\":\"[^\"]*\"", "");
        }
    }

    @TrapTest(FeedTrap.POSITION_OF_ANOTHER_FEED)
    @Test
    void a_position_of_anothers_feed_is_refused_in_the_time_of_an_unknown_one() throws Exception {
        String feed = created("{\"name\":\"时间\",\"filter\":{\"countries\":[\"FJI\"]},\"start\":\"now\"}");
        for (int version = 1; version <= FULL_PAGE_EVENTS; version++) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "时间"));
        }
        String position =
                awaitEvents(feed, FULL_PAGE_EVENTS).getFirst().path("id").asText();
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<Long> others = new ArrayList<>();
            List<Long> unknown = new ArrayList<>();
            for (int i = 0; i < TIMED_REQUESTS; i++) {
                others.add(measureRefusal(http, feed, position));
                unknown.add(measureRefusal(http, UNKNOWN_FEED, position));
            }

            assertThat((double) median(others) / median(unknown))
                    .as("another's feed / an unknown one")
                    .isBetween(0.5, 2.0);
        }
    }

    private static long measureRefusal(HttpClient http, String feed, String position) throws Exception {
        HttpRequest request =
                requestOf(OTHER, feed, "/events?after=" + position).build();
        long begun = System.nanoTime();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
        return System.nanoTime() - begun;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void one_feed_more_than_an_alliance_may_have_is_refused_and_feeds_are_audited() {
        String alliance = "SUBSCRIBER10";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"SLV\"]}", List.of());
        String body = "{\"name\":\"配额\",\"start\":\"now\"}";
        String first = created(alliance, body);
        List<String> others = Stream.generate(() -> FeedsTestBackend.createFeed(alliance, "{}", "now"))
                .limit(config.maxFeeds() - 1)
                .toList();

        as(alliance)
                .body(body)
                .post("/v1/feeds")
                .then()
                .statusCode(429)
                .body("type", equalTo("urn:voyage:problem:quota-exceeded"))
                .body("detail", containsString("at most " + config.maxFeeds() + " feeds"))
                .body("detailZh", containsString("最多可有 " + config.maxFeeds() + " 个订阅"));
        changeFilter(alliance, first, "{\"countries\":[\"SLV\"]}");
        as(alliance).delete("/v1/feeds/" + first).then().statusCode(204);
        FeedsTestBackend.deleteFeed(created(alliance, body));
        others.forEach(FeedsTestBackend::deleteFeed);

        await().atMost(TIMEOUT)
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .queryParam("object", alliance + "/" + first)
                        .get("/v1/audit")
                        .then()
                        .statusCode(200)
                        .body("items.action", contains("feed-deleted", "feed-changed", "feed-created"))
                        .body("items[1].details.version", equalTo(2))
                        .body("items.actor", everyItem(containsString(alliance))));
    }

    @Test
    void an_alliance_that_has_used_up_its_hour_is_refused_with_use_limit_and_time_until_there_is_room() {
        String alliance = "SUBSCRIBER14";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"TTO\",\"DMA\"]}", List.of());
        FeedsTestBackend.storeSchools("TTO", 50, "玻");
        try {
            String feed = created(alliance, "{\"name\":\"额度\",\"filter\":{\"countries\":[\"TTO\"]}}");
            assertThat(readUse(alliance, "events")).isEqualTo(50);
            // Standards are scanned for every country.
            assertThat(readUse(alliance, "scanned")).isGreaterThanOrEqualTo(50);
            changeFilter(alliance, feed, "{\"countries\":[\"DMA\"]}");
            awaitEvents(feed, 100);
            assertThat(readUse(alliance, "events")).isEqualTo(100);
            // Changes of grants are no commands of the alliance.
            FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"TTO\"]}", List.of());
            as(alliance).body("{}").post("/v1/feeds/previews").then().statusCode(200);
            assertThat(readUse(alliance, "scanned")).isGreaterThanOrEqualTo(150);
            assertThat(readUse(alliance, "events")).isEqualTo(100);

            use(alliance, "events", quotas.eventsPerHour());
            requireUsedUp(as(alliance).body("{\"filter\":{}}").patch("/v1/feeds/" + feed), "events", "个事件");
            requireUsedUp(as(alliance).body("{\"name\":\"x\"}").post("/v1/feeds"), "events", "个事件");
            as(alliance).get("/v1/feeds/" + feed).then().body("version", equalTo(2));
            as(alliance)
                    .body("{\"name\":\"改名\"}")
                    .patch("/v1/feeds/" + feed)
                    .then()
                    .statusCode(200);
            as(alliance).body("{}").post("/v1/feeds/previews").then().statusCode(200);
            use(alliance, "scanned", quotas.scannedRecordsPerHour());
            requireUsedUp(as(alliance).body("{}").post("/v1/feeds/previews"), "records", "条记录");

            FeedsTestBackend.runSql(
                    "update alliance_use set slot = slot - interval '10 minutes' where alliance = ?"
                            + " and slot < now() - interval '30 minutes'",
                    alliance);
            as(alliance).body("{}").post("/v1/feeds/previews").then().statusCode(200);
            FeedsTestBackend.runSql(
                    "update feed set stored_bytes = ?::bigint where id = ?", Long.toString(quotas.storedBytes()), feed);
            as(alliance)
                    .body("{\"name\":\"x\"}")
                    .post("/v1/feeds")
                    .then()
                    .statusCode(429)
                    .body("quota.unit", equalTo("bytes"))
                    .body("quota.used", equalTo(quotas.storedBytes()))
                    .body("quota.retryAt", nullValue())
                    .body("detailZh", containsString("最多保存 " + quotas.storedBytes() + " 字节"));
            FeedsTestBackend.runSql("update feed set stored_bytes = 0 where id = ?", feed);
            FeedsTestBackend.deleteFeed(created(alliance, "{\"name\":\"有余\"}"));
            FeedsTestBackend.deleteFeed(feed);
        } finally {
            FeedsTestBackend.deleteStoredSchools("TTO");
        }
    }

    /** Adds to the use of an alliance 50 minutes ago. */
    private static void use(String alliance, String column, long amount) {
        FeedsTestBackend.runSql(
                "insert into alliance_use as used (alliance, slot, " + column
                        + ") values (?, date_bin('5 minutes', now() - interval '50 minutes', 'epoch'), ?::bigint)"
                        + " on conflict (alliance, slot) do update set " + column + " = excluded." + column,
                alliance,
                Long.toString(amount));
    }

    private static long readUse(String alliance, String column) {
        return FeedsTestBackend.queryNumber(
                "select coalesce(sum(" + column + "), 0) from alliance_use where alliance = ?", alliance);
    }

    private static void requireUsedUp(Response answer, String unit, String unitZh) {
        answer.then()
                .statusCode(429)
                .body("type", equalTo("urn:voyage:problem:quota-exceeded"))
                .body("quota.unit", equalTo(unit))
                .body("detail", containsString(" " + unit))
                .body("detailZh", containsString(unitZh));
        Instant retryAt = Instant.parse(answer.path("quota.retryAt"));
        assertThat(retryAt)
                .isBetween(
                        Instant.now(),
                        Instant.now().plus(Duration.ofMinutes(10)).plusSeconds(1));
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 601L);
        assertThat(((Number) answer.path("quota.used")).longValue())
                .isGreaterThanOrEqualTo(((Number) answer.path("quota.limit")).longValue());
    }

    @TrapTest(FeedTrap.REMEMBERED_TOKEN_AFTER_SUSPENSION)
    @Test
    void a_suspended_alliance_reads_nothing_and_its_open_stream_ends() throws Exception {
        String alliance = "SUBSCRIBER4";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"NRU\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"暂停\",\"start\":\"now\"}");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> stream =
                    http.send(streamRequest(alliance, feed, null), HttpResponse.BodyHandlers.ofLines());
            FeedsTestBackend.runSql("update alliance set suspended_at = now() where code = ?", alliance);
            as(alliance).get("/v1/feeds/" + feed + "/events").then().statusCode(403);
            assertThat(stream.body().anyMatch(line -> line.contains("alliance-suspended")))
                    .isTrue();
        }
    }

    @TrapTest(FeedTrap.POSITION_OF_ANOTHER_FEED)
    @Test
    void a_position_that_is_no_event_of_the_feed_is_refused() {
        String feed = created("{\"name\":\"位置\",\"start\":\"now\"}");
        for (String after : List.of("x", "1-0000000000000999", "2-0000000000000001", "0-0000000000000001", "1-1")) {
            as(ALLIANCE)
                    .get("/v1/feeds/" + feed + "/events?after=" + after)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("?after"));
        }
    }

    @TrapTest(FeedTrap.REMEMBERED_TOKEN_AFTER_SUSPENSION)
    @Test
    void an_open_long_poll_is_refused_when_the_suspension_makes_events() throws Exception {
        String alliance = "SUBSCRIBER5";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"AND\"]}", List.of());
        String feed = created(alliance, "{\"name\":\"等待\",\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("AND", "等待"));
        awaitEvents(feed, 1);
        try (HttpClient http = HttpClient.newHttpClient()) {
            // Of several, one is between its check of the alliance and its wait when the suspension comes.
            var polls = IntStream.range(0, 6)
                    .mapToObj(_ -> http.sendAsync(
                            requestOf(alliance, feed, "/events?wait=30&after=1-0000000000000001")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList();
            FeedsTestBackend.runSql("update alliance set suspended_at = now() where code = ?", alliance);

            for (var poll : polls) {
                HttpResponse<String> answer = poll.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(answer.body()).contains("alliance-suspended");
            }
        }
    }

    @Test
    void slow_readers_of_a_stream_lose_nothing_and_their_backlog_is_not_in_memory() throws Exception {
        String alliance = "SUBSCRIBER11";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"MEX\"]}", List.of());
        FeedsTestBackend.storeSchools("MEX", SLOW_LOG_EVENTS, "墨".repeat(700));
        List<SlowStreamReader> readers = new ArrayList<>();
        try {
            String feed = created(alliance, "{\"name\":\"慢\",\"filter\":{\"countries\":[\"MEX\"]}}");
            List<String> ids = FeedsTestBackend.readEvents(feed).stream()
                    .map(event -> event.path("id").asText())
                    .toList();
            assertThat(ids).hasSizeGreaterThanOrEqualTo(SLOW_LOG_EVENTS);
            long before = measureHeapBytes();
            for (int i = 0; i < SLOW_READERS; i++) {
                readers.add(SlowStreamReader.open(RestAssured.port, feed, TestTokens.allianceToken(alliance)));
            }
            for (SlowStreamReader each : readers) {
                await().atMost(TIMEOUT).until(each::hasUnread);
            }
            // What the service reads ahead for them it has read by then.
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

            assertThat(measureHeapBytes() - before)
                    .as("bytes in memory for %d readers of %d events", SLOW_READERS, SLOW_LOG_EVENTS)
                    .isLessThan(MAX_SLOW_BYTES);
            assertThat(readers.getFirst().readIds(ids.size())).isEqualTo(ids);
        } finally {
            for (SlowStreamReader each : readers) {
                each.close();
            }
            FeedsTestBackend.deleteStoredSchools("MEX");
        }
    }

    /** Returns the bytes that the collection left: garbage of the time after it does not count. */
    private static long measureHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    @TrapTest(FeedTrap.UNPACKED_BATCH_TYPE)
    @Test
    void a_batch_is_packed_for_a_reader_that_asks_for_it() throws Exception {
        String feed = created("{\"name\":\"压缩\",\"filter\":{\"countries\":[\"FJI\"]},\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "压缩"));
        awaitEvents(feed, 1);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> packed = http.send(
                    requestOf(ALLIANCE, feed, "/events")
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            HttpResponse<byte[]> plain =
                    http.send(requestOf(ALLIANCE, feed, "/events").build(), HttpResponse.BodyHandlers.ofByteArray());

            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
        }
    }

    @Test
    void a_position_older_than_the_kept_events_is_gone_and_says_where_to_go_on() {
        String feed = created("{\"name\":\"过期\",\"filter\":{\"countries\":[\"FJI\"]},\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "过期"));
        awaitEvents(feed, 1);
        FeedsTestBackend.runSql("update feed set expired_epoch = 1, expired_sequence = 1 where id = ?", feed);

        as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/events?after=1-0000000000000000")
                .then()
                .statusCode(410)
                .header("Link", org.hamcrest.Matchers.containsString("/snapshot"));
    }

    @Test
    void a_snapshot_of_a_feed_without_kept_events_names_a_position_after_which_its_reader_can_go_on() throws Exception {
        String feed = created("{\"name\":\"过期\",\"filter\":{\"countries\":[\"BRB\"]},\"start\":\"now\"}");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("BRB", "安静"));
        awaitEvents(feed, 1);
        FeedsTestBackend.runSql("delete from feed_event where feed = ?", feed);
        FeedsTestBackend.runSql("update feed set expired_epoch = 1, expired_sequence = 1 where id = ?", feed);

        String position = as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/snapshot")
                .then()
                .statusCode(200)
                .body("items.state.name", hasItem("安静"))
                .extract()
                .path("position");
        as(ALLIANCE).get("/v1/feeds/" + feed + "/status").then().statusCode(200).body("head", equalTo(position));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("BRB", "变动"));

        assertThat(kinds(pullUntil(feed, position, 1))).containsExactly("corrected");
    }

    @Test
    void a_pull_until_an_event_ends_there_and_waits_for_nothing_after_it() throws Exception {
        String feed = created("{\"name\":\"区间\",\"filter\":{\"countries\":[\"WSM\"]},\"start\":\"now\"}");
        for (int i = 0; i < 4; i++) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("WSM", "区间" + i));
        }
        List<JsonNode> all = awaitEvents(feed, 4);

        String page = pullRange(feed, 1, 3)
                .statusCode(200)
                .body("id", contains("1-0000000000000002", "1-0000000000000003"))
                .extract()
                .header("Link");
        assertThat(page).isNull();
        List<JsonNode> read = new ArrayList<>();
        String next = "/v1/feeds/" + feed + "/events?until=1-0000000000000003&limit=2&wait=30";
        while (next != null) {
            Response answer = as(ALLIANCE).get(next);
            read.addAll(read(answer.asString()));
            String link = answer.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(read).isEqualTo(all.subList(0, 3));
        long begin = System.nanoTime();
        pullRange(feed, 3, 3).statusCode(200).body("size()", equalTo(0));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        pullRange(feed, 3, 2)
                .statusCode(400)
                .body("errors[0].rule", equalTo("feed-range"))
                .body("errors[0].pointer", equalTo("?until"));
        pullRange(feed, 3, 9)
                .statusCode(400)
                .body("errors[0].rule", equalTo("feed-position"))
                .body("errors[0].detail", containsString("1-0000000000000004"));
        as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/events?until=3")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?until"));
        // The retention has passed the gap.
        FeedsTestBackend.runSql("delete from feed_event where feed = ? and sequence <= 2", feed);
        FeedsTestBackend.runSql("update feed set expired_epoch = 1, expired_sequence = 2 where id = ?", feed);
        pullRange(feed, 1, 3).statusCode(410);
    }

    @Test
    void a_pull_until_an_event_after_the_end_of_its_epoch_is_refused_with_the_end() {
        String feed = created("{\"name\":\"区间\",\"filter\":{\"countries\":[\"FJI\"]},\"start\":\"now\"}");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FJI", "区间"));
        awaitEvents(feed, 1);
        // A reset has begun a second epoch.
        FeedsTestBackend.runSql(
                "insert into feed_event select feed, 2, sequence, kind, outside_id, record, time, stored_at, step,"
                        + " dimensions, fields, digest, chain, body from feed_event where feed = ?",
                feed);
        FeedsTestBackend.runSql("update feed set epoch = 2 where id = ?", feed);

        for (int epoch = 1; epoch <= 2; epoch++) {
            String start = "/v1/feeds/" + feed + "/events?after=" + epoch + "-0000000000000000&until=";
            as(ALLIANCE)
                    .get(start + epoch + "-0000000000000001")
                    .then()
                    .statusCode(200)
                    .body("size()", equalTo(1));
            as(ALLIANCE)
                    .get(start + epoch + "-0000000000000002")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("?until"))
                    .body("errors[0].detail", containsString(epoch + "-0000000000000001"));
            as(ALLIANCE)
                    .get(start + (3 - epoch) + "-0000000000000001")
                    .then()
                    .statusCode(400)
                    .body("errors[0].rule", equalTo("feed-range"));
        }
    }

    private static ValidatableResponse pullRange(String feed, int after, int until) {
        return as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/events?wait=30&after=1-000000000000000" + after
                        + "&until=1-000000000000000" + until)
                .then();
    }

    @Test
    void keys_are_public() {
        given().get("/.well-known/voyage-feeds-keys")
                .then()
                .statusCode(200)
                .body("keys[0].kty", equalTo("OKP"))
                .body("keys[0].x.length()", equalTo(43));
    }

    @Test
    void a_repeat_with_the_same_idempotency_key_makes_one_feed() {
        String key = UUID.randomUUID().toString();
        String body = "{\"name\":\"重复\",\"start\":\"now\"}";
        String one = as(ALLIANCE)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/feeds")
                .path("id");
        String two = as(ALLIANCE)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/feeds")
                .path("id");

        assertThat(two).isEqualTo(one);
    }

    // ---- the alliance's side ---------------------------------------------------------------------------------------

    private static io.restassured.specification.RequestSpecification as(String alliance) {
        return given().auth().oauth2(TestTokens.allianceToken(alliance)).contentType("application/json");
    }

    private static ValidatableResponse preview(String body) {
        return as(ALLIANCE).body(body).post("/v1/feeds/previews").then();
    }

    private static ValidatableResponse create(String body) {
        return as(ALLIANCE).body(body).post("/v1/feeds").then();
    }

    private static String created(String body) {
        return created(ALLIANCE, body);
    }

    private static String created(String alliance, String body) {
        String feed = as(alliance)
                .body(body)
                .post("/v1/feeds")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        FeedsTestBackend.awaitScanned(feed);
        return feed;
    }

    private static ValidatableResponse verify(String feed, String position, String chain) {
        return as(ALLIANCE)
                .body(Map.of("copies", List.of(Map.of("position", position, "chain", chain))))
                .post("/v1/feeds/" + feed + "/verifications")
                .then()
                .statusCode(200);
    }

    private static List<JsonNode> pull(String alliance, String feed, String after) throws Exception {
        return read(as(alliance)
                .get("/v1/feeds/" + feed + "/events?wait=1" + (after.isEmpty() ? "" : "&after=" + after))
                .then()
                .statusCode(200)
                .contentType(FeedLogResource.BATCH_TYPE)
                .extract()
                .asString());
    }

    private static List<JsonNode> pullUntil(String feed, String after, int count) {
        List<JsonNode> events = new ArrayList<>();
        await().atMost(TIMEOUT).until(() -> {
            events.addAll(pull(
                    ALLIANCE,
                    feed,
                    events.isEmpty() ? after : events.getLast().path("id").asText()));
            return events.size() >= count;
        });
        return events;
    }

    private static List<String> streamed(String alliance, String feed, @Nullable String last, int count)
            throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> answer =
                    http.send(streamRequest(alliance, feed, last), HttpResponse.BodyHandlers.ofLines());
            List<String> data = answer.body()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .limit(count)
                    .toList();
            http.shutdownNow();
            return data;
        }
    }

    private static HttpRequest streamRequest(String alliance, String feed, @Nullable String last) {
        HttpRequest.Builder request = requestOf(alliance, feed, "/stream");
        return last == null
                ? request.build()
                : request.header("Last-Event-ID", last).build();
    }

    private static HttpRequest.Builder requestOf(String alliance, String feed, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/v1/feeds/" + feed + path))
                .header("Authorization", "Bearer " + TestTokens.allianceToken(alliance))
                .timeout(TIMEOUT);
    }

    private static List<JsonNode> read(String batch) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        JSON.readTree(batch).forEach(events::add);
        return events;
    }

    private static List<String> kinds(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("data").path("kind").asText())
                .toList();
    }

    private static List<String> subjects(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("subject").asText().split("/")[0])
                .toList();
    }

    /** Verifies numbers, digests and chain from the first event of the epoch on, as a receiver does. */
    private static void requireChain(List<JsonNode> events) {
        byte[] chain = HashChain.start();
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            assertThat(event.path("sequence").asLong()).isEqualTo(i + 1);
            String digest = event.path("digest").asText();
            if (!event.path("data").path("withheld").asBoolean()) {
                // The data as they were sent: a tree keeps the order of the fields.
                byte[] data = event.path("data").toString().getBytes(StandardCharsets.UTF_8);
                assertThat(HashChain.format(HashChain.digestOf(data))).isEqualTo(digest);
            }
            chain = HashChain.append(
                    chain,
                    event.path("id").asText(),
                    java.util.HexFormat.of().parseHex(digest.substring("sha256:".length())));
            assertThat(HashChain.format(chain)).isEqualTo(event.path("chain").asText());
        }
    }
}
