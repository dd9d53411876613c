package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Topics;

/**
 * The evidence at one moment: the newest version of every fact, and the place in the log that it stands for. What is
 * kept of topics that are no longer read is left out.
 */
@ApplicationScoped
public class EvidenceSnapshot {

    private static final int FETCH = 5_000;
    /** Along the primary key backwards: the first row of each fact is its newest, and rows come while others are read. */
    private static final String NEWEST = """
            select distinct on (record, province, source_id)
                   record, province || '/' || source_id, version, change, after
              from evidence where record = any (?)
             order by record desc, province desc, source_id desc, version desc
            """;
    /** Sorted, a million states would be written to disk and read again. */
    private static final String ALONG_THE_KEY = "set local enable_sort = off";

    private static final String SET_ASIDE =
            "select topic, partition, kafka_offset, record, key from set_aside where key is not null and topic = any (?)";
    private static final String HEALED = """
            select exists (select from evidence
                           where record = ? and province = ? and source_id = ?
                             and topic = ? and partition = ? and kafka_offset > ?)
            """;

    private final DataSource dataSource;
    private final Topics topics;

    EvidenceSnapshot(DataSource dataSource, Topics topics) {
        this.dataSource = dataSource;
        this.topics = topics;
    }

    /** Takes the evidence, row by row. */
    public interface Visitor {
        /** @param after null when the fact is withdrawn */
        void fact(String record, String key, int version, String change, byte @Nullable [] after);

        /** A key whose newest event could not be read. */
        void stale(String topic, String record, String key);

        /**
         * @param next Kafka offset of the next event
         * @param position largest outbox position read
         */
        void end(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position);
    }

    /** Reads everything at one moment; a snapshot that fails midway may have been shown in part. */
    public void read(Visitor visitor) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Map<TopicPartition, Long> next = new HashMap<>();
                Map<TopicPartition, Long> position = new HashMap<>();
                Offsets.load(connection).forEach((partition, place) -> {
                    if (topics.names().contains(partition.topic())) {
                        next.put(partition, place.next());
                        position.put(partition, place.position());
                    }
                });
                facts(connection, visitor);
                stale(connection, visitor);
                visitor.end(next, position);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private void facts(Connection connection, Visitor visitor) throws SQLException {
        try (Statement planning = connection.createStatement()) {
            planning.execute(ALONG_THE_KEY);
        }
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setFetchSize(FETCH);
            statement.setArray(1, texts(connection, topics.records()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.fact(
                            rows.getString(1), rows.getString(2), rows.getInt(3), rows.getString(4), rows.getBytes(5));
                }
            }
        }
    }

    private void stale(Connection connection, Visitor visitor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET_ASIDE)) {
            statement.setArray(1, texts(connection, topics.names()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String key = new String(rows.getBytes(5), StandardCharsets.UTF_8);
                    if (!healed(connection, rows, key)) {
                        visitor.stale(rows.getString(1), rows.getString(4), key);
                    }
                }
            }
        }
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static boolean healed(Connection connection, ResultSet aside, String key) throws SQLException {
        int slash = key.indexOf('/');
        if (slash < 1 || key.indexOf('\0') >= 0) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(HEALED)) {
            statement.setString(1, aside.getString(4));
            statement.setString(2, key.substring(0, slash));
            statement.setString(3, key.substring(slash + 1));
            statement.setString(4, aside.getString(1));
            statement.setInt(5, aside.getInt(2));
            statement.setLong(6, aside.getLong(3));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
