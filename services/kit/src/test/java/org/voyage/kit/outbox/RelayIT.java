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
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
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
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.KafkaReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/** The tested application publishes nothing itself: another instance does, which each test starts as it needs it. */
@QuarkusTest
@TestProfile(RelayIT.WithoutRelay.class)
@QuarkusTestResource(RealBackends.class)
class RelayIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TOPIC = "things.thing";

    public static class WithoutRelay implements QuarkusTestProfile {
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

    private final String key = "12/relay-" + UUID.randomUUID();
    private final List<OutboxRelay> relays = new ArrayList<>();

    @BeforeEach
    void theTopicIsThere() {
        new OutboxTopics(TestServers.bootstrapServers(), config()).ensure();
    }

    @AfterEach
    void theOthersEnd() throws Exception {
        for (OutboxRelay relay : relays) {
            relay.stop(new ShutdownEvent());
        }
        limitOfTheTopic("2000000");
    }

    /**
     * A broker shows a new partition a moment before it takes its records. What is sent then is refused and sent again;
     * were later requests under way already, Kafka would take them first and the refused one never
     * (KAFKA-15591).
     */
    @Test
    void the_first_events_of_a_new_topic_come_whole_and_in_order() throws Exception {
        String topic = "things.new-" + UUID.randomUUID();
        int partitions = 60;
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Producer<String, byte[]> producer = new OutboxProducer(TestServers.bootstrapServers(), config()).open();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            producer.partitionsFor(TOPIC);
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
        } finally {
            producer.close(Duration.ZERO);
        }
        Map<Integer, List<String>> byPartition = KafkaReader.all(topic).stream()
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
        limitOfTheTopic("2000000");
        append(key, "{\"v\":1}");
        store(key, "{\"v\":2,\"much\":\"" + "x".repeat(1_000_000) + "\"}");
        append(key, "{\"v\":3}");
        append(key + "-other", "{\"v\":1}");
        OutboxRelay narrow = start("voyage.outbox.max-event-bytes", "900000", "voyage.outbox.retry", "100ms");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published(key + "-other")).containsExactly(1));
        assertThat(published(key)).containsExactly(1);
        assertThat(store.stopped()).extracting(StoppedKey::key).containsExactly(key);
        append(key, "{\"v\":4}");
        append(key + "-other", "{\"v\":2}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published(key + "-other")).containsExactly(1, 2));
        assertThat(published(key)).containsExactly(1);
        narrow.stop(new ShutdownEvent());

        start("voyage.outbox.max-event-bytes", "1500000", "voyage.outbox.retry", "100ms");

        await().atMost(SOON).untilAsserted(() -> assertThat(published(key)).containsExactly(1, 2, 3, 4));
        await().atMost(SOON).untilAsserted(() -> assertThat(store.stopped()).isEmpty());
    }

    @Test
    void nothing_is_published_into_a_topic_that_takes_less_than_the_largest_event() throws Exception {
        limitOfTheTopic("500000");
        append(key, "{\"v\":1}");
        start("voyage.outbox.retry", "100ms");
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(published(key)).isEmpty());

        limitOfTheTopic("2000000");

        await().atMost(SOON).untilAsserted(() -> assertThat(published(key)).containsExactly(1));
    }

    @Test
    void an_event_larger_than_allowed_is_refused_with_its_change() {
        String large = "{\"much\":\"" + "x".repeat(900_000) + "\"}";

        assertThatThrownBy(() -> append(key, large)).isInstanceOf(EventTooLarge.class);
    }

    /** A relay that only looked now and then would take 30 seconds for each. */
    @Test
    void a_commit_wakes_the_instance_that_leads() throws Exception {
        start("voyage.outbox.poll", "30s");
        await().atMost(SOON).until(() -> listening() > 0);
        append(key, "{\"v\":0}");
        await().atMost(SOON.multipliedBy(2))
                .untilAsserted(() -> assertThat(published(key)).containsExactly(0));

        for (int i = 1; i <= 3; i++) {
            append(key, "{\"v\":" + i + "}");
            int count = i + 1;
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(published(key)).hasSize(count));
        }
    }

    @Test
    void who_waits_hears_when_his_event_is_on_kafka_from_the_instance_that_leads_and_from_one_that_does_not()
            throws Exception {
        OutboxRelay leads = start();
        await().atMost(SOON).until(leads::leading);
        OutboxRelay follows = start();
        int appended = 0;
        for (OutboxRelay each : List.of(leads, follows, leads, follows)) {
            Receipt receipt = append(key, "{\"v\":1}");

            assertThat(each.published(receipt).get(20, TimeUnit.SECONDS)).isTrue();

            assertThat(published(key)).hasSize(++appended);
            assertThat(each.published(receipt)).isCompletedWithValue(true);
        }
        assertThat(leads.published(Receipt.NOTHING)).isCompletedWithValue(true);
    }

    /** Gathering for two seconds each time they would take forty. */
    @Test
    void nothing_is_gathered_while_somebody_waits() {
        OutboxRelay relay = start("voyage.outbox.gather", "8s");
        await().atMost(SOON).until(relay::leading);
        assertThat(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(relay.published(append(key, "{\"v\":1}")).join())
                                .isTrue();
                    }
                }))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void nobody_is_told_that_his_event_is_on_kafka_while_a_key_of_its_topic_stands_still() throws Exception {
        limitOfTheTopic("2000000");
        store(key, "{\"v\":1,\"much\":\"" + "x".repeat(1_000_000) + "\"}");
        Receipt behind = append(key, "{\"v\":2}");
        OutboxRelay narrow = start("voyage.outbox.retry", "100ms");

        assertThat(narrow.published(behind).get(20, TimeUnit.SECONDS)).isFalse();

        assertThat(published(key)).isEmpty();
        narrow.stop(new ShutdownEvent());
        OutboxRelay wide = start("voyage.outbox.max-event-bytes", "1500000", "voyage.outbox.retry", "100ms");
        await().atMost(SOON).untilAsserted(() -> assertThat(published(key)).containsExactly(1, 2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(wide.published(behind)).isCompletedWithValue(true));
    }

    /** As when the relay ended after it had stopped the key and before Kafka had acknowledged what it sent before. */
    @Test
    void what_comes_before_the_event_that_a_key_stops_at_is_published() {
        append(key, "{\"v\":1}");
        Receipt stops = append(key, "{\"v\":2}");
        store.stop(new StoppedKey(TOPIC, key, stops.parts().getFirst().position()), "too large then");
        start("voyage.outbox.retry", "1s");

        await().atMost(SOON).untilAsserted(() -> assertThat(published(key)).containsExactly(1, 2));
        await().atMost(SOON).untilAsserted(() -> assertThat(store.stopped()).isEmpty());
    }

    @Test
    void who_gives_up_is_forgotten() {
        OutboxRelay never = relay(config());

        never.published(append(key, "{\"v\":1}")).complete(false);

        assertThat(never.isAwaited()).isFalse();
        start();
    }

    /** As in another process: with a configuration of its own. */
    private OutboxRelay start(String... settings) {
        OutboxRelay relay = relay(config(settings));
        relays.add(relay);
        relay.start(new StartupEvent());
        return relay;
    }

    private OutboxRelay relay(OutboxConfig config) {
        String servers = TestServers.bootstrapServers();
        return new OutboxRelay(
                config,
                new OutboxStore(dataSource, config),
                new OutboxTopics(servers, config),
                new OutboxProducer(servers, config));
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

    private Receipt append(String of, String data) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.append(List.of(event(of, data))));
    }

    private static OutgoingEvent event(String of, String data) {
        return new OutgoingEvent(TOPIC, of, UUID.randomUUID(), "org.voyage.thing.changed.v1", Instant.now(), data);
    }

    /** As it was stored when the service still took larger ones. */
    private void store(String of, String data) {
        OutboxConfig larger = config("voyage.outbox.max-event-bytes", "1500000");
        Outbox earlier = new Outbox(dataSource, transactions, relay(larger), larger);
        QuarkusTransaction.requiringNew().run(() -> earlier.append(List.of(event(of, data))));
    }

    /** The numbers of a key's events, in the order of the log. */
    private static List<Integer> published(String of) {
        return KafkaReader.all(TOPIC).stream()
                .filter(record -> of.equals(record.key()))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(text -> Integer.valueOf(text.substring(5, 6)))
                .toList();
    }

    private long listening() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where query = 'listen outbox' and datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void limitOfTheTopic(String bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            AlterConfigOp set = new AlterConfigOp(
                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, TOPIC), List.of(set)))
                    .all()
                    .get();
        }
    }
}
