package org.voyage.feeds.assigner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.awaitEvents;
import static org.voyage.feeds.FeedsTestBackend.awaitKnown;
import static org.voyage.feeds.FeedsTestBackend.awaitScanned;
import static org.voyage.feeds.FeedsTestBackend.kindsOf;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.queryNumber;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.sendInEpoch;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.InstantFormat;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class AssignerCrashIT {

    private static final String ALLIANCE = "CRASHES";
    private static final int MAX_HIDDEN_FEEDS = 10;
    private static final int WIDE_FEEDS = 12;
    private static final int WIDE_CHANGES = 260;
    private static final long MAX_STEP_BYTES = 16L << 20;

    @Inject
    StepFaults faults;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(ALLIANCE, "{}", List.of());
    }

    @TrapTest(FeedTrap.NUMBERS_WITH_HOLES)
    @Test
    void a_crash_at_any_point_loses_and_doubles_nothing() throws Exception {
        String feed = newFeed("BGD", "now");
        String key = newKey("12");
        int version = 0;
        for (StepCrashPoint point : StepCrashPoint.values()) {
            faults.failAt(point);
            version++;
            sendChange(FeedRecord.OVERSEAS_SCHOOL, key, version, schoolJson("BGD", "n" + version));
            await().atMost(TIMEOUT).until(faults::hasFailed);
            awaitEvents(feed, version);
        }

        List<JsonNode> events = awaitEvents(feed, version);

        assertThat(kindsOf(events)).containsExactly("created", "corrected", "corrected", "corrected");
        requireNoFaults(feed);
    }

    @Test
    void a_crash_during_a_replay_loses_and_doubles_nothing() throws Exception {
        String key = newKey("12");
        Instant start = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MICROS);
        for (int version = 1; version <= 6; version++) {
            sendChange(
                    FeedRecord.OVERSEAS_SCHOOL,
                    key,
                    version,
                    schoolJson("BTN", "n" + version),
                    null,
                    start.plus(Duration.ofHours(10L * version - 15)));
        }
        await().atMost(TIMEOUT)
                .until(() -> queryNumber(
                                "select coalesce(max(version_order), 0) from record_state where source_id = ?",
                                key.substring(3))
                        == 6);
        String feed =
                FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"BTN\"]}", InstantFormat.formatInstant(start));
        for (StepCrashPoint point : StepCrashPoint.values()) {
            faults.failAt(point);
            await().atMost(TIMEOUT).until(faults::hasFailed);
        }
        awaitScanned(feed);

        assertThat(kindsOf(awaitEvents(feed, 6)))
                .containsExactly("present", "corrected", "corrected", "corrected", "corrected", "corrected");
        requireNoFaults(feed);
    }

    @Test
    void a_scan_has_not_ended_while_readers_do_not_see_its_records() {
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("MDV", "一"));
        awaitKnown(key);
        List<String> scans = new CopyOnWriteArrayList<>();
        // The next step that is hidden may be the one before the scan: then another feed is created.
        for (int i = 0; i < MAX_HIDDEN_FEEDS && scans.isEmpty(); i++) {
            String hidden = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"MDV\"]}", "snapshot");
            faults.failAfter(StepCrashPoint.BEFORE_VISIBLE, () -> {
                if (queryNumber("select count(*) from feed_event where feed = ?", hidden) > 0) {
                    scans.add(String.valueOf((Object) given().auth()
                            .oauth2(TestTokens.allianceToken(ALLIANCE))
                            .get("/v1/feeds/" + hidden + "/status")
                            .then()
                            .body("head", equalTo("1-0000000000000000"))
                            .extract()
                            .path("scan")));
                }
            });
            await().atMost(TIMEOUT).until(faults::hasFailed);
            assertThat(kindsOf(awaitEvents(hidden, 1))).containsExactly("present");
        }

        assertThat(scans).containsExactly("snapshot");
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_restored_database_begins_an_epoch() throws Exception {
        String feed = newFeed("NPL", "now");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("NPL", "一"));
        awaitEvents(feed, 1);
        long step = queryNumber("select step from assigner_state") + 1_000;
        writeWitness(step, 7);
        faults.failAt(StepCrashPoint.BEFORE_COMMIT);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("NPL", "二"));

        List<JsonNode> events = awaitEvents(feed, 4);

        assertThat(queryNumber("select step from assigner_state")).isGreaterThan(step);
        List<JsonNode> ofEpoch = events.stream()
                .filter(event -> event.path("epoch").asText().equals("8"))
                .toList();
        assertThat(kindsOf(ofEpoch).getFirst()).isEqualTo("reset");
        assertThat(kindsOf(ofEpoch)).hasSize(3).contains("present");
        assertThat(ofEpoch.getFirst().path("data").path("lastSequence").asLong())
                .isEqualTo(1);
        requireNoFaults(feed);
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_crash_between_the_epochs_of_two_feeds_leaves_none_without_its_reset_and_none_with_two() throws Exception {
        List<String> feeds = List.of(newFeed("TLS", "now"), newFeed("TLS", "now"), newFeed("TLS", "now"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("TLS", "一"));
        for (String feed : feeds) {
            awaitEvents(feed, 1);
        }
        long epoch = queryNumber("select max(epoch) from feed") + 1;
        writeWitness(queryNumber("select step from assigner_state") + 1_000, (int) epoch);
        // The first fault lets the assigner ask the witness; the second one ends it after the first feed of all.
        faults.failAfter(StepCrashPoint.BEFORE_COMMIT, () -> faults.failAt(StepCrashPoint.BEFORE_WITNESS));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("TLS", "二"));

        for (String feed : feeds) {
            awaitEvents(feed, 4);
            assertThat(queryNumber(
                            "select count(*) from feed_event where feed = ? and kind = 'reset' and epoch > ?::bigint",
                            feed,
                            Long.toString(epoch)))
                    .isEqualTo(1);
            requireNoFaults(feed);
        }
        assertThat(queryNumber(
                        "select count(distinct step) from feed_event where kind = 'reset' and epoch > ?::bigint"
                                + " and feed in ('" + String.join("','", feeds) + "')",
                        Long.toString(epoch)))
                .as("each feed begins its epoch in a step of its own")
                .isEqualTo(feeds.size());
        assertThat(queryNumber(
                        "select count(*) from feed where deleted_at is null and epoch <= ?::bigint",
                        Long.toString(epoch)))
                .isZero();
        assertThat(queryNumber("select count(*) from assigner_state where reset_epoch is not null"))
                .isZero();
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_restored_database_is_noticed_while_nothing_changes() {
        String feed = newFeed("LKA", "now");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("LKA", "一"));
        awaitEvents(feed, 1);
        // The steps of a backup: fewer than the witness knows.
        FeedsTestBackend.runSql("update assigner_state set step = step - 1, history_step = history_step - 1");

        List<JsonNode> events = awaitEvents(feed, 3);

        assertThat(kindsOf(events)).containsExactly("created", "reset", "present");
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_log_that_was_lost_and_is_published_again_doubles_and_loses_no_event() throws Exception {
        FeedRecord record = FeedRecord.COOPERATIVE_INSTITUTION;
        String feed = newFeed("ECU", "now");
        List<String> keys = IntStream.range(0, 12).mapToObj(_ -> newKey("12")).toList();
        String withdrawn = keys.getFirst();
        String lostCorrection = keys.getLast();
        String lostRecord = newKey("12");
        keys.forEach(key -> sendChange(record, key, 1, institutionJson("一")));
        keys.forEach(key -> sendChange(record, key, 2, institutionJson("二")));
        sendChange(record, withdrawn, 3, null);
        List<JsonNode> before = awaitEvents(feed, 25);

        // The service of the records does this when Kafka was restored, while the feeds are stopped.
        faults.failAfter(StepCrashPoint.BEFORE_COMMIT, () -> {
            FeedsTestBackend.makeTopicAgain(record);
            keys.stream()
                    .filter(key -> !key.equals(withdrawn) && !key.equals(lostCorrection))
                    .forEach(key -> sendInEpoch(1, record, key, 2, "republished", institutionJson("二")));
            sendInEpoch(1, record, lostCorrection, 3, "republished", institutionJson("三"));
            sendInEpoch(1, record, lostRecord, 1, "republished", institutionJson("四"));
        });
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("ECU", "一"));
        awaitEvents(feed, 28);
        sendInEpoch(1, record, keys.get(1), 3, "corrected", institutionJson("五"));
        awaitEvents(feed, 29);
        // A further start reads nothing again.
        faults.failAt(StepCrashPoint.BEFORE_COMMIT);
        sendInEpoch(1, record, keys.get(2), 3, "corrected", institutionJson("六"));

        List<JsonNode> events = awaitEvents(feed, 30);

        assertThat(events.subList(0, 25)).isEqualTo(before);
        assertThat(kindsOf(events.subList(25, 28))).containsExactlyInAnyOrder("created", "corrected", "entered-scope");
        assertThat(kindsOf(events.subList(28, events.size()))).containsExactly("corrected", "corrected");
        assertThat(events).extracting(event -> event.path("epoch").asText()).containsOnly("1");
        requireNoFaults(feed);
    }

    @Test
    void exhausted_memory_halves_the_step_and_loses_and_doubles_nothing() throws Exception {
        String feed = newFeed("GNB", "now");
        try (Connection assigner = FeedsTestBackend.connect()) {
            assigner.setAutoCommit(false);
            // The assigner makes no step until this transaction ends.
            assigner.createStatement().execute("select step from assigner_state for update");
            for (int i = 0; i < 60; i++) {
                sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("GNB", "一" + i));
            }
            faults.failAfter(StepCrashPoint.BEFORE_COMMIT, () -> {
                throw new OutOfMemoryError("planned");
            });
        }
        await().atMost(TIMEOUT).until(faults::hasFailed);

        List<JsonNode> events = awaitEvents(feed, 60);

        assertThat(kindsOf(events)).hasSize(60).containsOnly("created");
        assertThat(queryNumber("select count(distinct step) from feed_event where feed = ?", feed))
                .isGreaterThan(1);
        given().get("/q/health/live").then().statusCode(200);
        requireNoFaults(feed);
    }

    @Test
    void a_step_is_bounded_in_bytes_however_many_feeds_a_change_concerns() throws Exception {
        List<String> feeds =
                Stream.generate(() -> newFeed("GIN", "now")).limit(WIDE_FEEDS).toList();
        try (Connection assigner = FeedsTestBackend.connect()) {
            assigner.setAutoCommit(false);
            assigner.createStatement().execute("select step from assigner_state for update");
            for (int i = 0; i < WIDE_CHANGES; i++) {
                sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("GIN", "几".repeat(4_000)));
            }
        }
        String events = " from feed_event where feed in ('" + String.join("','", feeds) + "') and kind = 'created'";
        await().atMost(TIMEOUT.multipliedBy(2))
                .until(() -> queryNumber("select count(*)" + events) == (long) WIDE_FEEDS * WIDE_CHANGES);

        long largest = queryNumber(
                "select max(bytes) from (select sum(octet_length(body)) bytes" + events + " group by step) steps");
        assertThat(largest).isLessThan(MAX_STEP_BYTES + WIDE_FEEDS * 16_000L);
        assertThat(queryNumber("select sum(octet_length(body))" + events)).isGreaterThan(2 * MAX_STEP_BYTES);
        requireNoFaults(feeds.getFirst());
        feeds.forEach(FeedsTestBackend::deleteFeed);
    }

    @TrapTest(FeedTrap.EXPIRED_LEASE)
    @Test
    void a_holder_that_goes_on_too_late_stores_nothing() throws Exception {
        String feed = newFeed("MNG", "now");
        String key = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("MNG", "一"));
        awaitEvents(feed, 1);
        // What another holder does while this one is stopped: it makes a step.
        FeedsTestBackend.runSql("update assigner_state set step = step + 1, history_step = history_step + 1");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 2, schoolJson("MNG", "二"));

        List<JsonNode> events = awaitEvents(feed, 2);

        assertThat(kindsOf(events)).containsExactly("created", "corrected");
        requireNoFaults(feed);
    }

    private static String institutionJson(String name) {
        return """
            {"name":"%s","college":"4112012345","foreignPartners":[{"name":"Instituto","country":"ECU"}],\
            "approvedOn":"2015-03-01","scheme":"ordinary","legalForm":"non-legal-person","status":"enrolling"}\
            """.formatted(name);
    }

    private static String newFeed(String country, String start) {
        String feed = FeedsTestBackend.createFeed(ALLIANCE, "{\"countries\":[\"" + country + "\"]}", start);
        awaitScanned(feed);
        return feed;
    }

    private static void requireNoFaults(String feed) throws SQLException {
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(database, feed)))
                    .isEmpty();
        }
    }

    private static void writeWitness(long step, int epoch) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            byte[] value = ("{\"step\":" + step + ",\"epoch\":" + epoch + "}").getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>("feeds.witness", 0, "test", value));
        }
    }
}
