package org.voyage.indicators.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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

    static Map<TopicPartition, Place> load(Connection connection) throws SQLException {
        Map<TopicPartition, Place> places = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select topic, partition, next_offset, position from consumer_offset");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                places.put(
                        new TopicPartition(rows.getString(1), rows.getInt(2)),
                        new Place(rows.getLong(3), rows.getLong(4)));
            }
        }
        return places;
    }

    /**
     * Moves each place on, provided that it still is where this reader left it. In one order, so that two readers
     * cannot wait for each other.
     *
     * @throws Overtaken when it is not; the transaction must be rolled back
     */
    static void move(Connection connection, Map<TopicPartition, Place> from, Map<TopicPartition, Place> to)
            throws SQLException, Overtaken {
        Map<TopicPartition, Place> ordered =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        ordered.putAll(to);
        for (Map.Entry<TopicPartition, Place> entry : ordered.entrySet()) {
            if (!move(connection, entry.getKey(), from.get(entry.getKey()), entry.getValue())) {
                throw new Overtaken(entry.getKey());
            }
        }
    }

    private static boolean move(Connection connection, TopicPartition partition, @Nullable Place from, Place to)
            throws SQLException {
        String sql = from == null
                ? "insert into consumer_offset (next_offset, position, topic, partition) values (?, ?, ?, ?)"
                        + " on conflict do nothing"
                : "update consumer_offset set next_offset = ?, position = ?"
                        + " where topic = ? and partition = ? and next_offset = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, to.next());
            statement.setLong(2, to.position());
            statement.setString(3, partition.topic());
            statement.setInt(4, partition.partition());
            if (from != null) {
                statement.setLong(5, from.next());
            }
            return statement.executeUpdate() == 1;
        }
    }
}
