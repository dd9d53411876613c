package org.voyage.indicators.evidence.checkpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.checkpoint.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.indicators.evidence.checkpoint.ConsumerOffsetTable.StoredOffset;
import org.voyage.indicators.fact.ParsedMessage;
import org.voyage.indicators.log.LogMessage;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Consumer offsets of a reader of other topics than those of the records. They advance in the transaction that stores
 * the events.
 */
@ApplicationScoped
public class ConsumerOffsets {

    public static final String DEAD_LETTER_TABLE = "set_aside";

    private static final String MARK_HEALED_SQL = """
            update set_aside s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?) told (topic, partition, kafka_offset, key)
             where s.key = told.key and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
            """;
    private static final long MIN_POLL_MILLIS = 10;
    private static final long MAX_POLL_MILLIS = 320;

    private final JdbcClient database;
    private final JdbcClient everything;

    ConsumerOffsets(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    /** Writes the data of a step. */
    public interface StepWriter {
        void writeStep(JdbcClient database);
    }

    /** Another reader has advanced in the meantime; nothing was stored. */
    public static final class ReaderOvertakenException extends Exception {
        ReaderOvertakenException() {
            super("another reader was faster", null, false, false);
        }
    }

    /** Returns the offset of the next event, by partition. */
    public Map<TopicPartition, Long> nextOffsets() {
        return mapOffsets(StoredOffset::nextOffset);
    }

    /** Returns the largest outbox position that was stored, by partition; -1 before the first. */
    public Map<TopicPartition, Long> outboxPositions() {
        return mapOffsets(StoredOffset::outboxPosition);
    }

    /**
     * Waits until a condition holds. It checks less often the longer it waits, because the checks compete with the
     * awaited writes.
     *
     * @param deadline of {@link System#nanoTime}
     * @return false when the deadline passes first
     */
    public boolean awaitCondition(BooleanSupplier condition, long deadline) throws InterruptedException {
        long pause = MIN_POLL_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, MAX_POLL_MILLIS);
        }
        return true;
    }

    private Map<TopicPartition, Long> mapOffsets(Function<StoredOffset, Long> of) {
        Map<TopicPartition, Long> each = new HashMap<>();
        ConsumerOffsetTable.loadOffsets(database).forEach((partition, place) -> each.put(partition, of.apply(place)));
        return each;
    }

    /** Stores a step and advances the offsets, both or neither. */
    public void storeStep(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, StepWriter step)
            throws ReaderOvertakenException {
        try {
            everything.inTransaction(client -> {
                ConsumerOffsetTable.advanceAll(client, toOffsets(from), toOffsets(to));
                step.writeStep(client);
                return true;
            });
        } catch (OffsetConflictException e) {
            throw new ReaderOvertakenException();
        }
    }

    /** Stores an unreadable message as a dead letter, byte for byte. */
    public static void storeDeadLetters(JdbcClient database, LogMessage delivery, String reason) {
        storeDeadLetters(database, DEAD_LETTER_TABLE, List.of(ParsedMessage.deadLetter(delivery, reason)));
    }

    /**
     * Stores the unreadable entries as dead letters.
     *
     * @param table {@link #DEAD_LETTER_TABLE}, or a table of the same columns
     */
    public static void storeDeadLetters(JdbcClient database, String table, List<ParsedMessage> entries) {
        List<@Nullable Object[]> unreadable = entries.stream()
                .filter(entry -> entry.parts() == null)
                .map(ConsumerOffsets::row)
                .toList();
        if (!unreadable.isEmpty()) {
            database.updateBatch(
                    "insert into " + table + " (topic, partition, kafka_offset, record, key, content, reason)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    unreadable);
        }
    }

    private static @Nullable Object[] row(ParsedMessage entry) {
        LogMessage delivery = entry.message();
        String key = delivery.key();
        return new @Nullable Object[] {
            delivery.topic(),
            delivery.partition(),
            delivery.offset(),
            delivery.record(),
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            delivery.copyValue(),
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
        for (LogMessage delivery : newest) {
            String key = delivery.key();
            if (key != null) {
                places.add(new TopicPartition(delivery.topic(), delivery.partition()), delivery.offset());
                keys.add(key.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!places.isEmpty()) {
            database.update(MARK_HEALED_SQL, places.columnsAnd(new SqlArray("bytea", keys.toArray(byte[][]::new))));
        }
    }

    private static Map<TopicPartition, StoredOffset> toOffsets(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, StoredOffset> places = new HashMap<>();
        offsets.forEach((partition, offset) -> places.put(partition, new StoredOffset(offset, -1)));
        return places;
    }
}
