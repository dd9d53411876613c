package org.voyage.indicators.evidence.deadletter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.checkpoint.PartitionArrays;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** Store of dead letters: events that could not be read. */
@ApplicationScoped
public class DeadLetterStore {

    private static final String NEWEST_SQL = """
            select topic, partition, kafka_offset, key, content, reason, set_aside_at, healed
              from (select *, case when record = any (?) then healed_offset is not null
                                   else key is not null and not convert_to(record || ' ', 'UTF8') || key = any (?)
                                        and exists (select from unnest(?, ?, ?) followed (topic, partition, next_offset)
                                                     where (followed.topic, followed.partition)
                                                           = (set_aside.topic, set_aside.partition)
                                                       and set_aside.kafka_offset < followed.next_offset)
                              end as healed
                      from set_aside) aside
             where topic = coalesce(?, topic) and record = coalesce(?, record) and healed = coalesce(?, healed)
               and (set_aside_at, topic, partition, kafka_offset) < (?, ?, ?, ?)
             order by set_aside_at desc, topic desc, partition desc, kafka_offset desc limit ?
            """;

    private final JdbcClient database;

    DeadLetterStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Filter of dead letters: a null member matches all. */
    public record DeadLetterFilter(
            @Nullable String topic,
            @Nullable String record,
            @Nullable Boolean healed) {}

    /** Location of a dead letter in the list, and in the log. */
    public record DeadLetterLocation(Instant setAsideAt, String topic, long partition, long offset) {}

    /**
     * @param content the original bytes, null when there were none
     * @param healed whether a later event of its key is known to have been read
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record DeadLetter(
            DeadLetterLocation place, @Nullable String key, byte @Nullable [] content, String reason, boolean healed) {}

    /** Returns the offsets of the dead letters of one topic, by partition. */
    public Map<Integer, Set<Long>> findOffsets(String topic) {
        Map<Integer, Set<Long>> offsets = new HashMap<>();
        database.queryEach(
                "select partition, kafka_offset from set_aside where topic = ?",
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
     * @param after the last dead letter of the page before; null for the first
     */
    public List<DeadLetter> findNewest(
            DeadLetterFilter which,
            Collection<String> noted,
            Set<String> unhealed,
            Map<TopicPartition, Long> followed,
            @Nullable DeadLetterLocation after,
            int limit) {
        List<SqlArray> horizon = toArrays(followed).columns();
        return database.query(
                NEWEST_SQL,
                DeadLetterStore::setAside,
                SqlArray.ofTexts(noted),
                new SqlArray("bytea", toBytes(unhealed)),
                horizon.get(0),
                horizon.get(1),
                horizon.get(2),
                which.topic(),
                which.record(),
                which.healed(),
                after == null ? OffsetDateTime.MAX : after.setAsideAt(),
                after == null ? "" : after.topic(),
                after == null ? 0 : after.partition(),
                after == null ? 0 : after.offset(),
                limit);
    }

    private static DeadLetter setAside(ResultSet row) throws SQLException {
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
