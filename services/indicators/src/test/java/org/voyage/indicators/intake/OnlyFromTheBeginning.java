package org.voyage.indicators.intake;

import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.IndicatorsConfig;

/** Reads the log from its beginning; for who would go on from somewhere Kafka is away. */
public final class OnlyFromTheBeginning extends LogReaders {

    private static final int PARTITIONS = 6;

    private volatile boolean away = true;

    public OnlyFromTheBeginning(Map<String, Object> kafka, IndicatorsConfig config) {
        super(kafka, config, new Topics(config.topics()));
    }

    /** Kafka is back. */
    public void mend() {
        away = false;
    }

    @Override
    public LogReader open(ToLongFunction<TopicPartition> start, int most) {
        if (away
                && IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(EventLog.SCHOOL, partition))
                        .anyMatch(partition -> start.applyAsLong(partition) != LogReader.FROM_BEGINNING)) {
            throw new KafkaException("away");
        }
        return super.open(start, most);
    }
}
