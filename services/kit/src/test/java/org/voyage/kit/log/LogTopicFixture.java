package org.voyage.kit.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.voyage.kittest.TestServers;

/** Topic with events on the real Kafka. */
final class LogTopicFixture {

    static final int PARTITIONS = 6;

    private static final long FIRST_POSITION = 1_000;
    /** One request in flight, as in OutboxProducerFactory (KAFKA-15591). */
    private static final Map<String, Object> SETTINGS = Map.of(
            "bootstrap.servers",
            TestServers.bootstrapServers(),
            "acks",
            "all",
            "max.in.flight.requests.per.connection",
            1);

    private LogTopicFixture() {}

    /** Creates a topic and sends one event for each key; the outbox positions ascend. */
    static void fillTopic(String topic, List<String> keys) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(SETTINGS)) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(SETTINGS, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                ProducerRecord<String, String> event = new ProducerRecord<>(topic, keys.get(i), "{}");
                String position = Long.toString(FIRST_POSITION + i);
                event.headers().add("ce_position", position.getBytes(StandardCharsets.UTF_8));
                sent.add(producer.send(event));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
