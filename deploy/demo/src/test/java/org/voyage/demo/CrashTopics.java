package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Incremental check of the topics' guarantees. Without exact repeats, the versions of a record grow from 1 by one and
 * no version appears twice. Each change begins with the state after the last one.
 */
final class CrashTopics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OVERSEAS_TOPICS =
            List.of("overseas.overseas-school", "overseas.overseas-headcount", "overseas.overseas-training");

    private record TopicEvent(String id, int hash) {}

    /** Versions of one record, from 1, and the state after the last. */
    private static final class VersionSequence {
        private final List<TopicEvent> events = new ArrayList<>();
        private JsonNode state = JSON.nullNode();
    }

    private final String servers;
    private final List<String> topics;
    private final Predicate<JsonNode> kept;
    private final Map<String, VersionSequence> lines = new HashMap<>();
    private final Map<String, List<JsonNode>> keptStates = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private int repeats;
    private long position = -1;

    CrashTopics(String servers) {
        this(servers, OVERSEAS_TOPICS, _ -> false);
    }

    /** @param kept selects the states from whose first one on {@link #keptStates} has all states of a record */
    CrashTopics(String servers, List<String> topics, Predicate<JsonNode> kept) {
        this.servers = servers;
        this.topics = List.copyOf(topics);
        this.kept = kept;
    }

    /** Returns a check of the topics of the overseas service that keeps states. */
    static CrashTopics ofOverseas(String servers, Predicate<JsonNode> kept) {
        return new CrashTopics(servers, OVERSEAS_TOPICS, kept);
    }

    /** Reads from the last position to the current end. */
    void readToEnd() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none",
                "isolation.level",
                "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
            while (partitions.stream()
                    .anyMatch(partition -> next.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::acceptEvent);
                partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
            }
        }
    }

    private void acceptEvent(ConsumerRecord<String, byte[]> record) {
        JsonNode data = parseJson(record.value());
        String key = CrashTables.keyOf(
                record.topic().substring(record.topic().indexOf('.') + 1),
                data.path("province").asText(),
                data.path("sourceId").asText());
        assertThat(key).endsWith(" " + record.key());
        position = Math.max(position, Long.parseLong(headerOf(record, "ce_position")));
        VersionSequence line = lines.computeIfAbsent(key, unknown -> new VersionSequence());
        TopicEvent event = new TopicEvent(headerOf(record, "ce_id"), Arrays.hashCode(record.value()));
        int version = data.path("version").asInt();
        if (version <= line.events.size()) {
            assertThat(event)
                    .as("%s version %d came before, with another event", key, version)
                    .isEqualTo(line.events.get(version - 1));
            repeats++;
            return;
        }
        assertThat(version)
                .as("the version of %s after %d", key, line.events.size())
                .isEqualTo(line.events.size() + 1);
        assertThat(data.get("before"))
                .as("before of %s version %d", key, version)
                .isEqualTo(line.state);
        line.events.add(event);
        line.state = data.get("after");
        if (keptStates.containsKey(key) || kept.test(line.state)) {
            keptStates.computeIfAbsent(key, first -> new ArrayList<>()).add(line.state);
        }
    }

    /** Returns the kept states of each record in the order of its versions; a null node where it is withdrawn. */
    Map<String, List<JsonNode>> keptStates() {
        return keptStates;
    }

    /** Returns the last version and state of the records of a push. */
    Map<String, CrashTables.StoredRow> lastRecords(String prefix) {
        return lines.entrySet().stream()
                .filter(line -> line.getKey().contains("/" + prefix + "-"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        line -> new CrashTables.StoredRow(line.getValue().events.size(), line.getValue().state)));
    }

    /** Returns the number of repeated events. */
    int countRepeats() {
        return repeats;
    }

    /** Returns the largest outbox position in Kafka. */
    long maxPosition() {
        return position;
    }

    private static String headerOf(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static JsonNode parseJson(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
