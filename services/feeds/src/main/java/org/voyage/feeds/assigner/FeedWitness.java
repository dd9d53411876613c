package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.voyage.kit.log.WitnessTopic;

/**
 * Witness of the assigner's steps on Kafka. A database that knows fewer steps than the witness was restored. Readers see no
 * step that the witness does not know.
 */
@ApplicationScoped
class FeedWitness {

    private static final String TOPIC = "feeds.witness";
    /** Of one holder of the lease the last entry is the highest; entries of former holders may come late. */
    private static final int LAST_ENTRIES = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final WitnessTopic topic;

    /**
     * What the witness knows.
     *
     * @param step highest step
     * @param epoch highest epoch of a feed
     */
    record WitnessedStep(long step, int epoch) {}

    FeedWitness(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "voyage.outbox.replication", defaultValue = "1") short replication) {
        this.topic = new WitnessTopic(TOPIC, kafka, replication);
    }

    /** Returns the highest step that was written; empty when there is none. */
    Optional<WitnessedStep> read() {
        long[] highest = {-1, 0};
        topic.readEntries(LAST_ENTRIES, entry -> {
            JsonNode value = parse(entry);
            highest[0] = Math.max(highest[0], value.path("step").asLong(-1));
            highest[1] = Math.max(highest[1], value.path("epoch").asLong(0));
        });
        return highest[0] < 0
                ? Optional.empty()
                : Optional.of(new WitnessedStep(highest[0], Math.toIntExact(highest[1])));
    }

    private static JsonNode parse(ConsumerRecord<String, byte[]> entry) {
        try {
            return JSON.readTree(entry.value());
        } catch (IOException e) {
            throw new KafkaException("an entry of " + TOPIC + " cannot be read", e);
        }
    }

    /**
     * Writes a step, and returns once Kafka has it on all replicas in sync.
     *
     * @param lease epoch of the assigner's lease: an entry of a former holder does not replace those of the present one
     */
    void write(long lease, WitnessedStep step) throws InterruptedException {
        byte[] value = JsonNodeFactory.instance
                .objectNode()
                .put("step", step.step())
                .put("epoch", step.epoch())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        topic.writeEntry(Long.toString(lease), value);
    }

    /** Closes the connection to Kafka; the next call opens another. */
    void close() {
        topic.close();
    }
}
