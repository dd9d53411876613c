package org.voyage.feeds.topic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.recognitionJson;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.FeedsTestBackend.standardJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

/**
 * Topics of states as an alliance reads them: whoever reads one from its beginning, at any time, ends with exactly the records
 * of the snapshot. A plain consumer and a table of Kafka Streams, which had begun before, hold the same.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class StateTopicIT {

    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    PublicationFaults faults;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
    }

    @Test
    void it_has_the_state_of_each_record_in_scope_and_a_tombstone_for_each_that_is_gone() {
        String alliance = "STATES1";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"STP\"]}", List.of());
        String corrected = newKey("12");
        String withdrawn = newKey("12");
        String moved = newKey("12");
        String standard = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, corrected, 1, schoolJson("STP", "一"));
        FeedsTestBackend.awaitKnown(corrected);
        String feed = createFeed(alliance, "snapshot");
        requireCopies(alliance, feed, 1);
        try (StateTable table = new StateTable(alliance, "table", topicOf(alliance, feed), folder)) {
            List.of(withdrawn, moved)
                    .forEach(key -> sendChange(FeedRecord.OVERSEAS_SCHOOL, key, 1, schoolJson("STP", "二")));
            sendChange(FeedRecord.STANDARD, standard, 1, standardJson("标准", "4112000001"));
            sendChange(FeedRecord.RECOGNITION, newKey("12"), 1, recognitionJson(standard.substring(3), "STP"));
            FeedsTestBackend.awaitEvents(feed, 5);
            requireCopies(alliance, feed, 5, table);

            sendChange(FeedRecord.OVERSEAS_SCHOOL, corrected, 2, schoolJson("STP", "三"));
            sendChange(FeedRecord.OVERSEAS_SCHOOL, withdrawn, 2, null);
            sendChange(FeedRecord.OVERSEAS_SCHOOL, moved, 2, schoolJson("QAT", "二"));
            FeedsTestBackend.awaitEvents(feed, 8);

            requireCopies(alliance, feed, 3, table);
        }
        assertThat(AllianceKafkaClient.readStates(alliance, topicOf(alliance, feed)).values().stream()
                        .filter(Objects::isNull))
                .hasSize(2);
        as(alliance)
                .get("/v1/feeds/" + feed + "/status")
                .then()
                .body("kafka.stateTopic", equalTo(topicOf(alliance, feed)))
                .body("kafka.hasAllStates", equalTo(true));
    }

    @Test
    void the_records_of_a_feed_that_starts_now_are_there_from_the_beginning() {
        String alliance = "STATES2";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"GMB\"]}", List.of());
        String key = newKey("12");
        String ended = newKey("12");
        List.of(key, ended).forEach(each -> sendChange(FeedRecord.OVERSEAS_SCHOOL, each, 1, schoolJson("GMB", "一")));
        FeedsTestBackend.awaitKnown(key);
        FeedsTestBackend.awaitKnown(ended);
        String feed = createFeed(alliance, "now");
        requireCopies(alliance, feed, 2);

        sendChange(FeedRecord.OVERSEAS_SCHOOL, ended, 2, null);

        assertThat(FeedsTestBackend.kindsOf(FeedsTestBackend.awaitEvents(feed, 1)))
                .containsExactly("withdrawn");
        requireCopies(alliance, feed, 1);
    }

    @TrapTest(FeedTrap.NARROWING_OF_NUMBERED_EVENTS)
    @Test
    void after_a_narrowing_it_has_all_that_is_in_scope_and_nothing_else() {
        String alliance = "STATES3";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"LSO\",\"SWZ\"]}", List.of("overseas-school.hostCity"));
        String kept = newKey("12");
        String gone = newKey("12");
        String feed = createFeed(alliance, "snapshot");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, gone, 1, schoolJson("LSO", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, gone, 2, null);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, kept, 1, schoolJson("LSO", "莱索托").replace("Vientiane", "马塞卢"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("SWZ", "斯威士兰"));
        FeedsTestBackend.awaitEvents(feed, 4);
        requireCopies(alliance, feed, 2);
        try (StateTable table = new StateTable(alliance, "table", topicOf(alliance, feed), folder)) {
            requireCopies(alliance, feed, 2, table);

            // A crash at each point of the rewrite changes nothing in the end.
            faults.failAt(PublicationCrashPoint.AFTER_SEND);
            FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"LSO\"]}", List.of());
            await().atMost(TIMEOUT).until(faults::hasRun);
            faults.failAt(PublicationCrashPoint.AFTER_COMMIT);
            await().atMost(TIMEOUT).until(faults::hasRun);

            requireCopies(alliance, feed, 1, table);
        }
        await("each value that anybody can still read")
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(AllianceKafkaClient.readTopic(alliance, topicOf(alliance, feed), 1))
                        .isNotEmpty()
                        .allSatisfy(value ->
                                assertThat(value).doesNotContain("斯威士兰").doesNotContain("马塞卢")));
        assertThat(AllianceKafkaClient.readStates(alliance, topicOf(alliance, feed)).values().stream()
                        .filter(Objects::isNull))
                .as("a reader that was away hears of each record that is gone")
                .hasSize(2);
        sendChange(FeedRecord.OVERSEAS_SCHOOL, kept, 2, schoolJson("LSO", "二"));
        FeedsTestBackend.awaitEvents(feed, events -> events.toString().contains("\"二\""));
        requireCopies(alliance, feed, 1);
    }

    @Test
    void after_all_events_have_expired_it_has_the_records_still_also_when_both_topics_were_lost() throws Exception {
        String alliance = "STATES4";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"ERI\"]}", List.of());
        String feed = createFeed(alliance, "snapshot");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("ERI", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("ERI", "二"));
        FeedsTestBackend.awaitEvents(feed, 2);
        requireCopies(alliance, feed, 2);
        String events = FeedTopicNames.topicOf(alliance, feed);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(events, 0), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
            FeedsTestBackend.runSql(
                    "update feed set expired_epoch = 1, expired_sequence = next_sequence - 1 where id = ?", feed);
            FeedsTestBackend.runSql("delete from feed_event where feed = ?", feed);
            try (StateTable table = new StateTable(alliance, "table", topicOf(alliance, feed), folder)) {
                requireCopies(alliance, feed, 2, table);
            }

            admin.deleteTopics(Set.of(events, topicOf(alliance, feed))).all().get();
        }
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(readCopy(alliance, feed)).hasSize(2).isEqualTo(readSnapshot(alliance, feed)));
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void after_a_restore_it_forgets_a_record_that_the_database_does_not_know() {
        String alliance = "STATES5";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"CPV\"]}", List.of());
        String feed = createFeed(alliance, "snapshot");
        String lost = newKey("12");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("CPV", "一"));
        sendChange(FeedRecord.OVERSEAS_SCHOOL, lost, 1, schoolJson("CPV", "二"));
        FeedsTestBackend.awaitEvents(feed, 2);
        requireCopies(alliance, feed, 2);
        try (StateTable table = new StateTable(alliance, "table", topicOf(alliance, feed), folder)) {
            requireCopies(alliance, feed, 2, table);

            // A backup from before the second record, with fewer steps than the witness knows.
            FeedsTestBackend.runSql(
                    "with gone as (delete from record_state where source_id = ?)"
                            + " update assigner_state set step = step - 1, history_step = history_step - 1",
                    lost.substring(3));
            FeedsTestBackend.awaitEvents(feed, 4);

            requireCopies(alliance, feed, 1, table);
        }
    }

    /** Waits until each copy has exactly the records of the snapshot, which are so many. */
    private static void requireCopies(String alliance, String feed, int records, StateTable... tables) {
        await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> {
            Map<String, JsonNode> snapshot = readSnapshot(alliance, feed);
            assertThat(snapshot).hasSize(records);
            assertThat(readCopy(alliance, feed)).isEqualTo(snapshot);
            for (StateTable table : tables) {
                assertThat(parseAll(table.read())).isEqualTo(snapshot);
            }
        });
    }

    private static Map<String, JsonNode> readCopy(String alliance, String feed) {
        Map<String, String> present = new TreeMap<>();
        AllianceKafkaClient.readStates(alliance, topicOf(alliance, feed)).forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        return parseAll(present);
    }

    private static Map<String, JsonNode> parseAll(Map<String, String> values) {
        return values.entrySet().stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, each -> parse(each.getValue()), (a, _) -> a, TreeMap::new));
    }

    private static Map<String, JsonNode> readSnapshot(String alliance, String feed) {
        Map<String, JsonNode> records = new TreeMap<>();
        parse(as(alliance)
                        .get("/v1/feeds/" + feed + "/snapshot?limit=1000")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .path("items")
                .forEach(item -> records.put(item.path("record").asText().split("/")[1], item));
        return records;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String createFeed(String alliance, String start) {
        String feed = as(alliance)
                .body("{\"name\":\"状态\",\"start\":\"" + start + "\",\"kafka\":true}")
                .post("/v1/feeds")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        FeedsTestBackend.awaitScanned(feed);
        return feed;
    }

    private static String topicOf(String alliance, String feed) {
        return FeedTopicNames.stateTopicOf(alliance, feed);
    }

    private static RequestSpecification as(String alliance) {
        return given().auth().oauth2(TestTokens.allianceToken(alliance)).contentType("application/json");
    }
}
