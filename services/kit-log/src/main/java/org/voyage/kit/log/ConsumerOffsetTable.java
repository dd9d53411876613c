package org.voyage.kit.log;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;

/**
 * Table of the consumer offsets up to which the database holds the log ({@code db/kit-log}). The offsets advance in the
 * transaction of the caller.
 */
public final class ConsumerOffsetTable {

    private ConsumerOffsetTable() {}

    /**
     * @param outboxPosition largest outbox position read, -1 before the first
     * @param lastPosition outbox position of the last event; -1 when it is unknown, which leaves the stored one
     */
    public record StoredOffset(long nextOffset, long outboxPosition, long lastPosition) {}

    /** Another reader has advanced the offsets in the meantime: the events of this reader are already stored. */
    public static final class OffsetConflictException extends Exception {
        OffsetConflictException(TopicPartition partition) {
            super("another reader was faster on " + partition, null, false, false);
        }
    }

    public static Map<TopicPartition, StoredOffset> loadOffsets(JdbcClient database) {
        Map<TopicPartition, StoredOffset> places = new HashMap<>();
        database.queryEach(
                "select topic, partition, next_offset, position, last_position from consumer_offset",
                row -> places.put(
                        new TopicPartition(row.getString(1), row.getInt(2)),
                        new StoredOffset(row.getLong(3), row.getLong(4), row.getLong(5))));
        return places;
    }

    /**
     * Advances each offset, provided that it is unchanged since this reader read it. The order is fixed, so that two
     * readers cannot deadlock.
     *
     * @throws OffsetConflictException when an offset has changed; the transaction must be rolled back
     */
    public static void advanceAll(
            JdbcClient database, Map<TopicPartition, StoredOffset> from, Map<TopicPartition, StoredOffset> to)
            throws OffsetConflictException {
        Map<TopicPartition, StoredOffset> ordered =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        ordered.putAll(to);
        for (Map.Entry<TopicPartition, StoredOffset> entry : ordered.entrySet()) {
            if (!advance(database, entry.getKey(), from.get(entry.getKey()), entry.getValue())) {
                throw new OffsetConflictException(entry.getKey());
            }
        }
    }

    private static boolean advance(
            JdbcClient database, TopicPartition partition, @Nullable StoredOffset from, StoredOffset to) {
        if (from == null) {
            return database.update(
                            "insert into consumer_offset (next_offset, position, last_position, topic, partition)"
                                    + " values (?, ?, ?, ?, ?)"
                                    + " on conflict do nothing",
                            to.nextOffset(),
                            to.outboxPosition(),
                            to.lastPosition(),
                            partition.topic(),
                            partition.partition())
                    == 1;
        }
        return database.update(
                        "update consumer_offset set next_offset = ?, position = ?,"
                                + " last_position = coalesce(nullif(?, -1), last_position)"
                                + " where topic = ? and partition = ? and next_offset = ?",
                        to.nextOffset(),
                        to.outboxPosition(),
                        to.lastPosition(),
                        partition.topic(),
                        partition.partition(),
                        from.nextOffset())
                == 1;
    }
}
