package org.voyage.feeds.assigner;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.log.LogMessage;

/** Events of records that could not be read; only their records wait. In the transaction of a client. */
final class FeedDeadLetters {

    private static final String INSERT_SQL = """
        insert into feed_dead_letter (topic, partition, kafka_offset, key, message, reason, noted_at)
        values (?, ?, ?, ?, ?, ?, clock_timestamp()) on conflict do nothing\
        """;
    private static final String HEAL_SQL = """
        update feed_dead_letter letter set healed_at = clock_timestamp()
          from unnest(?, ?, ?, ?) as later (topic, partition, kafka_offset, key)
         where letter.healed_at is null and letter.key = later.key
           and (letter.topic, letter.partition) = (later.topic, later.partition)
           and letter.kafka_offset < later.kafka_offset\
        """;
    private static final String COUNT_SQL = "select count(*) from feed_dead_letter where healed_at is null";

    private FeedDeadLetters() {}

    static void store(JdbcClient transaction, LogMessage message, String reason) {
        transaction.update(
                INSERT_SQL,
                message.topic(),
                message.partition(),
                message.offset(),
                encodeKey(message.key()),
                message.copyValue(),
                reason.replace('\0', ' '));
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

    private static byte @Nullable [] encodeKey(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
