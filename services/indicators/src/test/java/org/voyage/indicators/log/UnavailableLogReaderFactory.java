package org.voyage.indicators.log;

import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.config.IndicatorsConfig;

/**
 * Log reader factory without Kafka: it opens readers at the beginning of the log only, and fails for any other offset.
 */
public final class UnavailableLogReaderFactory extends LogReaderFactory {

    private static final int PARTITIONS = 6;

    private volatile boolean isAway = true;

    public UnavailableLogReaderFactory(Map<String, Object> kafka, IndicatorsConfig config) {
        super(kafka, config, new LogTopics(config.topics()), Map::of);
    }

    /** Makes Kafka available again. */
    public void restoreKafka() {
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
