package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Witness of the assigner's steps on Kafka. A database that knows fewer steps than the witness was restored. Readers see no
 * step that the witness does not know.
 */
@ApplicationScoped
class FeedWitness {

    private static final String TOPIC = "feeds.witness";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    /** Of one holder of the lease the last entry is the highest; entries of former holders may come late. */
    private static final int LAST_ENTRIES = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> kafka;
    private final short replication;
    private @Nullable KafkaProducer<String, byte[]> producer;

    /**
     * What the witness knows.
     *
     * @param step highest step
     * @param epoch highest epoch of a feed
     */
    record WitnessedStep(long step, int epoch) {}

    FeedWitness(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "voyage.outbox.replication", defaultValue = "1") short replication) {
        this.kafka = kafka;
        this.replication = replication;
    }

    /** Returns the highest step that was written; empty when there is none. */
    Optional<WitnessedStep> read() {
        createTopic();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() - 1);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            long beginning = consumer.beginningOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            consumer.seek(PARTITION, Math.max(beginning, end - LAST_ENTRIES));
            long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
            long step = -1;
            int epoch = 0;
            while (consumer.position(PARTITION) < end) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("Kafka does not answer with the last entries of " + TOPIC);
                }
                for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode value = JSON.readTree(entry.value());
                    step = Math.max(step, value.path("step").asLong(-1));
                    epoch = Math.max(epoch, value.path("epoch").asInt(0));
                }
            }
            return step < 0 ? Optional.empty() : Optional.of(new WitnessedStep(step, epoch));
        } catch (IOException e) {
            throw new KafkaException("an entry of " + TOPIC + " cannot be read", e);
        }
    }

    /**
     * Writes a step, and returns once Kafka has it on all replicas in sync.
     *
     * @param lease epoch of the assigner's lease: an entry of a former holder does not replace those of the present one
     */
    void write(long lease, WitnessedStep step) throws InterruptedException {
        byte[] value = JsonNodeFactory.instance
                .objectNode()
                .put("step", step.step())
                .put("epoch", step.epoch())
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
            openProducer()
                    .send(new ProducerRecord<>(TOPIC, 0, Long.toString(lease), value))
                    .get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new KafkaException("the witness cannot be written", e);
        }
    }

    /** Closes the connection to Kafka; the next call opens another. */
    void close() {
        KafkaProducer<String, byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private KafkaProducer<String, byte[]> openProducer() {
        KafkaProducer<String, byte[]> open = producer;
        if (open == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, "feeds-witness");
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIME_LIMIT.toMillis());
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() / 2);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
            open = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private void createTopic() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, replication)
                            .configs(Map.of(
                                    TopicConfig.CLEANUP_POLICY_CONFIG,
                                    TopicConfig.CLEANUP_POLICY_COMPACT,
                                    TopicConfig.SEGMENT_MS_CONFIG,
                                    Long.toString(Duration.ofHours(1).toMillis())))))
                    .all()
                    .get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(TOPIC, e);
            }
        } catch (TimeoutException e) {
            throw new KafkaException(TOPIC, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(TOPIC, e);
        }
    }
}
