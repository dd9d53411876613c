package org.voyage.kit.outbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Ends of the partitions as Kafka has acknowledged them to the leader. A partition that ends before has lost acknowledged
 * events. For any thread.
 */
final class AcknowledgedEnds {

    private final Map<TopicPartition, Long> ends;
    private volatile @Nullable TopicPartition shortened;

    /** @param ends offset after the last event of each partition, when the session began */
    AcknowledgedEnds(Map<TopicPartition, Long> ends) {
        this.ends = new ConcurrentHashMap<>(ends);
    }

    /**
     * Notes an acknowledged event. An offset that was given to another event before shows a loss. An event that Kafka had
     * already when it was sent again may have no offset.
     */
    void noteEvent(RecordMetadata event) {
        if (!event.hasOffset()) {
            return;
        }
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());
        Long end = ends.get(partition);
        if (end != null && event.offset() < end) {
            shortened = partition;
        } else {
            ends.put(partition, event.offset() + 1);
        }
    }

    /** Returns the ends so far, by partition. */
    Map<TopicPartition, Long> copyEnds() {
        return Map.copyOf(ends);
    }

    /** Notes that a partition has lost events. */
    void noteLoss(TopicPartition partition) {
        shortened = partition;
    }

    /** Returns a partition that has lost events; empty when none is known. */
    Optional<TopicPartition> findShortened() {
        return Optional.ofNullable(shortened);
    }
}
