package org.voyage.kittest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics whole. */
public final class KafkaTopicReader {
    private static final Map<String, TopicReader> READERS = new ConcurrentHashMap<>();

    private KafkaTopicReader() {}

    /** Every record of the topic from the beginning to the end at this moment, in the order of each partition. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        // What was read before is kept: tests ask for the same topic hundreds of times.
        return READERS.computeIfAbsent(topic, name -> new TopicReader(TestServers.bootstrapServers(), name))
                .readAll();
    }

    /** The same from another broker than that of {@link RealBackends}. A topic that does not exist has no records. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String bootstrapServers, String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            return reader.readAll();
        }
    }
}
