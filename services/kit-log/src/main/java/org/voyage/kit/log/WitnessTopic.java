package org.voyage.kit.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/**
 * Compacted topic of one partition with entries that a service must know again after its database was restored to an
 * earlier time (ADR 31, ADR 50).
 */
public final class WitnessTopic implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_ENTRY_BYTES = 16 * 1024 * 1024;

    private final String topic;
    private final TopicPartition partition;
    private final Map<String, Object> kafka;
    private final short replication;
    private @Nullable KafkaProducer<String, byte[]> producer;

    /** @param kafka settings of the connection */
    public WitnessTopic(String topic, Map<String, Object> kafka, short replication) {
        this.topic = topic;
        this.partition = new TopicPartition(topic, 0);
        this.kafka = kafka;
        this.replication = replication;
    }

    /** Visitor of the entries, in the order of the topic. */
    @FunctionalInterface
    public interface EntryVisitor {
        void visitEntry(ConsumerRecord<String, byte[]> entry);
    }

    /**
     * Reads the topic to its end, and creates it if it does not exist.
     *
     * @param last maximum number of entries, the last ones
     * @throws KafkaException if Kafka does not answer in time
     */
    public void readEntries(long last, EntryVisitor visitor) {
        createTopic();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() - 1);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(beginning, end - last));
            long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("Kafka does not answer with the last entries of " + topic);
                }
                var entries = consumer.poll(Duration.ofMillis(200));
                entries.forEach(visitor::visitEntry);
                if (!entries.isEmpty()) {
                    deadline = System.nanoTime() + TIME_LIMIT.toNanos();
                }
            }
        }
    }

    /**
     * Writes an entry, and returns once Kafka has it on all replicas in sync.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    public void writeEntry(String key, byte[] value) throws InterruptedException {
        try {
            openProducer()
                    .send(new ProducerRecord<>(topic, 0, key, value))
                    .get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new KafkaException("an entry of " + topic + " cannot be written", e);
        }
    }

    /** Closes the connection to Kafka; the next call opens another. */
    @Override
    public void close() {
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
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, topic);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_ENTRY_BYTES);
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
            Map<String, String> topicSettings = new HashMap<>(TopicDurability.settingsOf(replication));
            topicSettings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            topicSettings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_ENTRY_BYTES));
            topicSettings.put(
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Long.toString(Duration.ofHours(1).toMillis()));
            admin.createTopics(List.of(new NewTopic(topic, 1, replication).configs(topicSettings)))
                    .all()
                    .get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(topic, e);
            }
        } catch (TimeoutException e) {
            throw new KafkaException(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(topic, e);
        }
    }
}
