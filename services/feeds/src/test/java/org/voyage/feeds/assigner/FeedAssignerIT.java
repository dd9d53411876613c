package org.voyage.feeds.assigner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitKnown;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.kindsOf;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.recognitionJson;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.sendMove;
import static org.voyage.feeds.FeedsTestBackend.standardJson;
import static org.voyage.feeds.FeedsTestBackend.withoutCheckpoints;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.ShiftedClock;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedAssignerIT {

    private static final String ALLIANCE = "ASSIGNER";
    /** So many that their scan takes longer than a change of another feed. */
    private static final int BACK_FILL_RECORDS = 12_000;

    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    @Inject
    AssignerDatabase database;

    @Inject
    AssignerMetrics metrics;

    @Inject
    ShiftedClock clock;

    @Inject
    FeedRetention retention;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(ALLIANCE, "{}", List.of("overseas-school.hostCity"));
    }

    @TrapTest({FeedTrap.SEQUENCE_AS_INTEGER, FeedTrap.GLOBAL_COUNTERS})
    @Test
    void a_change_becomes_an_event_of_the_feed() {
        String feed = newFeed("LAO", "now");
        String key = newKey("12");

        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("LAO", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("LAO", "二"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, null);

        List<JsonNode> events = awaitEvents(feed, 3);
        assertThat(kindsOf(events)).containsExactly("created", "corrected", "withdrawn");
        assertThat(events.get(0).path("id").asText()).isEqualTo("1-0000000000000001");
        assertThat(events.get(1).path("data").path("changed").toString()).isEqualTo("[\"name\"]");
        assertThat(events.get(0).path("data").path("state").path("hostCity").asText())
                .isEqualTo("Vientiane");
    }

    @Test
    void a_feed_that_starts_now_sends_each_later_change_of_a_record_that_was_there() throws Exception {
        String corrected = newKey("12");
        String withdrawn = newKey("12");
        String moved = newKey("12");
        String missed = newKey("12");
        for (String key : List.of(corrected, withdrawn, moved, missed)) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("VCT", "一"));
            FeedsTestBackend.awaitKnown(key);
        }
        String feed = newFeed("VCT", "now");

        sendChange(FeedRecord.OVERSEAS_SCHOOL, corrected, 2, schoolJson("VCT", "二"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, withdrawn, 2, null);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, moved, 2, schoolJson("QAT", "一"));
        awaitEvents(feed, 3);
        // A fault: what changes meanwhile is not lost.
        setFilter(feed, "{\"countries\":7}");
        await().atMost(FeedsTestBackend.TIMEOUT)
                .until(() -> FeedsTestBackend.queryNumber(
                                "select count(*) from feed where id = ? and stopped_reason is not null", feed)
                        == 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, missed, 2, schoolJson("VCT", "三"));
        FeedsTestBackend.awaitVersion(missed, 2);
        setFilter(feed, "{\"countries\":[\"VCT\"]}");

        List<JsonNode> events = awaitEvents(feed, 4);
        assertThat(kindsOf(events.subList(0, 3))).containsExactlyInAnyOrder("corrected", "withdrawn", "left-scope");
        assertThat(kindsOf(events.subList(3, 4))).containsExactly("corrected");
        assertThat(events.get(3).at("/data/state/name").asText()).isEqualTo("三");
        requireNoFaults(feed, "VCT");
    }

    private static void setFilter(String feed, String filter) {
        FeedsTestBackend.runSql("update feed set filter = ?::jsonb where id = ?", filter, feed);
    }

    @TrapTest(FeedTrap.LEAVING_NAMES_DESTINATION)
    @Test
    void a_record_that_leaves_the_scope_names_no_destination() {
        String feed = newFeed("LAO", "now");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("LAO", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("QAT", "一"));

        List<JsonNode> events = awaitEvents(feed, 2);

        assertThat(kindsOf(events)).containsExactly("created", "left-scope");
        assertThat(events.get(1).toString()).doesNotContain("\"QAT\"").doesNotContain("\"state\"");
    }

    @TrapTest({FeedTrap.WIDENING_AHEAD_OF_SCAN, FeedTrap.REPUBLISHED_VERSION, FeedTrap.CHANGES_BETWEEN_EVALUATIONS})
    @Test
    void a_snapshot_is_joined_and_changes_are_not_merged() {
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("KHM", "一"));
        String before = newFeed("KHM", "snapshot");
        awaitEvents(before, 1);

        String feed = newFeed("KHM", "snapshot");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("THA", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, schoolJson("KHM", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 3, "republished", schoolJson("KHM", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 4, schoolJson("KHM", "二"));

        assertThat(kindsOf(awaitEvents(feed, 4)))
                .containsExactly("present", "left-scope", "entered-scope", "corrected");
    }

    @TrapTest(FeedTrap.RECOGNITION_BEFORE_STANDARD)
    @Test
    void a_recognition_waits_for_its_standard_and_leaves_before_it() {
        String feed = newFeed("MMR", "now");
        String standard = newKey("12");
        String recognition = newKey("12");
        sendChange(FeedRecord.RECOGNITION, recognition, 1, recognitionJson(standard.substring(3), "MMR"));
        sendChange(FeedRecord.STANDARD, standard, 1, standardJson("一", "4112000001"));
        awaitEvents(feed, 2);
        sendChange(FeedRecord.RECOGNITION, recognition, 2, null);

        List<JsonNode> events = awaitEvents(feed, 4);

        assertThat(events.stream().map(event -> event.path("type").asText()).toList())
                .containsExactly(
                        "org.voyage.feed.standard.created.v1",
                        "org.voyage.feed.recognition.created.v1",
                        "org.voyage.feed.recognition.withdrawn.v1",
                        "org.voyage.feed.standard.left-scope.v1");
        assertThat(events.toString()).doesNotContain("evidence");
        assertThat(FeedsTestBackend.queryNumber(
                                "select count(*) from record_state where jsonb_exists(state, 'evidence')")
                        + FeedsTestBackend.queryNumber(
                                "select count(*) from record_change where jsonb_exists(state, 'evidence')"))
                .as("states that keep what never leaves")
                .isZero();
    }

    @TrapTest(FeedTrap.RECOGNITION_BEFORE_STANDARD)
    @Test
    void a_correction_of_the_colleges_of_a_standard_moves_all_its_recognitions() throws Exception {
        String feed = newFeedOf("{\"colleges\":[\"4112000091\"],\"countries\":[\"COL\"]}");
        String other = newFeedOf("{\"colleges\":[\"4112000092\"],\"countries\":[\"COL\"]}");
        String standard = newKey("12");
        sendChange(FeedRecord.STANDARD, standard, 1, standardJson("一", "4112000091"));
        sendChange(FeedRecord.RECOGNITION, newKey("12"), 1, recognitionJson(standard.substring(3), "COL"));
        sendChange(FeedRecord.RECOGNITION, newKey("12"), 1, recognitionJson(standard.substring(3), "COL"));
        awaitEvents(feed, 3);

        sendChange(FeedRecord.STANDARD, standard, 2, standardJson("一", "4112000092"));
        List<JsonNode> left = withoutCheckpoints(awaitEvents(feed, 6));
        List<JsonNode> entered = withoutCheckpoints(awaitEvents(other, 3));
        sendChange(FeedRecord.STANDARD, standard, 3, standardJson("一", "4112000091"));
        List<JsonNode> back = withoutCheckpoints(awaitEvents(feed, 9));

        assertThat(typesOf(left.subList(3, 6)))
                .containsExactly("recognition.left-scope", "recognition.left-scope", "standard.left-scope");
        assertThat(left.subList(3, 6)).extracting(FeedAssignerIT::reasonOf).containsOnly("record-changed");
        assertThat(typesOf(entered))
                .containsExactly("standard.entered-scope", "recognition.entered-scope", "recognition.entered-scope");
        assertThat(typesOf(back.subList(6, 9)))
                .containsExactly("standard.entered-scope", "recognition.entered-scope", "recognition.entered-scope");
        assertThat(subjectsOf(back.subList(6, 9))).isEqualTo(subjectsOf(left.subList(3, 6)));
        requireNoFaults(feed, "COL");
        requireNoFaults(other, "COL");
    }

    @TrapTest(FeedTrap.RECOGNITION_BEFORE_STANDARD)
    @Test
    void a_recognition_without_its_standard_is_reported_while_it_waits_and_holds_back_no_other() {
        String feed = newFeed("ABW", "now");
        String standard = newKey("12");
        String recognition = newKey("12");
        long before = noteWaiting(Instant.now()).all();
        sendChange(FeedRecord.RECOGNITION, recognition, 1, recognitionJson(standard.substring(3), "ABW"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("ABW", "一"));
        awaitEvents(feed, 1);
        awaitKnown(recognition);

        noteWaiting(Instant.now());
        Instant due = requireWaiting(recognition, standard, false).plus(MAX_WAIT);
        long overdue = noteWaiting(due.minus(1, ChronoUnit.MICROS)).overdue();
        await().untilAsserted(() -> {
            noteWaiting(due);
            given().get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(containsString("voyage_feeds_assigner_waiting_recognitions " + (before + 1) + ".0"))
                    .body(containsString("voyage_feeds_assigner_overdue_recognitions " + (overdue + 1) + ".0"));
        });
        clock.goOnFrom(due);
        try {
            requireWaiting(recognition, standard, true);
        } finally {
            clock.goOnWithMachine();
        }
        sendChange(FeedRecord.STANDARD, standard, 1, standardJson("一", "4112000001"));
        assertThat(typesOf(awaitEvents(feed, 3)))
                .containsExactly("overseas-school.created", "standard.created", "recognition.created");
        assertThat(noteWaiting(Instant.now()).all()).isEqualTo(before);
        assertThat(readWaiting(recognition)).isEmpty();
    }

    /** Notes the waiting recognitions, as the assigner does each minute. */
    private WaitingRecognitionStore.WaitingCount noteWaiting(Instant now) {
        WaitingRecognitionStore.WaitingCount count = database.noteWaiting(now);
        metrics.noteWaiting(count, 0);
        return count;
    }

    /** Returns since when the recognition waits. */
    private static Instant requireWaiting(String recognition, String standard, boolean isOverdue) {
        List<Map<String, Object>> found = readWaiting(recognition);
        assertThat(found)
                .singleElement()
                .satisfies(item -> assertThat(item)
                        .containsEntry("standard", standard.substring(3))
                        .containsEntry("overdue", isOverdue));
        return Instant.parse(String.valueOf(found.getFirst().get("waitingSince")));
    }

    private static List<Map<String, Object>> readWaiting(String recognition) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/waiting-recognitions?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.province + '/' + it.sourceId == '" + recognition + "' }");
    }

    @TrapTest(FeedTrap.RENAME_AND_MERGE)
    @Test
    void a_moved_record_names_where_it_goes_on_only_in_scope() {
        String feed = newFeed("VNM", "now");
        String from = newKey("12");
        String to = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, from, 1, schoolJson("VNM", "一"));
        awaitEvents(feed, 1);
        sendMove(FeedRecord.OVERSEAS_SCHOOL, from, 2, to);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, to, 1, schoolJson("VNM", "一"));
        List<JsonNode> moved = awaitEvents(feed, 3);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, to, 2, schoolJson("VNM", "二"));
        awaitEvents(feed, 4);

        assertThat(kindsOf(moved)).containsExactlyInAnyOrder("created", "withdrawn", "created");
        assertThat(moved.toString()).contains("\"movedTo\":\"overseas-school/");
    }

    @TrapTest({FeedTrap.WIDENED_OR_NARROWED_FIELDS, FeedTrap.HIDDEN_FIELDS_ONLY})
    @Test
    void opened_and_closed_fields_change_the_copy() {
        String alliance = "ASSIGNERFIELDS";
        FeedsTestBackend.admit(alliance, "{}", List.of());
        String feed = FeedsTestBackend.createFeed(alliance, "{\"countries\":[\"PHL\"]}", "now");
        awaitScanned(feed);
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("PHL", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("PHL", "一").replace("Vientiane", "Manila"));

        FeedsTestBackend.grant(alliance, "g1", "{}", List.of("overseas-school.hostCity"));
        awaitEvents(feed, 2);
        FeedsTestBackend.grant(alliance, "g1", "{}", List.of());
        List<JsonNode> events = awaitEvents(feed, 3);

        assertThat(kindsOf(events)).containsExactly("created", "present", "corrected");
        assertThat(events.get(1).path("data").path("state").path("hostCity").asText())
                .isEqualTo("Manila");
        assertThat(events.get(1).path("data").path("because").asText()).isEqualTo("grant");
        assertThat(events.get(2).path("data").path("changed").toString()).isEqualTo("[\"hostCity\"]");
    }

    @TrapTest(FeedTrap.ONE_BROKEN_FEED)
    @Test
    void a_poison_event_and_a_broken_feed_stop_only_themselves() {
        String feed = newFeed("IDN", "now");
        String broken = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":7}", "snapshot");
        String poison = newKey("12");
        String sound = newKey("12");
        FeedsTestBackend.send(FeedRecord.OVERSEAS_SCHOOL, poison, "{".getBytes(StandardCharsets.UTF_8));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, sound, 1, schoolJson("IDN", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, poison, 2, schoolJson("IDN", "二"));

        assertThat(kindsOf(awaitEvents(feed, 2))).containsExactly("created", "entered-scope");
        assertThat(FeedsTestBackend.queryNumber(
                        "select count(*) from feed where id = ? and stopped_reason is not null", broken))
                .isEqualTo(1);
        assertThat(FeedsTestBackend.queryNumber(
                        "select count(*) from feed_dead_letter where convert_from(key, 'UTF8') = ? and healed_at is"
                                + " not null",
                        poison))
                .isEqualTo(1);

        // Repaired, it begins with its snapshot.
        FeedsTestBackend.runSql("update feed set filter = '{\"countries\":[\"IDN\"]}' where id = ?", broken);
        assertThat(kindsOf(awaitEvents(broken, 2))).containsExactly("present", "present");
    }

    @Test
    void an_event_of_another_version_or_with_an_unknown_code_is_a_dead_letter_until_it_can_be_read() {
        String feed = newFeed("ATG", "now");
        String later = newKey("12");
        String code = newKey("12");
        String sound = newKey("12");
        FeedsTestBackend.sendTyped(
                FeedRecord.OVERSEAS_SCHOOL, later, "org.voyage.overseas-school.changed.v9", schoolJson("ATG", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, code, 1, schoolJson("ATG", "二").replace("luban-workshop", "unheard-of"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("XYZ", "三"));
        FeedsTestBackend.sendTyped(
                FeedRecord.OVERSEAS_SCHOOL, sound, "org.voyage.overseas-school.changed.v1", schoolJson("ATG", "四"));
        awaitEvents(feed, 1);
        await().atMost(FeedsTestBackend.TIMEOUT)
                .untilAsserted(() -> assertThat(readDeadLetters("healed=false"))
                        .containsEntry(later, "its type is not version 1 of a change of its record")
                        .containsEntry(code, "the code of brand is unknown")
                        .containsValue("the code of hostCountry is unknown"));

        // A later version of the record heals, and so does a version of the service that understands the event.
        sendChange(FeedRecord.OVERSEAS_SCHOOL, code, 2, schoolJson("ATG", "二"));
        awaitEvents(feed, 2);
        FeedsTestBackend.runSql(
                "update feed_dead_letter set schema_version = 1 where convert_from(key, 'UTF8') = ?", later);
        // The assigner begins again, as at a start.
        FeedsTestBackend.runSql("update assigner_state set step = step + 1, history_step = history_step + 1");

        List<JsonNode> events = awaitEvents(feed, 3);
        assertThat(kindsOf(events)).containsExactly("created", "entered-scope", "created");
        assertThat(events.get(2).at("/data/state/name").asText()).isEqualTo("一");
        assertThat(readDeadLetters("healed=false")).doesNotContainKeys(later, code);
        assertThat(readDeadLetters("healed=true&record=overseas-school&topic=overseas.overseas-school"))
                .containsKeys(later, code);
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/dead-letters")
                .then()
                .statusCode(403);
    }

    @Test
    void after_an_assigner_of_the_last_release_no_feed_starts_before_its_end_and_stored_bytes_are_counted_again() {
        String feed = newFeed("ARM", "now");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("ARM", "一"));
        awaitEvents(feed, 1);
        try {
            // A step of a release that knows neither the column nor the changes.
            FeedsTestBackend.runSql("update feed set stored_bytes = 1 where id = ?", feed);
            FeedsTestBackend.runSql("update assigner_state set step = step + 1");

            await().atMost(FeedsTestBackend.TIMEOUT)
                    .untilAsserted(() -> assertThat(
                                    FeedsTestBackend.queryNumber(
                                            "select count(*) from assigner_state where history_from > now() - interval '1 minute'"))
                            .isEqualTo(1));
            assertThat(FeedsTestBackend.queryNumber("""
                    select stored_bytes - (select sum(octet_length(body)) from feed_event where feed_event.feed = feed.id)
                                        - (select sum(octet_length(state)) from feed_record where feed_record.feed = feed.id)
                      from feed where id = ?""", feed)).isZero();
        } finally {
            FeedsTestBackend.runSql("update assigner_state set history_from = '-infinity'");
        }
    }

    @Test
    void a_readable_dead_letter_behind_any_number_of_unreadable_ones_heals_and_the_retention_deletes_it() {
        String feed = newFeed("ARM", "now");
        String later = newKey("12");
        FeedsTestBackend.sendTyped(
                FeedRecord.OVERSEAS_SCHOOL, later, "org.voyage.overseas-school.changed.v9", schoolJson("ARM", "一"));
        await().atMost(FeedsTestBackend.TIMEOUT).until(() -> countDeadLetters(later) == 1);
        assertThat(FeedsTestBackend.runSql("""
                insert into feed_dead_letter
                       (topic, partition, kafka_offset, key, message, reason, noted_at, schema_version, epoch, time)
                select topic, partition, -number, convert_to('12/unreadable', 'UTF8'), message, 'test',
                       now() - interval '40 days', 9, epoch, time
                  from feed_dead_letter, generate_series(1, 1500) number where convert_from(key, 'UTF8') = ?\
                """, later)).isEqualTo(1500);
        try {
            FeedsTestBackend.runSql(
                    "update feed_dead_letter set schema_version = 1 where convert_from(key, 'UTF8') = ?", later);
            // The assigner begins again, as at a start.
            FeedsTestBackend.runSql("update assigner_state set step = step + 1, history_step = history_step + 1");

            assertThat(kindsOf(awaitEvents(feed, 1))).containsExactly("created");
            retention.deleteExpired();
            assertThat(countDeadLetters(later)).isEqualTo(1);
            FeedsTestBackend.runSql(
                    "update feed_dead_letter set healed_at = now() - interval '31 days' where convert_from(key, 'UTF8') = ?",
                    later);
            retention.deleteExpired();
            assertThat(countDeadLetters(later)).isZero();
            assertThat(countDeadLetters("12/unreadable")).isEqualTo(1500);
        } finally {
            FeedsTestBackend.runSql("delete from feed_dead_letter where convert_from(key, 'UTF8') = '12/unreadable'");
        }
    }

    private static long countDeadLetters(String key) {
        return FeedsTestBackend.queryNumber(
                "select count(*) from feed_dead_letter where convert_from(key, 'UTF8') = ?", key);
    }

    private static Map<String, String> readDeadLetters(String parameters) {
        List<Map<String, String>> items = given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/dead-letters?limit=1000&" + parameters)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return items.stream()
                .filter(item -> item.get("key") != null)
                .collect(Collectors.toMap(item -> item.get("key"), item -> item.get("reason"), (first, _) -> first));
    }

    @TrapTest(FeedTrap.ONE_BROKEN_FEED)
    @Test
    void a_huge_back_fill_and_a_slow_filter_delay_no_other_feed_and_checkpoints_come_after_1000_events()
            throws Exception {
        String live = newFeed("JAM", "now");
        FeedsTestBackend.storeSchools("HTI", BACK_FILL_RECORDS, "海地");
        try {
            String huge = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"HTI\"]}", "snapshot");
            // It judges all records and finds none.
            String slow = FeedsTestBackend.createFeed(ALLIANCE, "{\"colleges\":[\"4100000000\"]}", "snapshot");
            await().atMost(FeedsTestBackend.TIMEOUT)
                    .until(() ->
                            FeedsTestBackend.queryNumber("select count(*) from feed_event where feed = ?", huge) > 0);

            sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("JAM", "一"));
            awaitEvents(live, 1);

            assertThat(FeedsTestBackend.queryNumber(
                            "select count(*) from feed where id in (?, ?) and scan_cause is not null", huge, slow))
                    .as("feeds that are not scanned yet")
                    .isEqualTo(2);
            awaitScanned(huge);
            awaitScanned(slow);
            List<JsonNode> events = FeedsTestBackend.readEvents(huge);
            assertThat(withoutCheckpoints(events)).hasSize(BACK_FILL_RECORDS);
            for (int checkpoint = 1; checkpoint <= BACK_FILL_RECORDS / 1000; checkpoint++) {
                JsonNode data = events.get(1001 * checkpoint - 1).path("data");
                assertThat(data.path("kind").asText()).isEqualTo("checkpoint");
                assertThat(data.path("count").asInt()).isEqualTo(1000);
                assertThat(data.path("sequence").asInt()).isEqualTo(1001 * checkpoint - 1);
            }
            requireNoFaults(huge, "HTI");
            FeedsTestBackend.deleteFeed(huge);
            FeedsTestBackend.deleteFeed(slow);

            // Alliances take turns, whatever the number of their feeds.
            String all = "{\"countries\":[\"HTI\"],\"colleges\":[\"4100000000\"]}";
            List<String> many = Stream.generate(() -> FeedsTestBackend.createFeed(ALLIANCE, all, "snapshot"))
                    .limit(3)
                    .toList();
            FeedsTestBackend.admit("ASSIGNERTURN", "{}", List.of());
            String one = FeedsTestBackend.createFeed("ASSIGNERTURN", all, "snapshot");
            awaitScanned(one);
            for (String feed : many) {
                assertThat(FeedsTestBackend.queryNumber(
                                "select count(*) from feed where id = ? and scope is not null and scan_cause is null",
                                feed))
                        .as("%s is scanned", feed)
                        .isZero();
            }
            many.forEach(FeedsTestBackend::deleteFeed);
        } finally {
            FeedsTestBackend.deleteStoredSchools("HTI");
        }
    }

    @TrapTest(FeedTrap.REPUBLISHED_VERSION)
    @Test
    void another_content_of_a_known_version_is_set_aside_and_the_first_counts() {
        String feed = newFeed("TUV", "now");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("TUV", "一"));
        awaitEvents(feed, 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, "republished", schoolJson("TUV", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, "republished", schoolJson("TUV", "别样"));
        await().atMost(FeedsTestBackend.TIMEOUT)
                .until(() -> FeedsTestBackend.queryNumber(
                                "select count(*) from feed_dead_letter where convert_from(key, 'UTF8') = ?"
                                        + " and healed_at is null and reason like 'another content%'",
                                key)
                        == 1);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("TUV", "二"));

        List<JsonNode> events = awaitEvents(feed, 2);

        assertThat(kindsOf(events)).containsExactly("created", "corrected");
        assertThat(events.toString()).doesNotContain("别样");
    }

    private static List<String> typesOf(List<JsonNode> events) {
        return withoutCheckpoints(events).stream()
                .map(event -> event.path("type")
                        .asText()
                        .replace("org.voyage.feed.", "")
                        .replace(".v1", ""))
                .toList();
    }

    private static String reasonOf(JsonNode event) {
        return event.at("/data/because").asText();
    }

    private static Set<String> subjectsOf(List<JsonNode> events) {
        return events.stream().map(event -> event.path("subject").asText()).collect(Collectors.toSet());
    }

    private static void requireNoFaults(String feed, String country) throws SQLException {
        try (Connection connection = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(connection, feed)
                            .withScope(Set.of(country), Set.of("overseas-school.hostCity"))))
                    .isEmpty();
        }
    }

    private static String newFeedOf(String filter) {
        String feed = FeedsTestBackend.createFeed(ALLIANCE, filter, "now");
        awaitScanned(feed);
        return feed;
    }

    static String newFeed(String country, String start) {
        String feed = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"" + country + "\"]}", start);
        awaitScanned(feed);
        return feed;
    }
}
