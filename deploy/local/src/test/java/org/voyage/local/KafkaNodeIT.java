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
    private static final TopicPartition KEPT_PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterKill9AndAfterARestart() throws Exception {
        try (KafkaNode node =
                KafkaNode.start(folder.resolve("kafka"), LoopbackPorts.findFreePort(), LoopbackPorts.findFreePort())) {
            try (Admin admin = Admin.create(config(node))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            for (int round = 1; round <= 3; round++) {
                sendMessages(node, 200);
                node.killProcess();
                node.awaitReady();
                assertThat(endOffset(node)).isEqualTo(200L * round);
            }
            node.restartBroker();
            assertThat(endOffset(node)).isEqualTo(600);
        }
        try (KafkaNode again =
                KafkaNode.start(folder.resolve("kafka"), LoopbackPorts.findFreePort(), LoopbackPorts.findFreePort())) {
            assertThat(endOffset(again)).isEqualTo(600);
        }
    }

    private static Map<String, Object> config(KafkaNode node) {
        return Map.of("bootstrap.servers", node.bootstrapServers(), "acks", "all");
    }

    private static void sendMessages(KafkaNode node, int count) throws Exception {
        try (var producer = new KafkaProducer<>(config(node), new StringSerializer(), new StringSerializer())) {
            for (int i = 1; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>("kept", "key", "value"));
            }
            producer.flush();
            producer.send(new ProducerRecord<>("kept", "key", "last")).get();
        }
    }

    private static long endOffset(KafkaNode node) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
            return admin.listOffsets(Map.of(KEPT_PARTITION, OffsetSpec.latest()))
                    .partitionResult(KEPT_PARTITION)
                    .get()
                    .offset();
        }
    }
}
