package org.voyage.kit.outbox;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The log as a new leader has compared it with its database.
 *
 * @param epoch epoch to publish under
 * @param published largest position of each partition up to which Kafka has all events of the database, but for those of
 *     blocked keys; none when the epoch has just begun
 * @param ends offset after the last event of each partition
 */
record ConfirmedLog(LogEpoch epoch, Map<TopicPartition, Long> published, Map<TopicPartition, Long> ends) {

    /** Returns whether Kafka has the event of a row: a former leader ended before it saved the cursor. */
    boolean isPublished(OutboxRow row) {
        return published.getOrDefault(new TopicPartition(row.topic(), row.partition()), -1L) >= row.position();
    }
}
