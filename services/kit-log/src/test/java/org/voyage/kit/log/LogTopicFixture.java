package org.voyage.kit.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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

    static final long FIRST_POSITION = 1_000;
    /** One request in flight, as in OutboxProducerFactory (KAFKA-15591). */
    private static final Map<String, Object> SETTINGS = Map.of(
            "bootstrap.servers",
            TestServers.bootstrapServers(),
            "acks",
            "all",
            "max.in.flight.requests.per.connection",
            1);

    private LogTopicFixture() {}

    /**
     * Sends one event for each key in each of some transactions, and ends them with an aborted one: the ends of transactions
     * and the aborted events take offsets.
     *
     * @param commits number of committed transactions; the outbox position of all their events is the first one
     */
    static void fillInTransactions(String topic, List<String> keys, int commits)
            throws ExecutionException, InterruptedException {
        createTopic(topic);
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("transactional.id", topic);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (int transaction = 0; transaction <= commits; transaction++) {
                producer.beginTransaction();
                keys.forEach(key -> producer.send(newEvent(topic, key, FIRST_POSITION)));
                producer.flush();
                if (transaction < commits) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }

    private static void createTopic(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(SETTINGS)) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static ProducerRecord<String, String> newEvent(String topic, String key, long position) {
        ProducerRecord<String, String> event = new ProducerRecord<>(topic, key, "{}");
        event.headers().add("ce_position", Long.toString(position).getBytes(StandardCharsets.UTF_8));
        return event;
    }

    /** Creates a topic and sends one event for each key; the outbox positions ascend. */
    static void fillTopic(String topic, List<String> keys) throws ExecutionException, InterruptedException {
        createTopic(topic);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(SETTINGS, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                sent.add(producer.send(newEvent(topic, keys.get(i), FIRST_POSITION + i)));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
