package org.voyage.indicators.feature.verification.recount;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.log.PartitionEpoch;
import org.voyage.kit.log.VersionOrder;

/**
 * Scanner of the published log: each topic from its beginning up to a position. It leaves out dead letters, which are
 * no states; {@code /v1/dead-letters} lists them.
 */
@ApplicationScoped
public class EventLogScanner {

    /** Longest time to read one topic. */
    public static final Duration READING_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final LogReaderFactory logs;
    private final DeadLetterStore deadLetters;
    private final LogTopics topics;

    EventLogScanner(LogReaderFactory logs, DeadLetterStore deadLetters, LogTopics topics) {
        this.logs = logs;
        this.deadLetters = deadLetters;
        this.topics = topics;
    }

    /**
     * One published change.
     *
     * @param version its order, see {@link VersionOrder}
     * @param stateAfter JSON null when the fact was withdrawn
     */
    public record PublishedEvent(LogMessage message, String key, int version, JsonNode stateAfter) {}

    /** Receiver of the changes of a topic, those of one key in their order. */
    public interface PublishedEventSink {
        void accept(PublishedEvent published) throws ProofUndecidedException;
    }

    /**
     * @param until per partition the offset of the first event that is not wanted
     * @throws ProofUndecidedException when the log does not reach this position, or no longer has its beginning
     */
    public void scan(String record, Map<TopicPartition, Long> until, PublishedEventSink to)
            throws ProofUndecidedException {
        scan(record, until, deadLetters::findOffsets, to);
    }

    /** Source of the offsets of events that are no states. */
    public interface UnreadableOffsets {
        /** Returns the offsets by partition. */
        Map<Integer, Set<Long>> offsetsOf(String topic);
    }

    void scan(String record, Map<TopicPartition, Long> until, UnreadableOffsets unreadable, PublishedEventSink to)
            throws ProofUndecidedException {
        String topic = topics.serviceOf(record) + "." + record;
        Map<TopicPartition, Long> wanted = new HashMap<>();
        until.forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset > 0) {
                wanted.put(partition, offset);
            }
        });
        if (wanted.isEmpty()) {
            return;
        }
        try (LogReader reader = logs.openReader(new LogTopics(List.of(topic)), partition -> LogReader.FROM_BEGINNING)) {
            requireComplete(topic, wanted, reader);
            readMessages(reader, wanted, unreadable.offsetsOf(topic), to);
        } catch (DatabaseException e) {
            throw new ProofUndecidedException("The dead letters cannot be read.", e);
        } catch (KafkaException e) {
            throw new ProofUndecidedException("The log of " + topic + " cannot be read.", e);
        }
    }

    private static void requireComplete(String topic, Map<TopicPartition, Long> wanted, LogReader reader)
            throws ProofUndecidedException {
        Map<TopicPartition, Long> ends = reader.endOffsets();
        Map<TopicPartition, Long> beginnings = reader.beginningOffsets();
        for (Map.Entry<TopicPartition, Long> each : wanted.entrySet()) {
            if (ends.getOrDefault(each.getKey(), 0L) < each.getValue()) {
                throw new ProofUndecidedException("The log of " + topic + " ends before the position.");
            }
            if (PartitionEpoch.generationOf(ends.getOrDefault(each.getKey(), 0L))
                    != PartitionEpoch.generationOf(each.getValue())) {
                throw new ProofUndecidedException(
                        "Kafka was restored or emptied since: it is another log of " + topic + ".");
            }
            if (beginnings.getOrDefault(each.getKey(), 0L) > 0) {
                throw new ProofUndecidedException("Kafka has no longer the beginning of " + topic + ".");
            }
        }
    }

    private void readMessages(
            LogReader reader, Map<TopicPartition, Long> wanted, Map<Integer, Set<Long>> aside, PublishedEventSink to)
            throws ProofUndecidedException {
        long deadline = System.nanoTime() + READING_TIMEOUT.toNanos();
        boolean all = false;
        while (!all) {
            for (LogMessage message : reader.pollChunk(POLL_TIMEOUT).messages()) {
                TopicPartition partition = new TopicPartition(message.topic(), message.partition());
                if (message.offset() < wanted.getOrDefault(partition, 0L)
                        && !aside.getOrDefault(message.partition(), Set.of()).contains(message.offset())) {
                    to.accept(toPublished(message, message.key(), message.copyValue()));
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ProofUndecidedException("Reading a topic took longer than " + READING_TIMEOUT + ".");
            }
            all = wanted.entrySet().stream().allMatch(each -> reader.nextOffset(each.getKey()) >= each.getValue());
        }
    }

    private static PublishedEvent toPublished(LogMessage message, @Nullable String key, byte @Nullable [] value)
            throws ProofUndecidedException {
        if (key == null || value == null) {
            throw new ProofUndecidedException("An event without key or content is neither counted nor a dead letter.");
        }
        JsonNode event = RecountDefinitions.parseJson(value);
        int version = event.path("version").asInt();
        if (!VersionOrder.isValid(message.epoch(), version)) {
            throw new ProofUndecidedException("An event without epoch or version was neither counted nor set aside.");
        }
        return new PublishedEvent(message, key, VersionOrder.toOrder(message.epoch(), version), event.path("after"));
    }
}
