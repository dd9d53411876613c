package org.voyage.indicators;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestServers;

/** Test double of the record services: it writes events to the real topics. */
public final class TestEventLog {

    public static final String SCHOOL_TOPIC = "overseas.overseas-school";
    public static final String HEADCOUNT_TOPIC = "overseas.overseas-headcount";
    public static final String TRAINING_TOPIC = "overseas.overseas-training";

    private static final AtomicLong POSITIONS = new AtomicLong(System.currentTimeMillis() * 1000);
    private static final int PARTITIONS = 6;

    private TestEventLog() {}

    public static void createTopics() throws InterruptedException, ExecutionException {
        createTopics(List.of(SCHOOL_TOPIC, HEADCOUNT_TOPIC, TRAINING_TOPIC));
    }

    public static void createTopics(List<String> topics) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            var created = admin.createTopics(topics.stream()
                    .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                    .toList());
            for (var topic : created.values().values()) {
                try {
                    topic.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Waits until the service answers requests. */
    public static void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    public static String schoolJson(String country, String brand, String openedOn, @Nullable String closedOn) {
        return """
                {"name":"示例","brand":"%s","tier":"workshop","form":"branch","hostCountry":"%s",\
                "foundingColleges":["4112000001","4112000002"],"majors":["460301"],"status":"%s","openedOn":"%s"%s}""".formatted(
                        brand,
                        country,
                        closedOn == null ? "open" : "closed",
                        openedOn,
                        closedOn == null ? "" : ",\"closedOn\":\"" + closedOn + "\"");
    }

    public static String headcountJson(String school, int year, int students) {
        return "{\"school\":\"%s\",\"year\":%d,\"major\":\"460301\",\"students\":%d}".formatted(school, year, students);
    }

    /** Sends one change and returns the receipt that its sender would get. */
    public static Receipt sendChange(String topic, String key, int version, @Nullable String after) {
        return sendRaw(topic, key, changeJson(key, version, after).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one change in an epoch of the sender's log. */
    public static Receipt sendInEpoch(String topic, int epoch, String key, int version, @Nullable String after) {
        byte[] content = changeJson(key, version, after).getBytes(StandardCharsets.UTF_8);
        return sendAllRaw(topic, Map.of(key, content), Map.of("ce_epoch", Integer.toString(epoch)));
    }

    /** Returns the content of the event of a change. */
    public static String changeJson(String key, int version, @Nullable String after) {
        String change = after == null ? "withdrawn" : version == 1 ? "created" : "corrected";
        return """
                {"province":"%s","sourceId":"%s","version":%d,"change":"%s",\
                "cause":{"kind":"request","id":"r","actor":"bureau-12","reason":null},\
                "recordedAt":"2026-11-24T10:00:00.123456Z","before":null,"after":%s}""".formatted(key.substring(0, 2), key.substring(3), version, change, after);
    }

    /** Sends new records, by their keys, and returns the receipt of all of them. */
    public static Receipt sendCreated(String topic, Map<String, String> created) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        created.forEach(
                (key, after) -> contents.put(key, changeJson(key, 1, after).getBytes(StandardCharsets.UTF_8)));
        return sendAllRaw(topic, contents);
    }

    public static Receipt sendRaw(String topic, String key, byte[] content) {
        return sendAllRaw(topic, Map.of(key, content));
    }

    private static Receipt sendAllRaw(String topic, Map<String, byte[]> contents) {
        return sendAllRaw(topic, contents, Map.of());
    }

    private static Receipt sendAllRaw(String topic, Map<String, byte[]> contents, Map<String, String> more) {
        List<Receipt.ReceiptPart> parts = new ArrayList<>();
        try {
            Map<Long, Future<RecordMetadata>> stored = new LinkedHashMap<>();
            contents.forEach((key, content) -> {
                long position = POSITIONS.incrementAndGet();
                stored.put(
                        position, SharedProducer.INSTANCE.send(toProducerRecord(topic, key, content, position, more)));
            });
            for (Map.Entry<Long, Future<RecordMetadata>> each : stored.entrySet()) {
                parts.add(new Receipt.ReceiptPart(topic, each.getValue().get().partition(), each.getKey()));
            }
            return Receipt.latest(parts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProducerRecord<String, byte[]> toProducerRecord(
            String topic, String key, byte[] content, long position, Map<String, String> more) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, content);
        Map<String, String> headers = new HashMap<>(more);
        headers.put("ce_id", UUID.randomUUID().toString());
        headers.put("ce_time", Instant.now().toString());
        headers.put("ce_position", String.valueOf(position));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Producer for all single sends: each producer would need its own thread and connection. */
    private static final class SharedProducer {
        static final KafkaProducer<String, byte[]> INSTANCE = createProducer();
    }

    /** Closes the shared producer with the application, whose classes its thread would keep in memory. */
    @Singleton
    static final class ProducerClosing {
        void close(@Observes ShutdownEvent stop) {
            SharedProducer.INSTANCE.close();
        }
    }

    public static KafkaProducer<String, byte[]> createProducer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.bootstrapServers(),
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1,
                        "linger.ms",
                        "5",
                        "delivery.timeout.ms",
                        (int) Duration.ofSeconds(60).toMillis(),
                        "request.timeout.ms",
                        20_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
