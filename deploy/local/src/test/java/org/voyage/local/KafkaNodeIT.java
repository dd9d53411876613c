package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeIT {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterKill9AndAfterARestart() throws Exception {
        try (KafkaNode node = KafkaNode.start(folder.resolve("kafka"), Ports.free(), Ports.free())) {
            try (Admin admin = Admin.create(config(node))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            for (int round = 1; round <= 3; round++) {
                send(node, 1000);
                node.kill9();
                node.awaitReady();
                assertThat(end(node)).isEqualTo(1000L * round);
            }
            node.restart();
            assertThat(end(node)).isEqualTo(3000);
        }
        try (KafkaNode again = KafkaNode.start(folder.resolve("kafka"), Ports.free(), Ports.free())) {
            assertThat(end(again)).isEqualTo(3000);
        }
    }

    private static Map<String, Object> config(KafkaNode node) {
        return Map.of("bootstrap.servers", node.bootstrapServers(), "acks", "all");
    }

    private static void send(KafkaNode node, int count) throws Exception {
        try (var producer = new KafkaProducer<>(config(node), new StringSerializer(), new StringSerializer())) {
            for (int i = 1; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>("kept", "key", "value"));
            }
            producer.flush();
            producer.send(new ProducerRecord<>("kept", "key", "last")).get();
        }
    }

    private static long end(KafkaNode node) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
            return admin.listOffsets(Map.of(KEPT, OffsetSpec.latest()))
                    .partitionResult(KEPT)
                    .get()
                    .offset();
        }
    }
}
