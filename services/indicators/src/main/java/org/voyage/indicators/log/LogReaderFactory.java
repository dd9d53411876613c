package org.voyage.indicators.log;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
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
import org.voyage.indicators.config.IndicatorsConfig;

/** Factory of log readers. */
@ApplicationScoped
public class LogReaderFactory {

    /**
     * Maximum for all partitions together; larger fetches would outlive the young generation of the garbage collector.
     */
    private static final int MAX_FETCH_BYTES = 8 << 20;

    /** Size that is worth a transaction of its own. */
    private static final int MIN_FETCH_BYTES = 64 << 10;

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    private final Map<String, Object> kafka;
    private final IndicatorsConfig config;
    private final LogTopics topics;
    private final StoredLogEnds stored;

    LogReaderFactory(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            IndicatorsConfig config,
            LogTopics topics,
            StoredLogEnds stored) {
        this.kafka = kafka;
        this.config = config;
        this.topics = topics;
        this.stored = stored;
    }

    /** @param most maximum number of events of one poll */
    public LogReader openReader(ToLongFunction<TopicPartition> start, int most) {
        return openReader(
                topics,
                all -> true,
                start,
                Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(most, config.batch())));
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
                        Math.toIntExact(Math.max(1, config.evidenceGather().toMillis()))));
    }

    /** Opens a reader of other topics than those of the records. */
    public LogReader openReader(LogTopics others, ToLongFunction<TopicPartition> start) {
        return openReader(others, all -> true, start, Map.of());
    }

    private LogReader openReader(
            LogTopics others,
            Predicate<TopicPartition> some,
            ToLongFunction<TopicPartition> start,
            Map<String, Object> besides) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        // A broker that disappeared without a word is given up before a reader of figures notices much.
        settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.putIfAbsent(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS);
        settings.putIfAbsent(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECTION_TIMEOUT_MILLIS);
        // JMX is off unless configured: registration takes longer than the rest of opening a reader.
        settings.putIfAbsent(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        settings.putIfAbsent(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.putAll(besides);
        KafkaConsumer<String, ByteBuffer> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteBufferDeserializer());
        return new LogReader(consumer, others, some, start, stored, config.discovery());
    }
}
