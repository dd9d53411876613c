package org.voyage.indicators.feature.verification.rebuild;

import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogTopics;

/**
 * Log reader factory without Kafka: it opens readers at the beginning of the log only, and fails for any other offset.
 */
final class UnavailableLogReaderFactory extends LogReaderFactory {

    private static final int PARTITIONS = 6;

    private volatile boolean isAway = true;

    UnavailableLogReaderFactory(Map<String, Object> kafka, IndicatorsConfig config) {
        super(
                kafka,
                new LogReaderSettings(10_000, Duration.ofMillis(50), Duration.ofSeconds(2)),
                new LogTopics(config.topics()),
                Map::of);
    }

    /** Makes Kafka available again. */
    void restoreKafka() {
        isAway = false;
    }

    @Override
    public LogReader openReader(ToLongFunction<TopicPartition> start, int most) {
        if (isAway
                && IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(TestEventLog.SCHOOL_TOPIC, partition))
                        .anyMatch(partition -> start.applyAsLong(partition) != LogReader.FROM_BEGINNING)) {
            throw new KafkaException("away");
        }
        return super.openReader(start, most);
    }
}
