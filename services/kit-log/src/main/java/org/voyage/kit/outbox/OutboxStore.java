package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of the relay's tables: outbox rows, cursor and lease. Every statement is its own transaction. */
@ApplicationScoped
class OutboxStore {

    private static final Logger LOG = Logger.getLogger(OutboxStore.class);
    private static final String COLUMNS =
            "position, appended_on, topic, partition, key, event_id, type, time, data, epoch, traceparent";
    private static final int MAX_COUNTED_BACKLOG = 10_000;
    private static final String READ_SQL = "select set_config('voyage.outbox_horizon', outbox_horizon()::text, false);"
            + " select " + COLUMNS + " from outbox where position > ?"
            + " and position <= current_setting('voyage.outbox_horizon')::bigint and appended_on >= ?::date - 2"
            + " order by position limit ?";

    private final DataSource dataSource;
    private final JdbcClient database;
    private final OutboxConfig config;
    private final LogEpochStore epochs;

    OutboxStore(DataSource dataSource, OutboxConfig config) {
        this.dataSource = dataSource;
        this.database = new JdbcClient(dataSource);
        this.config = config;
        this.epochs = new LogEpochStore(dataSource);
    }

    /** Returns the store of the log's epochs. */
    LogEpochStore epochs() {
        return epochs;
    }

    /** Opens a connection that the caller keeps until it closes it. */
    Connection openConnection() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Opens a connection that always reads by position along the index. Today's partition has no statistics yet when it
     * matters, and a plan that sorts it for each batch is many times slower. The cursor need not reach the disk at
     * once: a lost step only repeats what was sent since.
     */
    Connection openRelayConnection() {
        Connection connection = openConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off; set enable_bitmapscan = off; set synchronous_commit = off");
            return connection;
        } catch (SQLException e) {
            returnRelayConnection(connection);
            throw new DatabaseException(e);
        }
    }

    /** Resets the connection and returns it to the pool. */
    void returnRelayConnection(Connection relayConnection) {
        try (relayConnection;
                Statement statement = relayConnection.createStatement()) {
            statement.execute("reset enable_seqscan; reset enable_bitmapscan; reset synchronous_commit");
        } catch (SQLException e) {
            LOG.debugf("A connection of the relay is gone: %s", e.getMessage());
        }
    }

    /** Acquires the lease when it is free; the holder itself need not wait for its end. */
    Optional<RelayLease> acquireLease(String holder) {
        String sql = """
                update outbox_relay
                   set holder = ?, epoch = epoch + 1, leased_until = clock_timestamp() + ? * interval '1 ms'
                 where leased_until < clock_timestamp() or holder = ?
                returning epoch, position, day""";
        return database.queryFirst(
                sql,
                row -> new RelayLease(holder, row.getLong(1), row.getLong(2), row.getObject(3, LocalDate.class)),
                holder,
                config.lease().toMillis(),
                holder);
    }

    /**
     * Moves the cursor and renews the lease.
     *
     * @throws RelayLease.LeaseLostException when another instance holds the lease
     */
    void advanceCursor(Connection connection, RelayLease lease, long position, LocalDate day) {
        int moved = JdbcClient.on(connection)
                .update("""
                        update outbox_relay
                           set position = greatest(position, ?), day = greatest(day, ?),
                               leased_until = clock_timestamp() + ? * interval '1 ms'
                         where epoch = ? and holder = ?""", position, day, config.lease().toMillis(), lease.epoch(), lease.holder());
        if (moved == 0) {
            throw new RelayLease.LeaseLostException();
        }
    }

    /**
     * Renews a lease that has published nothing yet.
     *
     * @throws RelayLease.LeaseLostException when another instance holds the lease
     */
    void renewLease(RelayLease lease) {
        int renewed = database.update(
                "update outbox_relay set leased_until = clock_timestamp() + ? * interval '1 ms'"
                        + " where epoch = ? and holder = ?",
                config.lease().toMillis(),
                lease.epoch(),
                lease.holder());
        if (renewed == 0) {
            throw new RelayLease.LeaseLostException();
        }
    }

    /** Returns the position of the cursor, whichever instance moves it. */
    long cursorPosition() {
        return database.queryOne("select position from outbox_relay", row -> row.getLong(1));
    }

    void releaseLease(RelayLease lease) {
        database.update(
                "update outbox_relay set leased_until = '-infinity' where epoch = ? and holder = ?",
                lease.epoch(),
                lease.holder());
    }

    /**
     * Returns the next settled rows after a position: no row can appear between them any more. One round trip reads the
     * horizon first and then the rows. A transaction that commits between the two is either beyond the horizon or
     * visible.
     */
    List<OutboxRow> readSettledRows(Connection connection, long after, LocalDate day) {
        try (PreparedStatement statement = connection.prepareStatement(READ_SQL)) {
            statement.setLong(1, after);
            statement.setObject(2, day);
            statement.setInt(3, RelayReader.BATCH_ROWS);
            statement.execute();
            statement.getMoreResults();
            List<OutboxRow> found = new ArrayList<>();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    found.add(toRow(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    List<OutboxRow> readRowsOfKey(BlockedKey stopped, long upTo) {
        return database.query(
                "select " + COLUMNS
                        + " from outbox where topic = ? and key = ? and position >= ? and position <= ?"
                        + " order by position limit ?",
                this::toRow,
                stopped.topic(),
                stopped.key(),
                stopped.position(),
                upTo,
                RelayReader.BATCH_ROWS);
    }

    List<BlockedKey> listBlockedKeys() {
        return database.query(
                "select topic, key, position from outbox_stopped",
                row -> new BlockedKey(row.getString(1), row.getString(2), row.getLong(3)));
    }

    void blockKey(BlockedKey key, String reason) {
        database.update("""
                insert into outbox_stopped (topic, key, position, reason) values (?, ?, ?, ?)
                on conflict (topic, key) do update
                   set position = excluded.position, reason = excluded.reason, attempts = outbox_stopped.attempts + 1""", key.topic(), key.key(), key.position(), reason);
    }

    void unblockKey(BlockedKey key) {
        database.update("delete from outbox_stopped where topic = ? and key = ?", key.topic(), key.key());
    }

    /**
     * Returns the number of events behind the cursor's position, exactly up to {@value #MAX_COUNTED_BACKLOG}. Above
     * that it returns the distance of their positions, which costs nothing and includes rolled back ones.
     */
    long countBacklog() {
        return queryByIndex("""
                        select case when counted.n < ? then counted.n
                                    else greatest(counted.n, s.last_value - r.position) end
                          from outbox_relay r, outbox_position s,
                               (select count(*) as n
                                  from (select 1 from outbox
                                         where position > (select position from outbox_relay)
                                           and appended_on >= (select day - 2 from outbox_relay)
                                         order by position limit ?) as first) as counted""", row -> row.getLong(1), MAX_COUNTED_BACKLOG, MAX_COUNTED_BACKLOG)
                .getFirst();
    }

    /**
     * Returns the time of the oldest unpublished event, searched from the cursor on and not from the first stored row.
     */
    Optional<OffsetDateTime> oldestUnpublishedTime() {
        return queryByIndex("""
                        select time from outbox
                         where position > (select position from outbox_relay)
                           and appended_on >= (select day - 2 from outbox_relay)
                         order by position limit 1""", row -> row.getObject(1, OffsetDateTime.class)).stream()
                .findFirst();
    }

    private OutboxRow toRow(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong(1),
                row.getObject(2, LocalDate.class),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getBytes(9),
                row.getObject(10, Integer.class),
                row.getString(11));
    }

    /** Queries along the index like the relay. */
    private <T> List<T> queryByIndex(String sql, RowMapper<T> mapper, Object... arguments) {
        Connection connection = openRelayConnection();
        try {
            return JdbcClient.on(connection).query(sql, mapper, arguments);
        } finally {
            returnRelayConnection(connection);
        }
    }
}
