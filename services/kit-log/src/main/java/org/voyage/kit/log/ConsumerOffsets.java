package org.voyage.kit.log;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;

/** Consumer offsets of a reader of the log. They advance in the transaction that stores the events. */
@ApplicationScoped
public class ConsumerOffsets implements StoredLogEnds {

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

    /** Creates the lease of a reader, which no instance holds yet. */
    public ReaderLease createLease(String reader) {
        return createLease(database, reader);
    }

    /** Creates the lease of a reader, which no instance holds yet. */
    public static ReaderLease createLease(JdbcClient database, String reader) {
        return new ReaderLease(database, reader);
    }

    /** Returns the offset of the next event, by partition. */
    public Map<TopicPartition, Long> nextOffsets() {
        return mapOffsets(StoredOffset::nextOffset);
    }

    /** Returns the largest outbox position that was stored, by partition; -1 before the first. */
    public Map<TopicPartition, Long> outboxPositions() {
        return mapOffsets(StoredOffset::outboxPosition);
    }

    @Override
    public Map<TopicPartition, StoredLogEnd> loadEnds() {
        Map<TopicPartition, StoredLogEnd> ends = new HashMap<>();
        ConsumerOffsetTable.loadOffsets(database)
                .forEach((partition, place) ->
                        ends.put(partition, new StoredLogEnd(place.nextOffset(), place.lastPosition())));
        return ends;
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

    /**
     * Stores a step and advances the offsets, both or neither.
     *
     * @param chunk the events of the step
     */
    public void storeStep(Map<TopicPartition, Long> from, LogReader.LogChunk chunk, StepWriter step)
            throws ReaderOvertakenException {
        try {
            everything.inTransaction(client -> {
                ConsumerOffsetTable.advanceAll(
                        client, toOffsets(from, List.of()), toOffsets(chunk.nextOffsets(), chunk.messages()));
                step.writeStep(client);
                return true;
            });
        } catch (OffsetConflictException e) {
            throw new ReaderOvertakenException();
        }
    }

    private static Map<TopicPartition, StoredOffset> toOffsets(
            Map<TopicPartition, Long> offsets, List<LogMessage> messages) {
        Map<TopicPartition, Long> last = new HashMap<>();
        messages.forEach(
                message -> last.put(new TopicPartition(message.topic(), message.partition()), message.position()));
        Map<TopicPartition, StoredOffset> places = new HashMap<>();
        offsets.forEach((partition, offset) ->
                places.put(partition, new StoredOffset(offset, -1, last.getOrDefault(partition, -1L))));
        return places;
    }
}
