package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsetTable;
import org.voyage.kit.log.LogTopics;

/**
 * Snapshot of the evidence at one point in time: every version of every fact, and the position in the log. It leaves
 * out topics that are no longer read.
 */
@ApplicationScoped
public class EvidenceSnapshot {

    private static final int FETCH_ROWS = 5_000;
    private static final String EXPORT_SNAPSHOT_SQL = """
            select pg_export_snapshot(), pg_relation_size('evidence') / current_setting('block_size')::int
            """;
    private static final String IMPORT_SNAPSHOT_SQL = "set transaction snapshot '%s'; set local lock_timeout = '10s'";
    /** Prevents a rewrite of the table (VACUUM FULL) between the read of its size and the reads of the parts. */
    private static final String LOCK_TABLE_SQL = "lock table evidence in access share mode";
    /**
     * Reads some blocks of the table in physical order. PostgreSQL needs longer to find the newest version of each fact
     * than to read all versions.
     */
    private static final String VERSIONS_SQL = """
            select record, province || '/' || source_id, version, change, after
              from evidence where ctid >= '(%d,0)'::tid and ctid < '(%d,0)'::tid and record = any (?)
            """;
    /** No block has this number yet. */
    private static final long MAX_BLOCK_NUMBER = 4_294_967_295L;
    /** A part smaller than this is not worth a connection. */
    private static final long MIN_BLOCKS_PER_PART = 1_000;

    private static final String DEAD_LETTERS_SQL = """
            select topic, partition, kafka_offset, record, key from dead_letter
             where key is not null and healed_offset is null and topic = any (?)
            """;
    /** Whether a later event has a newer version than all events before it. */
    private static final String HEALED_SQL = """
            select exists (select from evidence e
                           where e.record = ? and e.province = ? and e.source_id = ?
                             and e.topic = ? and e.partition = ? and e.kafka_offset > ?
                             and not exists (select from evidence o
                                              where (o.record, o.province, o.source_id) = (e.record, e.province, e.source_id)
                                                and o.version > e.version and o.kafka_offset < e.kafka_offset))
            """;

    private final DataSource dataSource;
    private final LogTopics topics;

    public EvidenceSnapshot(DataSource dataSource, LogTopics topics) {
        this.dataSource = dataSource;
        this.topics = topics;
    }

    /** Receives the rows of the evidence. */
    public interface EvidenceVisitor {
        /**
         * Receives a version of a fact.
         *
         * @param after null when the fact is withdrawn
         */
        void visitFact(String record, String key, int version, String change, byte @Nullable [] after);

        /** Receives a key whose newest event is unreadable. */
        void visitStale(String topic, String record, String key);

        /**
         * Receives the position of the snapshot.
         *
         * @param next Kafka offset of the next event
         * @param position largest outbox position read
         */
        void finish(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position);
    }

    /** Reads all rows at one point in time. A snapshot that fails midway may have delivered some rows. */
    public void readAll(EvidenceVisitor visitor) throws SQLException {
        readAll(List.of(visitor));
    }

    /**
     * Reads all rows at one point in time, in as many parallel parts as there are visitors. The first visitor receives
     * the position of the snapshot after all others have finished.
     */
    public void readAll(List<? extends EvidenceVisitor> visitors) throws SQLException {
        inSnapshot(connection -> {
            Map<TopicPartition, Long> next = new HashMap<>();
            Map<TopicPartition, Long> position = new HashMap<>();
            ConsumerOffsetTable.loadOffsets(JdbcClient.on(connection)).forEach((partition, place) -> {
                if (topics.names().contains(partition.topic())) {
                    next.put(partition, place.nextOffset());
                    position.put(partition, place.outboxPosition());
                }
            });
            readVersions(connection, visitors);
            readStale(connection, visitors.getFirst());
            visitors.getFirst().finish(next, position);
        });
    }

    private interface SnapshotQuery {
        void query(Connection connection) throws SQLException;
    }

    private void inSnapshot(SnapshotQuery reading) throws SQLException {
        try (Connection connection = DatabaseTimeout.runWithTimeout(
                DatabaseTimeout.LONG_WORK, () -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()))) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                reading.query(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private void readVersions(Connection connection, List<? extends EvidenceVisitor> visitors) throws SQLException {
        String snapshot;
        long blocks;
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_TABLE_SQL);
            try (ResultSet row = statement.executeQuery(EXPORT_SNAPSHOT_SQL)) {
                row.next();
                snapshot = row.getString(1);
                blocks = row.getLong(2);
            }
        }
        int parts = Math.toIntExact(Math.clamp(blocks / MIN_BLOCKS_PER_PART, 1, visitors.size()));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> others = new ArrayList<>();
            for (int part = 1; part < visitors.size(); part++) {
                EvidenceVisitor visitor = visitors.get(part);
                long from = part < parts ? blocks * part / parts : MAX_BLOCK_NUMBER;
                long to = part < parts - 1 ? blocks * (part + 1) / parts : MAX_BLOCK_NUMBER;
                others.add(threads.submit(() -> {
                    readPartInSnapshot(snapshot, from, to, visitor);
                    return visitor;
                }));
            }
            readPart(connection, 0, parts == 1 ? MAX_BLOCK_NUMBER : blocks / parts, visitors.getFirst());
            for (Future<?> other : others) {
                other.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part of the evidence could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the evidence was read", e);
        }
    }

    private void readPartInSnapshot(String snapshot, long from, long to, EvidenceVisitor visitor) throws SQLException {
        inSnapshot(connection -> {
            try (Statement taking = connection.createStatement()) {
                taking.execute(IMPORT_SNAPSHOT_SQL.formatted(snapshot));
            }
            readPart(connection, from, to, visitor);
            visitor.finish(Map.of(), Map.of());
        });
    }

    private void readPart(Connection connection, long from, long to, EvidenceVisitor visitor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VERSIONS_SQL.formatted(from, to))) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setArray(1, toTextArray(connection, topics.records()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visitFact(
                            rows.getString(1), rows.getString(2), rows.getInt(3), rows.getString(4), rows.getBytes(5));
                }
            }
        }
    }

    private void readStale(Connection connection, EvidenceVisitor visitor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DEAD_LETTERS_SQL)) {
            statement.setArray(1, toTextArray(connection, topics.names()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String key = new String(rows.getBytes(5), StandardCharsets.UTF_8);
                    if (!isHealed(connection, rows, key)) {
                        visitor.visitStale(rows.getString(1), rows.getString(4), key);
                    }
                }
            }
        }
    }

    private static Array toTextArray(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static boolean isHealed(Connection connection, ResultSet aside, String key) throws SQLException {
        int slash = key.indexOf('/');
        if (slash < 1 || key.indexOf('\0') >= 0) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(HEALED_SQL)) {
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
