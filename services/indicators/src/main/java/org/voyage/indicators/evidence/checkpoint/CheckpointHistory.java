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
import org.voyage.indicators.evidence.checkpoint.ConsumerOffsetTable.StoredOffset;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/**
 * The second clock: how far the log was known at a moment. The last thing a step does is to take the clock alone, look at
 * it, and commit; a question takes the clock together with other questions. So whatever was known at a moment that has
 * passed is there, and nothing is added to it afterwards.
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

    /** Notes that a step is done; to be called last before its transaction is committed. */
    public static void recordCheckpoint(JdbcClient database, Map<TopicPartition, StoredOffset> moved) {
        PartitionArrays places = new PartitionArrays();
        moved.forEach((partition, place) -> places.add(partition, place.nextOffset()));
        database.execute(EXCLUSIVE_LOCK_SQL);
        database.update(INSERT_CHECKPOINT_SQL, places.columnsAnd());
    }

    /**
     * @param moment null for now
     * @return what was known then; empty when the moment has not come yet
     */
    public Optional<Checkpoint> findAt(@Nullable Instant moment) {
        return database.inTransaction(client -> {
            client.execute(SHARED_LOCK_SQL);
            Instant now = client.queryOne(CLOCK_SQL, row -> RowMapper.readInstant(row, 1));
            Instant asked = moment == null ? now : moment.truncatedTo(ChronoUnit.MICROS);
            return asked.isAfter(now)
                    ? Optional.empty()
                    : Optional.of(new Checkpoint(asked, readOffsets(client, asked)));
        });
    }

    /** The last moment at which nothing was known; empty where nothing is known yet. */
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
