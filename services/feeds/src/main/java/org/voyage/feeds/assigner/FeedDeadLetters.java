package org.voyage.feeds.assigner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.deadletter.DeadLetter;
import org.voyage.kit.deadletter.DeadLetter.DeadLetterLocation;
import org.voyage.kit.deadletter.DeadLetterQuery;
import org.voyage.kit.log.LogMessage;

/** Events of records that could not be read; only their records wait. In the transaction of a client. */
final class FeedDeadLetters {

    private static final String INSERT_SQL = """
        insert into feed_dead_letter
               (topic, partition, kafka_offset, key, message, reason, noted_at, schema_version, epoch, time)
        values (?, ?, ?, ?, ?, ?, clock_timestamp(), ?, ?, ?) on conflict do nothing\
        """;
    /** A later event of the record heals, and so does the event itself once it can be read. */
    private static final String HEAL_SQL = """
        update feed_dead_letter letter set healed_at = clock_timestamp()
          from unnest(?, ?, ?, ?) as later (topic, partition, kafka_offset, key)
         where letter.healed_at is null and letter.key = later.key
           and (letter.topic, letter.partition) = (later.topic, later.partition)
           and letter.kafka_offset <= later.kafka_offset\
        """;

    private static final String OPEN_SQL = """
        select topic, partition, kafka_offset, key, message, schema_version, epoch, time from feed_dead_letter
         where healed_at is null and epoch is not null and message is not null and key is not null
           and (topic, partition, kafka_offset) > (?, ?, ?)
         order by topic, partition, kafka_offset limit ?\
        """;
    private static final String NEWEST_SQL = """
        select topic, partition, kafka_offset, key, message, reason, noted_at, healed_at is not null
          from feed_dead_letter
         where topic = coalesce(?, topic) and split_part(topic, '.', 2) = coalesce(?, split_part(topic, '.', 2))
           and (healed_at is not null) = coalesce(?, healed_at is not null)
           and (noted_at, topic, partition, kafka_offset) < (?, ?, ?, ?)
         order by noted_at desc, topic desc, partition desc, kafka_offset desc limit ?\
        """;
    private static final String COUNT_SQL = "select count(*) from feed_dead_letter where healed_at is null";
    private static final String EXIST_SQL = "select exists (select from feed_dead_letter where healed_at is null)";
    private static final String DELETE_SQL = """
        delete from feed_dead_letter where (topic, partition, kafka_offset) in
               (select topic, partition, kafka_offset from feed_dead_letter where healed_at < ? limit ?)\
        """;

    private FeedDeadLetters() {}

    static void store(JdbcClient transaction, LogMessage message, String reason) {
        transaction.update(
                INSERT_SQL,
                message.topic(),
                message.partition(),
                message.offset(),
                encodeKey(message.key()),
                message.copyValue(),
                reason.replace('\0', ' '),
                message.schemaVersion(),
                message.epoch(),
                message.time());
    }

    /**
     * Returns events that nothing has healed, in the order of the log, of those that were kept as they were sent.
     *
     * @param after the last one of the page before; null for the first page
     */
    static List<LogMessage> findOpen(JdbcClient database, @Nullable LogMessage after, int limit) {
        return database.query(
                OPEN_SQL,
                FeedDeadLetters::mapMessage,
                after == null ? "" : after.topic(),
                after == null ? 0 : after.partition(),
                after == null ? 0 : after.offset(),
                limit);
    }

    /** Returns dead letters, the newest first. */
    static List<DeadLetter> findNewest(JdbcClient database, DeadLetterQuery query) {
        DeadLetterLocation after = query.after();
        return database.query(
                NEWEST_SQL,
                FeedDeadLetters::mapLetter,
                query.filter().topic(),
                query.filter().record(),
                query.filter().healed(),
                after == null ? OffsetDateTime.MAX : after.storedAt(),
                after == null ? "" : after.topic(),
                after == null ? 0 : after.partition(),
                after == null ? 0 : after.offset(),
                query.limit());
    }

    /** Notes that later events of the same records were read. */
    static void markHealed(JdbcClient transaction, Collection<LogMessage> read) {
        List<LogMessage> keyed =
                read.stream().filter(each -> each.key() != null).toList();
        if (!keyed.isEmpty()) {
            transaction.update(
                    HEAL_SQL,
                    SqlArray.ofTexts(keyed, LogMessage::topic),
                    SqlArray.ofInts(keyed.stream().map(LogMessage::partition).toList()),
                    SqlArray.ofLongs(keyed.stream().map(LogMessage::offset).toList()),
                    new SqlArray(
                            "bytea",
                            keyed.stream().map(each -> encodeKey(each.key())).toArray(byte[][]::new)));
        }
    }

    /** Returns the number of events that no later event of their record has healed. */
    static long countOpen(JdbcClient database) {
        return database.queryOne(COUNT_SQL, row -> row.getLong(1));
    }

    /** Returns whether there are events that no later event of their record has healed. */
    static boolean existOpen(JdbcClient database) {
        return database.queryOne(EXIST_SQL, row -> row.getBoolean(1));
    }

    /** Deletes some events that were healed before a time. @return number of deleted ones */
    static int deleteHealed(JdbcClient database, Instant before, int limit) {
        return database.update(DELETE_SQL, before, limit);
    }

    private static byte @Nullable [] encodeKey(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private static LogMessage mapMessage(ResultSet row) throws SQLException {
        String topic = row.getString(1);
        return new LogMessage(
                topic,
                row.getInt(2),
                row.getLong(3),
                new String(row.getBytes(4), StandardCharsets.UTF_8),
                ByteBuffer.wrap(row.getBytes(5)),
                topic.substring(topic.indexOf('.') + 1),
                -1,
                row.getInt(7),
                RowMapper.readInstant(row, 8),
                row.getInt(6));
    }

    private static DeadLetter mapLetter(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(4);
        return new DeadLetter(
                new DeadLetterLocation(RowMapper.readInstant(row, 7), row.getString(1), row.getInt(2), row.getLong(3)),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                row.getBytes(5),
                row.getString(6),
                row.getBoolean(8));
    }
}
