package org.voyage.indicators.evidence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;

/** The places up to which the evidence holds the log. */
final class Offsets {

    private Offsets() {}

    /** @param position largest outbox position read, -1 before the first */
    record Place(long next, long position) {}

    /** Another reader has moved on meanwhile: what this one holds is stored already. */
    static final class Overtaken extends Exception {
        Overtaken(TopicPartition partition) {
            super("another evidence reader was faster on " + partition, null, false, false);
        }
    }

    static Map<TopicPartition, Place> load(JdbcClient database) {
        Map<TopicPartition, Place> places = new HashMap<>();
        database.queryEach(
                "select topic, partition, next_offset, position from consumer_offset",
                row -> places.put(
                        new TopicPartition(row.getString(1), row.getInt(2)),
                        new Place(row.getLong(3), row.getLong(4))));
        return places;
    }

    /**
     * Moves each place on, provided that it still is where this reader left it. In one order, so that two readers
     * cannot wait for each other.
     *
     * @throws Overtaken when it is not; the transaction must be rolled back
     */
    static void move(JdbcClient database, Map<TopicPartition, Place> from, Map<TopicPartition, Place> to)
            throws Overtaken {
        Map<TopicPartition, Place> ordered =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        ordered.putAll(to);
        for (Map.Entry<TopicPartition, Place> entry : ordered.entrySet()) {
            if (!move(database, entry.getKey(), from.get(entry.getKey()), entry.getValue())) {
                throw new Overtaken(entry.getKey());
            }
        }
    }

    private static boolean move(JdbcClient database, TopicPartition partition, @Nullable Place from, Place to) {
        if (from == null) {
            return database.update(
                            "insert into consumer_offset (next_offset, position, topic, partition) values (?, ?, ?, ?)"
                                    + " on conflict do nothing",
                            to.next(),
                            to.position(),
                            partition.topic(),
                            partition.partition())
                    == 1;
        }
        return database.update(
                        "update consumer_offset set next_offset = ?, position = ?"
                                + " where topic = ? and partition = ? and next_offset = ?",
                        to.next(),
                        to.position(),
                        partition.topic(),
                        partition.partition(),
                        from.next())
                == 1;
    }
}
