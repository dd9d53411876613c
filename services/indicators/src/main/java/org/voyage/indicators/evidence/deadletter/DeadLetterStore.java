package org.voyage.indicators.evidence.deadletter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.EvidenceInput;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.deadletter.DeadLetter;
import org.voyage.kit.deadletter.DeadLetter.DeadLetterLocation;
import org.voyage.kit.deadletter.DeadLetterQuery;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.PartitionArrays;

/**
 * Store of dead letters: events that could not be read, in the table {@code dead_letter}. Writers join the transaction of
 * their caller, so that a dead letter and its offset are stored together.
 */
@ApplicationScoped
public class DeadLetterStore {

    /** Table of the dead letters. */
    public static final String TABLE = "dead_letter";

    private static final String NEWEST_SQL = """
            select topic, partition, kafka_offset, key, content, reason, stored_at, healed
              from (select *, case when record = any (?) then healed_offset is not null
                                   else key is not null and not convert_to(record || ' ', 'UTF8') || key = any (?)
                                        and exists (select from unnest(?, ?, ?) followed (topic, partition, next_offset)
                                                     where (followed.topic, followed.partition)
                                                           = (dead_letter.topic, dead_letter.partition)
                                                       and dead_letter.kafka_offset < followed.next_offset)
                              end as healed
                      from dead_letter) aside
             where topic = coalesce(?, topic) and record = coalesce(?, record) and healed = coalesce(?, healed)
               and (stored_at, topic, partition, kafka_offset) < (?, ?, ?, ?)
             order by stored_at desc, topic desc, partition desc, kafka_offset desc limit ?
            """;

    private static final String MARK_HEALED_SQL = """
            update dead_letter s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?) told (topic, partition, kafka_offset, key)
             where s.key = told.key and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
            """;

    /**
     * A version that is already stored adds no row. If it is republished as the newest version, this statement marks
     * the key's dead letters as healed.
     */
    private static final String MARK_HEALED_BY_REPUBLICATION_SQL = """
            update dead_letter s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?, ?, ?) told (topic, partition, kafka_offset, version, province, source_id)
             where s.key = convert_to(told.province || '/' || told.source_id, 'UTF8') and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
               and not exists (select from evidence e
                                where (e.record, e.province, e.source_id) = (s.record, told.province, told.source_id)
                                  and e.version > told.version and e.kafka_offset < told.kafka_offset)
            """;

    private final JdbcClient database;

    DeadLetterStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Stores an unreadable message as a dead letter, byte for byte. */
    public static void storeDeadLetters(JdbcClient database, LogMessage message, String reason) {
        storeDeadLetters(database, TABLE, List.of(EvidenceInput.deadLetter(message, reason)));
    }

    /**
     * Stores the unreadable entries as dead letters.
     *
     * @param table {@link #TABLE}, or a table of the same columns
     */
    public static void storeDeadLetters(JdbcClient database, String table, List<EvidenceInput> entries) {
        List<@Nullable Object[]> unreadable = entries.stream()
                .filter(entry -> entry.parts() == null)
                .map(DeadLetterStore::toRow)
                .toList();
        if (!unreadable.isEmpty()) {
            database.updateBatch(
                    "insert into " + table + " (topic, partition, kafka_offset, record, key, content, reason)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    unreadable);
        }
    }

    private static @Nullable Object[] toRow(EvidenceInput entry) {
        LogMessage message = entry.message();
        String key = message.key();
        return new @Nullable Object[] {
            message.topic(),
            message.partition(),
            message.offset(),
            message.record(),
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            message.copyValue(),
            entry.reason().replace('\0', ' ')
        };
    }

    /**
     * Marks the dead letters of keys as healed whose later events were read.
     *
     * @param newest the newest message of each key
     */
    public static void markHealed(JdbcClient database, List<LogMessage> newest) {
        PartitionArrays places = new PartitionArrays();
        List<byte[]> keys = new ArrayList<>();
        for (LogMessage message : newest) {
            String key = message.key();
            if (key != null) {
                places.add(new TopicPartition(message.topic(), message.partition()), message.offset());
                keys.add(key.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!places.isEmpty()) {
            database.update(MARK_HEALED_SQL, places.columnsAnd(new SqlArray("bytea", keys.toArray(byte[][]::new))));
        }
    }

    /** Marks the dead letters of keys as healed whose newest version was republished. */
    public static void markHealedByRepublication(JdbcClient client, List<EvidenceInput> entries) {
        PartitionArrays places = new PartitionArrays();
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        for (EvidenceInput entry : entries) {
            if (entry.parts() != null && entry.parts().event().isRepublished()) {
                FactEvent event = entry.parts().event();
                LogMessage message = entry.message();
                places.add(new TopicPartition(message.topic(), message.partition()), message.offset(), event.version());
                provinces.add(event.province());
                sourceIds.add(event.sourceId());
            }
        }
        if (!places.isEmpty()) {
            client.update(
                    MARK_HEALED_BY_REPUBLICATION_SQL,
                    places.columnsAnd(SqlArray.ofTexts(provinces), SqlArray.ofTexts(sourceIds)));
        }
    }

    /** Returns the offsets of the dead letters of one topic, by partition. */
    public Map<Integer, Set<Long>> findOffsets(String topic) {
        Map<Integer, Set<Long>> offsets = new HashMap<>();
        database.queryEach(
                "select partition, kafka_offset from dead_letter where topic = ?",
                row -> offsets.computeIfAbsent(row.getInt(1), partition -> new HashSet<>())
                        .add(row.getLong(2)),
                topic);
        return offsets;
    }

    /**
     * Returns dead letters, the newest first.
     *
     * @param noted records whose events carry a healed mark in this table
     * @param unhealed keys of the records of the figures without a later readable event, as {@code record key}
     * @param followed per partition the next offset up to which these keys are known; an event beyond it, or of a
     *     missing partition, is not known to be healed
     */
    public List<DeadLetter> findNewest(
            DeadLetterQuery query, Collection<String> noted, Set<String> unhealed, Map<TopicPartition, Long> followed) {
        DeadLetterLocation after = query.after();
        List<SqlArray> horizon = toArrays(followed).columns();
        return database.query(
                NEWEST_SQL,
                DeadLetterStore::toDeadLetter,
                SqlArray.ofTexts(noted),
                new SqlArray("bytea", toBytes(unhealed)),
                horizon.get(0),
                horizon.get(1),
                horizon.get(2),
                query.filter().topic(),
                query.filter().record(),
                query.filter().healed(),
                after == null ? OffsetDateTime.MAX : after.storedAt(),
                after == null ? "" : after.topic(),
                after == null ? 0 : after.partition(),
                after == null ? 0 : after.offset(),
                query.limit());
    }

    private static DeadLetter toDeadLetter(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(4);
        return new DeadLetter(
                new DeadLetterLocation(RowMapper.readInstant(row, 7), row.getString(1), row.getInt(2), row.getLong(3)),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                row.getBytes(5),
                row.getString(6),
                row.getBoolean(8));
    }

    private static PartitionArrays toArrays(Map<TopicPartition, Long> next) {
        PartitionArrays partitions = new PartitionArrays();
        next.forEach(partitions::add);
        if (partitions.isEmpty()) {
            partitions.add(new TopicPartition("", 0), 0);
        }
        return partitions;
    }

    /** Converts keys to bytes: a key may be any bytes, which PostgreSQL does not accept as text. */
    private static byte[][] toBytes(Set<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }
}
