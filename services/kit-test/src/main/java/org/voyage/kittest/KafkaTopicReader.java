package org.voyage.kittest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reader of whole topics. */
public final class KafkaTopicReader {
    private static final Map<String, TopicReader> READERS = new ConcurrentHashMap<>();

    private KafkaTopicReader() {}

    /** Returns every record of the topic from the beginning to the current end, in the order of each partition. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        // Records read before are kept: tests read the same topic hundreds of times.
        return READERS.computeIfAbsent(topic, name -> new TopicReader(TestServers.bootstrapServers(), name))
                .readAll();
    }

    /**
     * Returns the records of a topic on another broker than that of {@link RealBackends}. A topic that does not exist
     * has no records.
     */
    public static List<ConsumerRecord<String, byte[]>> readAll(String bootstrapServers, String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            return reader.readAll();
        }
    }
}
