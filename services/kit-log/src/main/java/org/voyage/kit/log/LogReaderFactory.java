package org.voyage.kit.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Factory of log readers. A service that reads the log produces it as a bean, with the topics that it reads. */
public class LogReaderFactory {

    /**
     * Maximum for all partitions together; larger fetches would outlive the young generation of the garbage collector.
     */
    private static final int MAX_FETCH_BYTES = 8 << 20;

    /** Size that is worth a transaction of its own. */
    private static final int MIN_FETCH_BYTES = 64 << 10;

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    /**
     * Settings of the readers.
     *
     * @param batch maximum number of events of one poll
     * @param gather how long Kafka collects a small number of events for a batching reader
     * @param discovery interval of the search for new topics and partitions
     */
    public record LogReaderSettings(int batch, Duration gather, Duration discovery) {}

    private final Map<String, Object> kafka;
    private final LogReaderSettings settings;
    private final LogTopics topics;
    private final StoredLogEnds stored;

    /**
     * @param kafka settings of the broker's clients, {@code default-kafka-broker}
     * @param stored the ends up to which the database holds the log
     */
    public LogReaderFactory(
            Map<String, Object> kafka, LogReaderSettings settings, LogTopics topics, StoredLogEnds stored) {
        this.kafka = kafka;
        this.settings = settings;
        this.topics = topics;
        this.stored = stored;
    }

    /** @param most maximum number of events of one poll */
    public LogReader openReader(ToLongFunction<TopicPartition> start, int most) {
        return openReader(
                topics,
                all -> true,
                start,
                Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(most, settings.batch())));
    }

    /** Opens a reader of some partitions; Kafka waits briefly to collect small numbers of events. */
    public LogReader openBatchingReader(Predicate<TopicPartition> some, ToLongFunction<TopicPartition> start) {
        return openReader(
                topics,
                some,
                start,
                Map.of(
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        MIN_FETCH_BYTES,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        Math.toIntExact(Math.max(1, settings.gather().toMillis()))));
    }

    /** Opens a reader of other topics than those of the factory. */
    public LogReader openReader(LogTopics others, ToLongFunction<TopicPartition> start) {
        return openReader(others, all -> true, start, Map.of());
    }

    private LogReader openReader(
            LogTopics others,
            Predicate<TopicPartition> some,
            ToLongFunction<TopicPartition> start,
            Map<String, Object> besides) {
        Map<String, Object> consumerSettings = new HashMap<>(kafka);
        consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumerSettings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumerSettings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumerSettings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumerSettings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
        consumerSettings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        // A broker that disappeared without a word is given up before its readers notice much.
        consumerSettings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        consumerSettings.putIfAbsent(
                ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS);
        consumerSettings.putIfAbsent(
                ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS);
        // JMX is off unless configured: registration takes longer than the rest of opening a reader.
        consumerSettings.putIfAbsent(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        consumerSettings.putIfAbsent(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumerSettings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumerSettings.putAll(besides);
        KafkaConsumer<String, ByteBuffer> consumer =
                new KafkaConsumer<>(consumerSettings, new StringDeserializer(), new ByteBufferDeserializer());
        return new LogReader(consumer, others, some, start, stored, settings.discovery());
    }
}
