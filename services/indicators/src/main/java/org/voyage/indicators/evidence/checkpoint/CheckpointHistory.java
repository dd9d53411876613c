package org.voyage.indicators.evidence.checkpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;
import org.voyage.kit.log.PartitionArrays;

/**
 * History of checkpoints: which offset of the log was stored by what time. As its last action, each step locks the
 * clock exclusively, reads it, and commits. A query locks the clock shared. So the checkpoint of a past time is
 * complete and never changes.
 */
@ApplicationScoped
public class CheckpointHistory {

    private static final String EXCLUSIVE_LOCK_SQL = AdvisoryLock.CHECKPOINTS.exclusiveLockSql();
    private static final String SHARED_LOCK_SQL = AdvisoryLock.CHECKPOINTS.sharedLockSql();
    private static final String INSERT_CHECKPOINT_SQL = """
            insert into knowledge (topic, partition, known_at, next_offset)
            select moved.topic, moved.partition, clock.tick, moved.next_offset
              from unnest(?, ?, ?) moved (topic, partition, next_offset),
                   (select greatest(clock_timestamp(), max(known_at) + interval '1 microsecond') as tick
                      from knowledge) clock
            """;
    private static final String CLOCK_SQL = "select greatest(clock_timestamp(), max(known_at)) from knowledge";
    private static final String NEXT_TICK_SQL =
            "select greatest(clock_timestamp(), max(known_at) + interval '1 microsecond') from knowledge";
    private static final String BEGINNING_SQL = "select min(known_at) - interval '1 microsecond' from knowledge";
    private static final String OFFSETS_AT_SQL = """
            select place.topic, place.partition, known.next_offset
              from consumer_offset place
              join lateral (select next_offset from knowledge
                             where topic = place.topic and partition = place.partition and known_at <= ?
                             order by known_at desc limit 1) known on true
            """;

    private final JdbcClient database;

    CheckpointHistory(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Records the checkpoint of a step; the caller must do this last, before its transaction commits. */
    public static void recordCheckpoint(JdbcClient database, Map<TopicPartition, StoredOffset> moved) {
        PartitionArrays places = new PartitionArrays();
        moved.forEach((partition, place) -> places.add(partition, place.nextOffset()));
        database.execute(EXCLUSIVE_LOCK_SQL);
        database.update(INSERT_CHECKPOINT_SQL, places.columnsAnd());
    }

    /**
     * Locks the clock until the transaction ends. The caller must do this last, before its transaction commits.
     *
     * @return the time of the clock, which is later than the time of every earlier answer
     */
    public static Instant lockClock(JdbcClient database) {
        database.execute(EXCLUSIVE_LOCK_SQL);
        return database.queryOne(NEXT_TICK_SQL, row -> RowMapper.readInstant(row, 1));
    }

    /**
     * Returns a checkpoint.
     *
     * @param moment null for now
     * @return the checkpoint at that time; empty when the time is in the future
     */
    public Optional<Checkpoint> findCheckpointAt(@Nullable Instant moment) {
        return database.inTransaction(client -> {
            client.execute(SHARED_LOCK_SQL);
            Instant now = client.queryOne(CLOCK_SQL, row -> RowMapper.readInstant(row, 1));
            Instant asked = moment == null ? now : moment.truncatedTo(ChronoUnit.MICROS);
            return asked.isAfter(now)
                    ? Optional.empty()
                    : Optional.of(new Checkpoint(asked, readOffsets(client, asked)));
        });
    }

    /** Returns the last point in time without a checkpoint; empty where there is no checkpoint yet. */
    public Optional<Instant> findBeginning() {
        return database.queryOne(BEGINNING_SQL, row -> Optional.ofNullable(RowMapper.readNullableInstant(row, 1)));
    }

    private static Map<TopicPartition, Long> readOffsets(JdbcClient client, Instant moment) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        client.queryEach(
                OFFSETS_AT_SQL,
                row -> offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)),
                moment);
        return offsets;
    }
}
