package org.voyage.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.voyage.local.Platform;

/** Access to the platform's broker with the settings of the services. */
class BenchKafka {

    static final int PARTITION_COUNT = 6;

    private final String servers;

    BenchKafka(Platform platform) {
        this.servers = platform.kafka().bootstrapServers();
    }

    String servers() {
        return servers;
    }

    /** Creates a topic with the number of partitions of a record topic. */
    void createTopic(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITION_COUNT, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Returns a producer with the settings of a relay. */
    KafkaProducer<String, byte[]> openProducer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        256 * 1024,
                        "linger.ms",
                        0,
                        "buffer.memory",
                        32L * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns a consumer without a group that reads from given offsets. */
    KafkaConsumer<String, byte[]> openConsumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "none",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
