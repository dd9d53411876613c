package org.voyage.feeds.topic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.feeds.FeedsTestBackend.TIMEOUT;
import static org.voyage.feeds.FeedsTestBackend.newKey;
import static org.voyage.feeds.FeedsTestBackend.schoolJson;
import static org.voyage.feeds.FeedsTestBackend.sendChange;
import static org.voyage.feeds.alliance.RegistryRequests.GRANT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.alliance.RegistryRequests;
import org.voyage.feeds.check.FeedEvidence;
import org.voyage.feeds.check.FeedLogChecker;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.ContractFile;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

/** Feeds on Kafka, as an alliance reads them: by SASL with its own client, against a broker with access rules. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class FeedTopicIT {

    private static final String ALLIANCE = "TOPICS";
    private static final String OTHER = "TOPICS2";
    private static final Duration SHUT_LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    PublicationFaults faults;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @BeforeAll
    static void prepare() throws Exception {
        FeedsTestBackend.createTopics();
        FeedsTestBackend.admit(ALLIANCE, "{\"countries\":[\"BRN\",\"MMR\",\"TLS\",\"PNG\"]}", List.of());
        FeedsTestBackend.admit(OTHER, "{\"countries\":[\"SLB\"]}", List.of());
    }

    @TrapTest(FeedTrap.REWRITTEN_BYTES)
    @Test
    void a_topic_has_the_events_of_pull_in_their_order_byte_by_byte() throws Exception {
        String feed = createFeed(ALLIANCE, "BRN");
        sendChanges("BRN", newKey("12"), 1, 2, 3);

        List<String> events = readTopic(ALLIANCE, feed, 3);

        assertThat("[" + String.join(",", events) + "]").isEqualTo(pull(ALLIANCE, feed));
        assertThat(idsOf(events)).isEqualTo(positions(3));
        as(ALLIANCE)
                .get("/v1/feeds/" + feed + "/status")
                .then()
                .body("kafka.topic", equalTo(topicOf(ALLIANCE, feed)))
                .body("kafka.servers", equalTo(TestServers.allianceBootstrapServers()))
                .body("kafka.published", equalTo(new FeedPosition(1, 3).text()));
        requireNoFaults(ALLIANCE, feed, events);
    }

    @Test
    void an_alliance_reads_and_writes_nothing_else_on_kafka() throws Exception {
        String feed = createFeed(ALLIANCE, "PNG");
        String others = createFeed(OTHER, "SLB");
        sendChanges("PNG", newKey("12"), 1);
        readTopic(ALLIANCE, feed, 1);

        try (KafkaConsumer<String, byte[]> consumer =
                AllianceKafkaClient.openConsumer(OTHER, "feeds." + OTHER + ".own")) {
            for (String topic : List.of(
                    topicOf(ALLIANCE, feed),
                    FeedTopicNames.stateTopicOf(ALLIANCE, feed),
                    "feeds.witness",
                    "feeds.alliance",
                    FeedRecord.OVERSEAS_SCHOOL.topic())) {
                consumer.assign(List.of(new TopicPartition(topic, 0)));
                assertThatThrownBy(() -> consumer.poll(TIMEOUT)).isInstanceOf(TopicAuthorizationException.class);
            }
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(consumer.listTopics().keySet())
                            .containsExactlyInAnyOrder(
                                    topicOf(OTHER, others), FeedTopicNames.stateTopicOf(OTHER, others)));
        }
        try (KafkaConsumer<String, byte[]> consumer =
                AllianceKafkaClient.openConsumer(OTHER, "feeds." + ALLIANCE + ".copy")) {
            consumer.subscribe(List.of(topicOf(OTHER, others)));
            assertThatThrownBy(() -> consumer.poll(TIMEOUT)).isInstanceOf(GroupAuthorizationException.class);
        }
        Map<String, Object> client = AllianceKafkaClient.settings("alliance-" + OTHER);
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                Admin admin = Admin.create(client)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topicOf(OTHER, others), "x"))
                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("feeds." + OTHER + ".mine", 1, (short) 1)))
                            .all()
                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> admin.describeAcls(org.apache.kafka.common.acl.AclBindingFilter.ANY)
                            .values()
                            .get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
        try (Admin operator = Admin.create(AllianceKafkaClient.settings("operator"))) {
            assertThatThrownBy(() -> operator.listTopics().names().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void an_alliance_has_quotas() throws Exception {
        createFeed(ALLIANCE, "BRN");
        try (Admin admin = internalAdmin()) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(admin.describeClientQuotas(ClientQuotaFilter.all())
                                    .entities()
                                    .get())
                            .anySatisfy((entity, limits) -> {
                                assertThat(entity.entries()).containsValue("alliance-" + ALLIANCE);
                                assertThat(limits).containsKeys("consumer_byte_rate", "request_percentage");
                            }));
        }
    }

    @TrapTest(FeedTrap.OFFSET_IS_NO_SEQUENCE)
    @Test
    void a_crash_between_send_and_note_loses_and_doubles_nothing() throws Exception {
        String feed = createFeed(ALLIANCE, "MMR");
        String key = newKey("12");
        int version = 0;
        for (PublicationCrashPoint point : PublicationCrashPoint.values()) {
            faults.failAt(point);
            version++;
            sendChanges("MMR", key, version);
            await().atMost(TIMEOUT).until(faults::hasRun);
            awaitPublished(feed, version);
        }

        List<String> events = readTopic(ALLIANCE, feed, version);
        assertThat(idsOf(events)).isEqualTo(positions(version));
        requireNoFaults(ALLIANCE, feed, events);
        try (Admin admin = internalAdmin()) {
            TopicPartition partition = new TopicPartition(topicOf(ALLIANCE, feed), 0);
            assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset())
                    .as("markers of transactions have offsets, too")
                    .isGreaterThan(version);
        }
    }

    @Test
    void a_writer_that_goes_on_after_another_took_over_writes_nothing() throws Exception {
        String feed = createFeed(ALLIANCE, "MMR");
        String key = newKey("12");
        sendChanges("MMR", key, 1);
        awaitPublished(feed, 1);
        // What a second instance does while the first is stopped between send and commit.
        faults.runAt(PublicationCrashPoint.AFTER_SEND, () -> new FeedTopicWriter(kafka).close());
        sendChanges("MMR", key, 2);
        await().atMost(TIMEOUT).until(faults::hasRun);
        sendChanges("MMR", key, 3);
        awaitPublished(feed, 3);

        List<String> events = readTopic(ALLIANCE, feed, 3);
        assertThat(idsOf(events)).isEqualTo(positions(3));
        requireNoFaults(ALLIANCE, feed, events);
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_topic_that_was_lost_is_written_again_with_the_same_bytes() throws Exception {
        String feed = createFeed(ALLIANCE, "MMR");
        sendChanges("MMR", newKey("12"), 1, 2);
        List<String> before = readTopic(ALLIANCE, feed, 2);
        try (Admin admin = internalAdmin()) {
            admin.deleteTopics(Set.of(topicOf(ALLIANCE, feed))).all().get();
            await().atMost(TIMEOUT)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(readTopic(ALLIANCE, feed, 2)).isEqualTo(before));
        }
        requireNoFaults(ALLIANCE, feed, readTopic(ALLIANCE, feed, 2));
    }

    @TrapTest(FeedTrap.RESTORED_DATABASE_OR_LOG)
    @Test
    void a_restored_database_begins_an_epoch_in_the_topic_too() throws Exception {
        String alliance = "TOPICS5";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"DJI\"]}", List.of());
        String feed = createFeed(alliance, "DJI");
        sendChanges("DJI", newKey("12"), 1);
        List<String> before = readTopic(alliance, feed, 1);
        // The steps of a backup: fewer than the witness knows.
        FeedsTestBackend.runSql("update assigner_state set step = step - 1, history_step = history_step - 1");
        List<JsonNode> pulled = FeedsTestBackend.awaitEvents(feed, 3);

        List<String> events = AllianceKafkaClient.readTopic(alliance, topicOf(alliance, feed), 3);
        assertThat(events).startsWith(before.getFirst());
        assertThat("[" + String.join(",", events) + "]").isEqualTo(pull(alliance, feed));
        assertThat(FeedsTestBackend.kindsOf(pulled)).containsExactly("created", "reset", "present");
        assertThat(pulled.getLast().path("epoch").asInt()).isGreaterThan(1);
        requireNoFaults(alliance, feed, events);
    }

    @TrapTest(FeedTrap.REMEMBERED_TOKEN_AFTER_SUSPENSION)
    @Test
    void a_suspension_shuts_an_open_consumer_and_its_end_lets_it_go_on() throws Exception {
        String alliance = "TOPICS3";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"TLS\"]}", List.of());
        String feed = createFeed(alliance, "TLS");
        String key = newKey("12");
        sendChanges("TLS", key, 1);
        readTopic(alliance, feed, 1);
        try (KafkaConsumer<String, byte[]> consumer =
                AllianceKafkaClient.openConsumer(alliance, "feeds." + alliance + ".open")) {
            consumer.assign(List.of(new TopicPartition(topicOf(alliance, feed), 0)));
            await().atMost(TIMEOUT)
                    .until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());

            FeedsTestBackend.runSql("update alliance set suspended_at = now() where code = ?", alliance);
            sendChanges("TLS", key, 2);

            assertThatThrownBy(() -> pollUntilShut(consumer)).isInstanceOf(TopicAuthorizationException.class);
        }

        FeedsTestBackend.runSql("update alliance set suspended_at = null where code = ?", alliance);
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat("[" + String.join(",", readTopic(alliance, feed, 2)) + "]")
                        .isEqualTo(pull(alliance, feed)));
    }

    /** Polls as long as a way of reading may stay open after a suspension. */
    private static void pollUntilShut(KafkaConsumer<String, byte[]> consumer) {
        long deadline = System.nanoTime() + SHUT_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            assertThat(consumer.poll(Duration.ofMillis(200))).isEmpty();
        }
    }

    @TrapTest(FeedTrap.NARROWING_OF_NUMBERED_EVENTS)
    @Test
    void a_topic_keeps_nothing_that_a_narrower_grant_hides() throws Exception {
        String alliance = "TOPICS4";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"MHL\",\"FSM\"]}", List.of());
        String feed = createFeed(alliance, "MHL\",\"FSM");
        sendChange(FeedRecord.OVERSEAS_SCHOOL, newKey("12"), 1, schoolJson("FSM", "密克罗尼西亚"));
        FeedsTestBackend.awaitEvents(feed, 1);
        String kept = newKey("12");
        sendChanges("MHL", kept, 1);
        readTopic(alliance, feed, 2);

        FeedsTestBackend.grant(alliance, "g1", "{\"countries\":[\"MHL\"]}", List.of());
        await().atMost(TIMEOUT)
                .until(() -> !String.join("", readTopic(alliance, feed, 1)).contains("密克罗尼西亚"));
        sendChanges("MHL", kept, 2);

        await().atMost(TIMEOUT).untilAsserted(() -> {
            List<String> events = readTopic(alliance, feed, 2);
            List<JsonNode> pulled = List.of(JSON.readValue(pull(alliance, feed), JsonNode[].class));
            assertThat(pulled.getFirst().path("data").path("withheld").asBoolean())
                    .isTrue();
            assertThat(idsOf(events))
                    .isEqualTo(pulled.stream()
                            .skip(1)
                            .map(each -> each.path("id").asText())
                            .toList());
            assertThat(idsOf(events)).hasSizeGreaterThan(2);
        });
        requireNoFaults(alliance, feed, readTopic(alliance, feed, 2));
    }

    @Test
    void a_deleted_feed_and_one_that_no_longer_wants_it_have_no_topic() throws Exception {
        String deleted = createFeed(ALLIANCE, "BRN");
        String changed = createFeed(ALLIANCE, "BRN");
        try (Admin admin = internalAdmin()) {
            awaitTopics(admin, true, deleted, changed);

            as(ALLIANCE).delete("/v1/feeds/" + deleted).then().statusCode(204);
            as(ALLIANCE)
                    .body("{\"kafka\":false}")
                    .patch("/v1/feeds/" + changed)
                    .then()
                    .statusCode(200)
                    .body("kafka", equalTo(false));

            awaitTopics(admin, false, deleted, changed);
        }
        as(ALLIANCE).get("/v1/feeds/" + changed + "/status").then().body("kafka", nullValue());
    }

    @TrapTest(FeedTrap.FIGURES_BY_CALL)
    @Test
    void a_grant_opens_the_events_of_figures_and_a_suspension_shuts_them() throws Exception {
        String alliance = "TOPICS6";
        FeedsTestBackend.admit(alliance, "{\"countries\":[\"SMR\"]}", List.of());
        String event = readExample("indicator.created.json");
        TopicPartition partition = new TopicPartition(FeedTopicNames.FIGURES, 0);
        try (Admin admin = internalAdmin()) {
            if (!findTopics(admin).contains(FeedTopicNames.FIGURES)) {
                admin.createTopics(List.of(new NewTopic(FeedTopicNames.FIGURES, 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        try (KafkaConsumer<String, byte[]> consumer =
                AllianceKafkaClient.openConsumer(alliance, FeedTopicNames.groupPrefixOf(alliance) + "figures")) {
            consumer.assign(List.of(partition));
            assertThatThrownBy(() -> consumer.poll(TIMEOUT)).isInstanceOf(AuthorizationException.class);
        }
        as(alliance).get("/v1/feeds/catalogue").then().body("figureTopic", nullValue());

        RegistryRequests.put(alliance + "/grants/figures", GRANT.replace("{", "{\"figureEvents\":true,"))
                .statusCode(201)
                .body("figureEvents", equalTo(true));
        as(alliance)
                .get("/v1/feeds/catalogue")
                .then()
                .body("figureTopic.topic", equalTo(FeedTopicNames.FIGURES))
                .body("figureTopic.servers", equalTo(TestServers.allianceBootstrapServers()))
                .body("figureTopic.groupPrefix", equalTo(FeedTopicNames.groupPrefixOf(alliance)));
        try (KafkaConsumer<String, byte[]> consumer =
                AllianceKafkaClient.openConsumer(alliance, FeedTopicNames.groupPrefixOf(alliance) + "figures")) {
            await().atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(consumer.listTopics().keySet()).containsExactly(FeedTopicNames.FIGURES));
            consumer.subscribe(List.of(FeedTopicNames.FIGURES));
            sendFigureEvent(event);
            await().atMost(TIMEOUT)
                    .until(() ->
                            readValues(consumer.poll(Duration.ofMillis(200))).contains(event));
            consumer.commitSync();

            suspend(alliance);

            assertThatThrownBy(() -> pollUntilShut(consumer)).isInstanceOf(AuthorizationException.class);
        }
    }

    private static void suspend(String alliance) {
        RegistryRequests.operator()
                .body("{\"reason\":\"test\"}")
                .post("/v1/alliances/" + alliance + "/suspension")
                .then()
                .statusCode(200);
    }

    private static void sendFigureEvent(String event) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(FeedTopicNames.FIGURES, 0, "00/overseas-schools.2026", event))
                    .get();
        }
    }

    private static String readExample(String name) throws IOException {
        try (InputStream in = ContractFile.open("events/examples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> readValues(ConsumerRecords<String, byte[]> polled) {
        List<String> values = new ArrayList<>();
        polled.forEach(each -> values.add(new String(each.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private static RequestSpecification as(String alliance) {
        return given().auth().oauth2(TestTokens.allianceToken(alliance)).contentType("application/json");
    }

    private static String createFeed(String alliance, String countries) {
        String feed = as(alliance)
                .body("{\"name\":\"主题\",\"filter\":{\"countries\":[\"" + countries
                        + "\"]},\"start\":\"now\",\"kafka\":true}")
                .post("/v1/feeds")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        FeedsTestBackend.awaitScanned(feed);
        return feed;
    }

    private static void sendChanges(String country, String key, int... versions) {
        for (int version : versions) {
            sendChange(FeedRecord.OVERSEAS_SCHOOL, key, version, schoolJson(country, "学校" + version));
        }
    }

    private static String topicOf(String alliance, String feed) {
        return FeedTopicNames.topicOf(alliance, feed);
    }

    /** Waits for the topic and its rules, and reads it. */
    private static List<String> readTopic(String alliance, String feed, int count) {
        awaitPublished(feed, count);
        return AllianceKafkaClient.readTopic(alliance, topicOf(alliance, feed), count);
    }

    private static void awaitPublished(String feed, int sequence) {
        await("event " + sequence + " in the topic of " + feed)
                .atMost(TIMEOUT)
                .until(() -> FeedsTestBackend.queryNumber(
                                "select coalesce(max(sequence), 0) from feed_topic where feed = ?", feed)
                        >= sequence);
    }

    private static String pull(String alliance, String feed) {
        return as(alliance)
                .get("/v1/feeds/" + feed + "/events")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Lets the checker compare database, pull and topic. */
    private static void requireNoFaults(String alliance, String feed, List<String> topic) throws Exception {
        List<String> pulled = new ArrayList<>();
        JSON.readTree(pull(alliance, feed)).forEach(event -> pulled.add(event.toString()));
        try (Connection database = FeedsTestBackend.connect()) {
            assertThat(FeedLogChecker.findFaults(FeedEvidence.ofDatabase(database, feed)
                            .withPulled(pulled)
                            .withTopic(topic)))
                    .isEmpty();
        }
    }

    private static List<String> idsOf(List<String> events) throws Exception {
        JsonNode all = JSON.readTree("[" + String.join(",", events) + "]");
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.path(i).path("id").asText())
                .toList();
    }

    private static List<String> positions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new FeedPosition(1, i).text())
                .toList();
    }

    private static Admin internalAdmin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()));
    }

    private static void awaitTopics(Admin admin, boolean exist, String... feeds) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(feeds)
                        .allMatch(feed -> exist == findTopics(admin).contains(topicOf(ALLIANCE, feed)))
                        .allMatch(feed ->
                                exist == findTopics(admin).contains(FeedTopicNames.stateTopicOf(ALLIANCE, feed))));
    }

    private static Set<String> findTopics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
