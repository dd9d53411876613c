package org.voyage.kit.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** Store of the log's epochs, and of what the database knows about the events in Kafka. */
final class LogEpochStore {

    private static final String CURRENT_SQL = """
            select epoch, reason, began_at, from_position, repaired_at is not null
              from log_epoch order by epoch desc limit 1""";

    /** A blocked key's events are behind the cursor, and not in Kafka. */
    private static final String PUBLISHED_SQL = """
            select t.topic, p.partition, newest.position
              from unnest(?::text[]) as t (topic)
             cross join generate_series(0, ?::int - 1) as p (partition)
             cross join lateral (
                   select o.position from outbox o
                    where o.topic = t.topic and o.partition = p.partition and o.position > ?
                      and o.position <= (select position from outbox_relay)
                      and not exists (select from outbox_stopped s
                                       where s.topic = o.topic and s.key = o.key and s.position <= o.position)
                    order by o.position desc limit 1) newest""";

    private static final String STORED_SQL = """
            select asked.position, asked.id from unnest(?::bigint[], ?::text[]) as asked (position, id)
             where exists (select from outbox o where o.position = asked.position and o.event_id::text = asked.id)""";

    private static final String NOTED_SQL =
            "select exists (select from log_epoch_tail where position = ? and event_id = ?)";

    private final JdbcClient database;

    LogEpochStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    LogEpoch findCurrent() {
        return database.queryOne(CURRENT_SQL, LogEpochStore::toEpoch);
    }

    private static LogEpoch toEpoch(ResultSet row) throws SQLException {
        return new LogEpoch(
                row.getInt(1), row.getString(2), RowMapper.readInstant(row, 3), row.getLong(4), row.getBoolean(5));
    }

    /** Returns those of the events that are in the outbox. */
    Set<LogTail> findStored(Collection<LogTail> tails) {
        Set<String> stored = new HashSet<>();
        database.queryEach(
                STORED_SQL,
                row -> stored.add(row.getLong(1) + " " + row.getString(2)),
                SqlArray.ofLongs(tails.stream().map(LogTail::position).toList()),
                SqlArray.ofTexts(tails.stream().map(LogTail::id).toList()));
        return tails.stream()
                .filter(tail -> stored.contains(tail.position() + " " + tail.id()))
                .collect(Collectors.toSet());
    }

    /** Returns whether the database found this event missing before. */
    boolean isNotedAsLost(LogTail tail) {
        return database.queryOne(NOTED_SQL, row -> row.getBoolean(1), tail.position(), tail.id());
    }

    /** Returns the oldest stored position; the largest number when there is none. */
    long oldestPosition() {
        return database.queryOne(
                "select coalesce(min(position), ?) from outbox", row -> row.getLong(1), Long.MAX_VALUE);
    }

    /**
     * Returns the last position of each partition that Kafka has acknowledged.
     *
     * @param after only positions above it
     */
    Map<TopicPartition, Long> findPublished(List<String> topics, int partitions, long after) {
        Map<TopicPartition, Long> published = new HashMap<>();
        database.queryEach(
                PUBLISHED_SQL,
                row -> published.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)),
                SqlArray.ofTexts(topics),
                partitions,
                after);
        return published;
    }

    /**
     * Begins an epoch.
     *
     * @param atLeast positions up to this one are in Kafka; the epoch draws larger ones
     * @param lost last events of Kafka that the database does not know
     * @throws RelayLease.LeaseLostException when another instance leads meanwhile
     */
    LogEpoch beginEpoch(RelayLease lease, int number, String reason, long atLeast, Collection<LogTail> lost) {
        return database.inTransaction(client -> {
            if (client.query(
                            "select epoch from outbox_relay where epoch = ? and holder = ? for update",
                            row -> row.getLong(1),
                            lease.epoch(),
                            lease.holder())
                    .isEmpty()) {
                throw new RelayLease.LeaseLostException();
            }
            long from = client.queryOne("select outbox_raise_position(?)", row -> row.getLong(1), atLeast);
            client.update(
                    "insert into log_epoch (epoch, reason, from_position) values (?, ?, ?)", number, reason, from);
            for (LogTail tail : lost) {
                client.update(
                        "insert into log_epoch_tail (position, event_id, epoch) values (?, ?, ?) on conflict do nothing",
                        tail.position(),
                        tail.id(),
                        number);
            }
            return client.queryOne(CURRENT_SQL, LogEpochStore::toEpoch);
        });
    }

    void recordRepair(LogEpoch epoch, long republished, long withdrawn) {
        database.update(
                "update log_epoch set republished = ?, withdrawn = ?, repaired_at = clock_timestamp() where epoch = ?",
                republished,
                withdrawn,
                epoch.number());
    }
}
