package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.evidence.Offsets.Overtaken;
import org.voyage.indicators.evidence.Offsets.Place;
import org.voyage.indicators.intake.Delivery;
import org.voyage.kit.access.Scopes;

/** How far a reader of other topics than those of the records has come, moved in the transaction of what it stores. */
@ApplicationScoped
public class Progress {

    static final String SET_ASIDE = "set_aside";

    private static final String HEAL = """
            update set_aside s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?) told (topic, partition, kafka_offset, key)
             where s.key = told.key and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
            """;
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final long AT_THE_LATEST_MILLIS = 320;

    private final DataSource dataSource;

    Progress(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is stored with a step. */
    public interface Step {
        void store(Connection connection) throws SQLException;
    }

    /** What somebody waits for. */
    public interface Condition {
        boolean holds() throws SQLException;
    }

    /** Another reader has moved on meanwhile; nothing was stored. */
    public static final class Behind extends Exception {
        Behind() {
            super("another reader was faster", null, false, false);
        }
    }

    /** The offset of the next event, by partition. */
    public Map<TopicPartition, Long> next() throws SQLException {
        return each(Place::next);
    }

    /** The largest outbox position that was read and stored, by partition; -1 before the first. */
    public Map<TopicPartition, Long> positions() throws SQLException {
        return each(Place::position);
    }

    /**
     * Looks again until it holds, the less often the longer it waits: what it waits for is written by who answers it.
     *
     * @param deadline of {@link System#nanoTime}
     * @return false when that comes first
     */
    public boolean await(Condition condition, long deadline) throws SQLException, InterruptedException {
        long pause = LOOK_AGAIN_MILLIS;
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, AT_THE_LATEST_MILLIS);
        }
        return true;
    }

    private Map<TopicPartition, Long> each(Function<Place, Long> of) throws SQLException {
        Map<TopicPartition, Long> each = new HashMap<>();
        try (Connection connection = dataSource.getConnection()) {
            Offsets.load(connection).forEach((partition, place) -> each.put(partition, of.apply(place)));
        }
        return each;
    }

    /** Stores a step and moves on, both or neither. */
    public void step(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Step step)
            throws SQLException, Behind {
        try (Connection connection = Scopes.everything(() -> dataSource.getConnection())) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                Offsets.move(connection, places(from), places(to));
                step.store(connection);
                connection.commit();
                committed = true;
            } catch (Overtaken e) {
                throw new Behind();
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    /** Keeps what could not be read, byte for byte. */
    public static void setAside(Connection connection, Delivery delivery, String reason) throws SQLException {
        setAside(connection, SET_ASIDE, List.of(Entry.setAside(delivery, reason)));
    }

    /**
     * Keeps those that could not be read.
     *
     * @param table {@link #SET_ASIDE}, or one like it
     */
    static void setAside(Connection connection, String table, List<Entry> entries) throws SQLException {
        List<Entry> unreadable =
                entries.stream().filter(entry -> entry.parts() == null).toList();
        if (unreadable.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into " + table + " (topic, partition, kafka_offset, record, key, content, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (Entry entry : unreadable) {
                Delivery delivery = entry.delivery();
                String key = delivery.key();
                statement.setString(1, delivery.topic());
                statement.setInt(2, delivery.partition());
                statement.setLong(3, delivery.offset());
                statement.setString(4, delivery.record());
                statement.setBytes(5, key == null ? null : key.getBytes(StandardCharsets.UTF_8));
                statement.setBytes(6, delivery.bytes());
                statement.setString(7, entry.reason().replace('\0', ' '));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Notes of what was set aside that later events of its keys were read.
     *
     * @param newest each the newest word about its key
     */
    public static void heal(Connection connection, List<Delivery> newest) throws SQLException {
        Partitions places = new Partitions();
        List<byte[]> keys = new ArrayList<>();
        for (Delivery delivery : newest) {
            String key = delivery.key();
            if (key != null) {
                places.add(new TopicPartition(delivery.topic(), delivery.partition()), delivery.offset());
                keys.add(key.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (places.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(HEAL)) {
            int next = places.bind(connection, statement, 1);
            statement.setArray(next, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            statement.executeUpdate();
        }
    }

    private static Map<TopicPartition, Place> places(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Place> places = new HashMap<>();
        offsets.forEach((partition, offset) -> places.put(partition, new Place(offset, -1)));
        return places;
    }
}
