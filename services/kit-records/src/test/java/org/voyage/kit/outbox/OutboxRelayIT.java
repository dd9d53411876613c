package org.voyage.kit.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kittest.KafkaTopicReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/**
 * Test of the relay. The tested application publishes nothing itself; each test starts other instances as it needs
 * them.
 */
@QuarkusTest
@TestProfile(OutboxRelayIT.RelayDisabledProfile.class)
@QuarkusTestResource(RealBackends.class)
class OutboxRelayIT {
    private static final Map<String, Object> KAFKA = Map.of("bootstrap.servers", TestServers.bootstrapServers());

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String TOPIC = "things.thing";

    public static class RelayDisabledProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.outbox.relay", "false");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    Outbox outbox;

    @Inject
    @SuppressWarnings("NullAway.Init")
    OutboxStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TransactionSynchronizationRegistry transactions;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StorageQuota storage;

    private final String key = "12/relay-" + UUID.randomUUID();
    private final List<OutboxRelay> relays = new ArrayList<>();

    @BeforeEach
    void createTopic() {
        new OutboxTopics(KAFKA, config()).ensureTopics();
    }

    @AfterEach
    void stopRelays() throws Exception {
        for (OutboxRelay relay : relays) {
            relay.stop(new ShutdownEvent());
        }
        setTopicLimit("2000000");
        // The epochs of these tests have no records to publish again.
        store.epochs().recordRepair(store.epochs().findCurrent(), 0, 0);
    }

    /**
     * A broker shows a new partition shortly before it takes its records. It refuses the first event, which is sent
     * again. If later requests were in flight already, Kafka would take them first and the refused one never
     * (KAFKA-15591).
     */
    @Test
    void the_first_events_of_a_new_topic_come_whole_and_in_order() throws Exception {
        String topic = "things.new-" + UUID.randomUUID();
        int partitions = 60;
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Producer<String, byte[]> producer = openProducer();
        try (Admin admin = Admin.create(KAFKA)) {
            producer.partitionsFor(TOPIC);
            producer.beginTransaction();
            var created = admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)));
            for (int round = 0; round < 40; round++) {
                for (int partition = 0; partition < partitions; partition++) {
                    byte[] content = Integer.toString(round).getBytes(StandardCharsets.UTF_8);
                    sent.add(producer.send(new ProducerRecord<>(topic, partition, "12/" + partition, content)));
                }
            }
            created.all().get();
            for (Future<RecordMetadata> record : sent) {
                record.get(20, TimeUnit.SECONDS);
            }
            producer.commitTransaction();
        } finally {
            producer.close(Duration.ZERO);
        }
        // Readers see the events a moment after the commit.
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(KafkaTopicReader.readAll(topic)).hasSize(40 * partitions));
        Map<Integer, List<String>> byPartition = KafkaTopicReader.readAll(topic).stream()
                .collect(groupingBy(
                        ConsumerRecord::partition,
                        mapping(record -> new String(record.value(), StandardCharsets.UTF_8), toList())));
        assertThat(byPartition)
                .hasSize(partitions)
                .allSatisfy((partition, rounds) -> assertThat(rounds)
                        .containsExactlyElementsOf(IntStream.range(0, 40)
                                .mapToObj(Integer::toString)
                                .toList()));
    }

    @Test
    void a_key_stops_at_its_first_event_that_kafka_does_not_take_and_goes_on_in_order() throws Exception {
        setTopicLimit("2000000");
        appendEvent(key, "{\"v\":1}");
        insertEvent(key, "{\"v\":2,\"much\":\"" + "x".repeat(1_000_000) + "\"}");
        appendEvent(key, "{\"v\":3}");
        appendEvent(key + "-other", "{\"v\":1}");
        OutboxRelay narrow = startRelay("voyage.outbox.max-event-bytes", "900000", "voyage.outbox.retry", "100ms");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key + "-other")).containsExactly(1));
        assertThat(readPublished(key)).containsExactly(1);
        assertThat(store.listBlockedKeys()).extracting(BlockedKey::key).containsExactly(key);
        appendEvent(key, "{\"v\":4}");
        appendEvent(key + "-other", "{\"v\":2}");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key + "-other")).containsExactly(1, 2));
        assertThat(readPublished(key)).containsExactly(1);
        narrow.stop(new ShutdownEvent());

        startRelay("voyage.outbox.max-event-bytes", "1500000", "voyage.outbox.retry", "100ms");

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(1, 2, 3, 4));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(store.listBlockedKeys()).isEmpty());
    }

    @Test
    void nothing_is_published_into_a_topic_that_takes_less_than_the_largest_event() throws Exception {
        setTopicLimit("500000");
        appendEvent(key, "{\"v\":1}");
        startRelay("voyage.outbox.retry", "100ms");
        await().during(Duration.ofSeconds(2))
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key)).isEmpty());

        setTopicLimit("2000000");

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(1));
    }

    @Test
    void an_event_larger_than_allowed_is_refused_with_its_change() {
        String large = "{\"much\":\"" + "x".repeat(900_000) + "\"}";

        assertThatThrownBy(() -> appendEvent(key, large)).isInstanceOf(EventTooLargeException.class);
    }

    @Test
    void an_event_with_a_trace_goes_on_with_it_in_a_header_and_another_has_none() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736";
        OutgoingEvent first = event(key, "{\"v\":1}");
        OutgoingEvent second = event(key, "{\"v\":2}");
        OutgoingEvent traced = new OutgoingEvent(
                second.topic(),
                second.key(),
                second.id(),
                second.type(),
                second.time(),
                second.data(),
                trace + "-00f067aa0ba902b7-01");
        QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(List.of(first, traced)));

        startRelay();

        await().atMost(TIMEOUT).until(() -> readPublished(key).equals(List.of(1, 2)));
        assertThat(KafkaTopicReader.readAll(TOPIC))
                .filteredOn(record -> key.equals(record.key()))
                .extracting(record -> headerOf(record, "traceparent").replaceFirst("-[0-9a-f]{16}-01$", ""))
                .containsExactly("", trace);
    }

    @Test
    void a_commit_wakes_the_instance_that_leads() throws Exception {
        startRelay("voyage.outbox.poll", "30s");
        await().atMost(TIMEOUT).until(() -> countListeners() > 0);
        appendEvent(key, "{\"v\":0}");
        await().atMost(TIMEOUT.multipliedBy(2))
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(0));

        for (int i = 1; i <= 3; i++) {
            appendEvent(key, "{\"v\":" + i + "}");
            int count = i + 1;
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(readPublished(key)).hasSize(count));
        }
    }

    @Test
    void who_waits_hears_when_his_event_is_on_kafka_from_the_instance_that_leads_and_from_one_that_does_not()
            throws Exception {
        OutboxRelay leads = startRelay();
        await().atMost(TIMEOUT).until(leads::isLeading);
        OutboxRelay follows = startRelay();
        int appended = 0;
        for (OutboxRelay each : List.of(leads, follows, leads, follows)) {
            Receipt receipt = appendEvent(key, "{\"v\":1}");

            assertThat(each.awaitPublication(receipt).get(20, TimeUnit.SECONDS)).isTrue();

            assertThat(readPublished(key)).hasSize(++appended);
            assertThat(each.awaitPublication(receipt)).isCompletedWithValue(true);
        }
        assertThat(leads.awaitPublication(Receipt.EMPTY)).isCompletedWithValue(true);
    }

    /** With two seconds of gathering each they would take forty. */
    @Test
    void nothing_is_gathered_while_a_caller_waits() {
        OutboxRelay relay = startRelay("voyage.outbox.gather", "8s");
        await().atMost(TIMEOUT).until(relay::isLeading);
        assertThat(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(relay.awaitPublication(appendEvent(key, "{\"v\":1}"))
                                        .join())
                                .isTrue();
                    }
                }))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void a_publication_is_not_confirmed_while_a_key_of_its_topic_is_stopped() throws Exception {
        setTopicLimit("2000000");
        insertEvent(key, "{\"v\":1,\"much\":\"" + "x".repeat(1_000_000) + "\"}");
        Receipt behind = appendEvent(key, "{\"v\":2}");
        OutboxRelay narrow = startRelay("voyage.outbox.retry", "100ms");

        assertThat(narrow.awaitPublication(behind).get(20, TimeUnit.SECONDS)).isFalse();

        assertThat(readPublished(key)).isEmpty();
        narrow.stop(new ShutdownEvent());
        OutboxRelay wide = startRelay("voyage.outbox.max-event-bytes", "1500000", "voyage.outbox.retry", "100ms");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(1, 2));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(wide.awaitPublication(behind)).isCompletedWithValue(true));
    }

    /** State after a relay that ended between the block of a key and the acknowledgement of the earlier events. */
    @Test
    void what_comes_before_the_event_that_a_key_stops_at_is_published() {
        appendEvent(key, "{\"v\":1}");
        Receipt stops = appendEvent(key, "{\"v\":2}");
        store.blockKey(new BlockedKey(TOPIC, key, stops.parts().getFirst().position()), "too large then");
        startRelay("voyage.outbox.retry", "1s");

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(1, 2));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(store.listBlockedKeys()).isEmpty());
    }

    @Test
    void who_gives_up_is_forgotten() {
        OutboxRelay never = relay(config());

        never.awaitPublication(appendEvent(key, "{\"v\":1}")).complete(false);

        assertThat(never.hasWaiters()).isFalse();
        startRelay();
    }

    /** A full buffer blocked the leader for 30 seconds; another one took the lease and overtook the buffered events. */
    @Test
    void the_leader_keeps_its_lease_while_kafka_does_not_answer() throws Exception {
        String large = "things.large-" + UUID.randomUUID();
        String[] settings = {"voyage.outbox.lease", "3s", "voyage.outbox.topics", large};
        OutboxRelay leads = startRelay(settings);
        await().atMost(TIMEOUT).until(leads::isLeading);
        OutboxRelay follows = startRelay(settings);
        appendLargeEvents(large, 1);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(KafkaTopicReader.readAll(large)).hasSize(1));
        ProcessHandle broker = findBroker();
        sendSignal("STOP", broker);
        try {
            appendLargeEvents(large, 120);
            await().during(Duration.ofSeconds(8))
                    .atMost(TIMEOUT)
                    .until(() -> leads.isLeading() && !follows.isLeading());
        } finally {
            sendSignal("CONT", broker);
        }
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(KafkaTopicReader.readAll(large)).hasSize(121));
    }

    /** After the first exception it listened no more, and other instances' events waited for the poll. */
    @Test
    void a_listener_whose_connection_was_lost_hears_again() throws Exception {
        OutboxRelay leads = startRelay("voyage.outbox.poll", "30s");
        await().atMost(TIMEOUT).until(() -> leads.isLeading() && countListeners() == 1);
        appendEvent(key, "{\"v\":0}");
        await().atMost(TIMEOUT.multipliedBy(2))
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(0));
        executeSql("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where query = 'listen outbox' and datname = current_database() and pid <> pg_backend_pid()");
        // A connection of the pool may be among the lost ones.
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> countListeners() == 1);

        appendEvent(key, "{\"v\":1}");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(readPublished(key)).containsExactly(0, 1));
    }

    /** Appends events of 400 KB that no compression makes smaller. */
    private void appendLargeEvents(String topic, int count) {
        byte[] random = new byte[300_000];
        for (int i = 0; i < count; i++) {
            ThreadLocalRandom.current().nextBytes(random);
            String data = "{\"much\":\"" + Base64.getEncoder().encodeToString(random) + "\"}";
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.appendEvents(List.of(new OutgoingEvent(
                            topic, key, UUID.randomUUID(), "org.voyage.thing.changed.v1", Instant.now(), data))));
        }
    }

    private static ProcessHandle findBroker() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("KafkaBrokerMain"))
                .findFirst()
                .orElseThrow();
    }

    private static void sendSignal(String signal, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    private void executeSql(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As after the restore of an older copy: the last events, the cursor and the sequence are those of before. */
    @Test
    void a_restored_database_begins_an_epoch_and_draws_no_position_of_a_lost_event_again() throws Exception {
        String topic = "things.lost-" + UUID.randomUUID();
        OutboxRelay before = startRelay("voyage.outbox.topics", topic);
        appendTo(topic, "{\"v\":1}");
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 1);
        String lost = runAsOwner("select event_id from outbox where topic = '" + topic + "'");
        before.stop(new ShutdownEvent());
        int epoch = store.epochs().findCurrent().number();
        long position = loseLastEvent(topic);
        appendTo(topic, "{\"v\":2}");

        startRelay("voyage.outbox.topics", topic);
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 2);
        appendTo(topic, "{\"v\":3}");
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 3);

        LogEpoch begun = store.epochs().findCurrent();
        assertThat(begun.number()).isEqualTo(epoch + 1);
        assertThat(begun.reason()).isEqualTo("database-behind");
        assertThat(begun.fromPosition()).isGreaterThan(position);
        assertThat(KafkaTopicReader.readAll(topic))
                .extracting(record -> headerOf(record, "ce_epoch"))
                .containsExactly(epoch == 0 ? "" : Integer.toString(epoch), "" + (epoch + 1), "" + (epoch + 1));
        assertThat(Long.parseLong(headerOf(KafkaTopicReader.readAll(topic).getLast(), "ce_position")))
                .isGreaterThan(position);
        assertThat(lost).isEqualTo(headerOf(KafkaTopicReader.readAll(topic).getFirst(), "ce_id"));
        restartRelayExpectingEpoch(topic, epoch + 1);
    }

    private static Producer<String, byte[]> openProducer() {
        return new OutboxProducerFactory(KAFKA, config()).openProducer(() -> {});
    }

    private static long loseLastEvent(String topic) throws SQLException {
        long position = Long.parseLong(runAsOwner("select max(position) from outbox where topic = '" + topic + "'"));
        runAsOwner(
                "delete from outbox where topic = '" + topic + "' and position = " + position + " returning position");
        runAsOwner("update outbox_relay set position = least(position, " + (position - 1) + ") returning position");
        runAsOwner("select setval('outbox_position', " + (position - 1) + ")");
        return position;
    }

    /**
     * Version 10 of a commit that no longer existed reached Kafka behind its successor's events, or before them, and then
     * counted permanently.
     */
    @ParameterizedTest
    @ValueSource(strings = {"send", "commitTransaction"})
    void a_leader_that_was_frozen_before_a_failover_publishes_no_event_that_the_failover_lost(String frozenCall)
            throws Exception {
        String topic = "things.frozen-" + UUID.randomUUID();
        String[] settings = {"voyage.outbox.topics", topic, "voyage.outbox.lease", "1500ms"};
        FreezableProducerFactory producers = new FreezableProducerFactory(config(settings), frozenCall);
        OutboxRelay frozen = startRelay(producers, settings);
        appendTo(topic, "{\"v\":0}");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readValues(topic)).containsExactly("{\"v\":0}"));
        producers.freeze();
        appendTo(topic, "{\"v\":1,\"lost\":true}");
        await().atMost(TIMEOUT).until(producers::isFrozen);
        loseLastEvent(topic);
        OutboxRelay next = startRelay(settings);
        await().atMost(TIMEOUT).until(next::isLeading);
        appendTo(topic, "{\"v\":1}");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(readValues(topic)).containsExactly("{\"v\":0}", "{\"v\":1}"));

        producers.thaw();
        await().atMost(TIMEOUT).until(() -> !frozen.isLeading());

        appendTo(topic, "{\"v\":2}");
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(readValues(topic)).containsExactly("{\"v\":0}", "{\"v\":1}", "{\"v\":2}"));
    }

    /** After a failover of the database the lease of a former leader may have the epoch of the present one. */
    @Test
    void a_lease_of_another_holder_is_lost_although_its_epoch_is_the_same() {
        RelayLease held = store.acquireLease("former").orElseThrow();
        RelayLease same = new RelayLease("present", held.epoch(), held.position(), held.day());

        assertThatThrownBy(() -> store.renewLease(same)).isInstanceOf(RelayLease.LeaseLostException.class);

        store.releaseLease(held);
    }

    /** The cursor is saved after the commit, and not at once on disk. */
    @Test
    void a_leader_that_ends_before_it_saves_the_cursor_repeats_no_event() throws Exception {
        String topic = "things.unsaved-" + UUID.randomUUID();
        OutboxRelay before = startRelay("voyage.outbox.topics", topic);
        for (int version = 1; version <= 30; version++) {
            appendTo(topic, "12/unsaved-" + version % 7, "{\"v\":" + version + "}");
        }
        await().atMost(TIMEOUT).until(() -> readValues(topic).size() == 30);
        before.stop(new ShutdownEvent());
        long first = Long.parseLong(runAsOwner("select min(position) from outbox where topic = '" + topic + "'"));
        runAsOwner("update outbox_relay set position = " + (first - 1) + " returning position");

        startRelay("voyage.outbox.topics", topic);
        appendTo(topic, "{\"v\":31}");

        await().atMost(TIMEOUT).until(() -> readValues(topic).contains("{\"v\":31}"));
        assertThat(readValues(topic)).hasSize(31).doesNotHaveDuplicates();
    }

    /** The lease did not move, so no instance compared. */
    @Test
    void a_log_that_lost_its_events_while_an_instance_leads_begins_an_epoch() throws Exception {
        String topic = "things.shortened-" + UUID.randomUUID();
        OutboxRelay leads = startRelay("voyage.outbox.topics", topic, "voyage.outbox.retry", "100ms");
        appendTo(topic, "{\"v\":1}");
        await().atMost(TIMEOUT).until(() -> readValues(topic).size() == 1);
        int epoch = store.epochs().findCurrent().number();
        leads.compareEnds();
        assertThat(store.epochs().findCurrent().number()).isEqualTo(epoch);
        try (Admin admin = Admin.create(KAFKA)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }

        leads.compareEnds();

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(store.epochs().findCurrent())
                        .returns(epoch + 1, LogEpoch::number)
                        .returns("log-behind", LogEpoch::reason));
        await().atMost(TIMEOUT).until(leads::isLeading);
        assertThat(leads.isLeading()).isTrue();
    }

    @Test
    void events_that_kafka_stores_at_offsets_of_acknowledged_ones_show_a_loss() {
        TopicPartition partition = new TopicPartition(TOPIC, 3);
        AcknowledgedEnds ends = new AcknowledgedEnds(Map.of(partition, 100L));
        ends.noteEvent(new RecordMetadata(partition, 100, 0, 0, 0, 0));
        ends.noteEvent(new RecordMetadata(partition, 105, 0, 0, 0, 0));
        ends.noteEvent(new RecordMetadata(partition, -1, -1, 0, 0, 0));
        assertThat(ends.findShortened()).isEmpty();

        ends.noteEvent(new RecordMetadata(partition, 104, 0, 0, 0, 0));

        assertThat(ends.findShortened()).contains(partition);
    }

    @Test
    void a_topic_of_three_replicas_acknowledges_what_two_have_and_a_weaker_one_is_reported() {
        OutboxConfig cluster = config("voyage.outbox.replication", "3");
        OutboxTopics topics = new OutboxTopics(KAFKA, cluster);
        assertThat(topics.newTopic("things.new").configs()).containsEntry("min.insync.replicas", "2");
        assertThat(topics.weakTopics()).isEmpty();

        topics.ensureTopics();

        assertThat(topics.weakTopics()).containsExactly(TOPIC);
        assertThat(new OutboxTopics(KAFKA, config()).newTopic("things.new").configs())
                .containsEntry("min.insync.replicas", "1");
    }

    /** The last event in Kafka was one that the database knew, so the restore was not noticed. */
    @Test
    void a_restored_database_is_noticed_when_a_late_event_is_the_last_one_in_kafka() throws Exception {
        String topic = "things.late-" + UUID.randomUUID();
        OutboxRelay before = startRelay("voyage.outbox.topics", topic);
        appendTo(topic, "{\"v\":1}");
        appendTo(topic, "{\"v\":2}");
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 2);
        before.stop(new ShutdownEvent());
        ConsumerRecord<String, byte[]> late = KafkaTopicReader.readAll(topic).getFirst();
        try (Producer<String, byte[]> producer = openProducer()) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, late.partition(), late.key(), late.value(), late.headers()))
                    .get(20, TimeUnit.SECONDS);
            producer.commitTransaction();
        }
        int epoch = store.epochs().findCurrent().number();
        loseLastEvent(topic);

        restartRelayExpectingEpoch(topic, epoch + 1);

        restartRelayExpectingEpoch(topic, epoch + 1);
    }

    /** A repair kept the last events of all such records in memory. */
    @Test
    void records_that_only_kafka_has_are_found_in_pages_of_limited_size() throws Exception {
        String topic = "things.absent-" + UUID.randomUUID();
        startRelay("voyage.outbox.topics", topic);
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            absent.add("12/absent-" + i);
            appendTo(topic, "12/absent-" + i, "{\"version\":1,\"after\":{\"n\":1}}");
        }
        appendTo(topic, "12/absent-7", "{\"version\":2,\"after\":{\"n\":2}}");
        appendTo(topic, "12/withdrawn", "{\"version\":2,\"after\":null}");
        appendTo(topic, "12/kept", "{\"version\":1,\"after\":{\"n\":1}}");
        long restored =
                Long.parseLong(runAsOwner("select max(position) from outbox where topic = '" + topic + "'")) + 1;
        appendTo(topic, "12/kept", "{\"version\":2,\"after\":{\"n\":1}}");
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 24);
        LogEpoch epoch = new LogEpoch(
                store.epochs().findCurrent().number() + 1, "database-behind", Instant.now(), restored, false);

        for (var finder : List.of(
                new AbsentRecordFinder(dataSource, 3, 1_000_000), new AbsentRecordFinder(dataSource, 100, 90))) {
            List<AbsentRecordFinder.AbsentRecord> found = new ArrayList<>();
            try (LogTailReader log =
                    new OutboxTopics(KAFKA, config("voyage.outbox.topics", topic)).openTailReader(() -> {})) {
                finder.forEachPage(log, epoch, page -> {
                    assertThat(page).hasSizeBetween(1, 3);
                    found.addAll(page);
                });
            }
            assertThat(found).extracting(record -> record.event().key()).containsExactlyInAnyOrderElementsOf(absent);
            assertThat(found)
                    .filteredOn(record -> record.version() == 2)
                    .extracting(record -> record.event().key())
                    .containsExactly("12/absent-7");
        }
    }

    @Test
    void an_emptied_kafka_begins_an_epoch_once() throws Exception {
        String topic = "things.emptied-" + UUID.randomUUID();
        OutboxRelay before = startRelay("voyage.outbox.topics", topic);
        appendTo(topic, "{\"v\":1}");
        await().atMost(TIMEOUT).until(() -> KafkaTopicReader.readAll(topic).size() == 1);
        before.stop(new ShutdownEvent());
        int epoch = store.epochs().findCurrent().number();
        restartRelayExpectingEpoch(topic, epoch);
        try (Admin admin = Admin.create(KAFKA)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }

        OutboxRelay after = startRelay("voyage.outbox.topics", topic);
        await().atMost(TIMEOUT).until(after::isLeading);

        assertThat(store.epochs().findCurrent().number()).isEqualTo(epoch + 1);
        assertThat(store.epochs().findCurrent().reason()).isEqualTo("log-behind");
        after.stop(new ShutdownEvent());
        restartRelayExpectingEpoch(topic, epoch + 1);
    }

    private void restartRelayExpectingEpoch(String topic, int epoch) throws InterruptedException {
        for (OutboxRelay running : relays) {
            running.stop(new ShutdownEvent());
        }
        OutboxRelay again = startRelay("voyage.outbox.topics", topic);
        await().atMost(TIMEOUT).until(again::isLeading);
        assertThat(store.epochs().findCurrent().number()).isEqualTo(epoch);
        again.stop(new ShutdownEvent());
    }

    private void appendTo(String topic, String data) {
        appendTo(topic, key, data);
    }

    private void appendTo(String topic, String of, String data) {
        OutgoingEvent event =
                new OutgoingEvent(topic, of, UUID.randomUUID(), "org.voyage.thing.changed.v1", Instant.now(), data);
        QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(List.of(event)));
    }

    private static String headerOf(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Runs a statement with one result as the owner of the database. */
    private static String runAsOwner(String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Starts a relay as in another process, with a configuration of its own. */
    private OutboxRelay startRelay(String... settings) {
        return startRelay(new OutboxProducerFactory(KAFKA, config(settings)), settings);
    }

    private OutboxRelay startRelay(OutboxProducerFactory producers, String... settings) {
        OutboxRelay relay = relay(config(settings), producers);
        relays.add(relay);
        relay.start(new StartupEvent());
        return relay;
    }

    private OutboxRelay relay(OutboxConfig config) {
        return relay(config, new OutboxProducerFactory(KAFKA, config));
    }

    private OutboxRelay relay(OutboxConfig config, OutboxProducerFactory producers) {
        return new OutboxRelay(
                config,
                new OutboxStore(dataSource, config),
                new OutboxTopics(KAFKA, config),
                producers,
                new ComponentHealth());
    }

    /** Factory of real producers. A call of the first one can stop, as in a process that is stopped, and go on later. */
    private static final class FreezableProducerFactory extends OutboxProducerFactory {
        private final String frozenCall;
        private final CountDownLatch frozen = new CountDownLatch(1);
        private final CountDownLatch thawed = new CountDownLatch(1);
        private volatile boolean freezes;

        FreezableProducerFactory(OutboxConfig config, String frozenCall) {
            super(KAFKA, config);
            this.frozenCall = frozenCall;
        }

        void freeze() {
            freezes = true;
        }

        boolean isFrozen() {
            return frozen.getCount() == 0;
        }

        void thaw() {
            freezes = false;
            thawed.countDown();
        }

        @Override
        @SuppressWarnings("unchecked")
        Producer<String, byte[]> openProducer(Runnable keepLease) {
            Producer<String, byte[]> real = super.openProducer(keepLease);
            return (Producer<String, byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                        if (freezes && method.getName().equals(frozenCall)) {
                            frozen.countDown();
                            thawed.await();
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private static OutboxConfig config(String... settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("voyage.outbox.service", "things", "voyage.outbox.topics", TOPIC));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(OutboxConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(OutboxConfig.class);
    }

    private Receipt appendEvent(String of, String data) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.appendEvents(List.of(event(of, data))));
    }

    private static OutgoingEvent event(String of, String data) {
        return new OutgoingEvent(TOPIC, of, UUID.randomUUID(), "org.voyage.thing.changed.v1", Instant.now(), data);
    }

    /** Inserts an event as it was stored when the service still accepted larger ones. */
    private void insertEvent(String of, String data) {
        OutboxConfig larger = config("voyage.outbox.max-event-bytes", "1500000");
        Outbox earlier = new Outbox(dataSource, transactions, relay(larger), larger, storage);
        QuarkusTransaction.requiringNew().run(() -> earlier.appendEvents(List.of(event(of, data))));
    }

    /** Returns the numbers of a key's events, in the order of the log. */
    private static List<Integer> readPublished(String of) {
        return KafkaTopicReader.readAll(TOPIC).stream()
                .filter(record -> of.equals(record.key()))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(text -> Integer.valueOf(text.substring(5, 6)))
                .toList();
    }

    private static List<String> readValues(String topic) {
        return KafkaTopicReader.readAll(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private long countListeners() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where query = 'listen outbox' and datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void setTopicLimit(String bytes) throws Exception {
        try (Admin admin = Admin.create(KAFKA)) {
            AlterConfigOp set = new AlterConfigOp(
                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, TOPIC), List.of(set)))
                    .all()
                    .get();
        }
    }
}
