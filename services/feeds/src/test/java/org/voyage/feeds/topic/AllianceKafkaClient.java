package org.voyage.feeds.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.kittest.TestServers;
import org.voyage.local.IssuerClients;

/** Kafka clients as a client of the issuer sets them up: with its id and secret, and properties only. */
final class AllianceKafkaClient {

    private AllianceKafkaClient() {}

    /** Returns the settings of a client of the issuer, such as {@code alliance-WFCP}. */
    static Map<String, Object> settings(String clientId) {
        return settings(clientId, IssuerClients.secretOf(clientId));
    }

    static Map<String, Object> settings(String clientId, String secret) {
        String tokens = TestServers.issuer() + "/token";
        System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", tokens);
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                TestServers.allianceBootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url",
                tokens,
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId='" + clientId
                        + "' clientSecret='" + secret + "';"));
    }

    /** Opens a consumer that reads what is committed, from the beginning. */
    static KafkaConsumer<String, byte[]> openConsumer(String alliance, String group) {
        Map<String, Object> settings = settings("alliance-" + alliance);
        settings.put("group.id", group);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        Properties properties = new Properties();
        properties.putAll(settings);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads the values of a topic from its beginning until it has a number of them, and then until nothing more comes for a
     * moment.
     */
    static List<String> readTopic(String alliance, String topic, int count) {
        try (KafkaConsumer<String, byte[]> consumer = openConsumer(alliance, "feeds." + alliance + ".read")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> events = new ArrayList<>();
            long deadline = System.nanoTime() + FeedsTestBackend.TIMEOUT.toNanos();
            while (System.nanoTime() < deadline) {
                int before = events.size();
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(500))) {
                    if (each.value() != null) {
                        events.add(new String(each.value(), StandardCharsets.UTF_8));
                    }
                }
                if (events.size() >= count && events.size() == before) {
                    break;
                }
            }
            return events;
        }
    }

    /**
     * Reads a topic of states from its beginning to its end.
     *
     * @return the value of the last message of each key as text; null for a record that is to be deleted
     */
    static Map<String, @Nullable String> readStates(String alliance, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = openConsumer(alliance, "feeds." + alliance + ".states")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            Map<String, @Nullable String> states = new TreeMap<>();
            long deadline = System.nanoTime() + FeedsTestBackend.TIMEOUT.toNanos();
            while (consumer.position(partition) < end && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    states.put(
                            each.key(), each.value() == null ? null : new String(each.value(), StandardCharsets.UTF_8));
                }
            }
            return states;
        }
    }
}
