package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.AdvisoryLock;
import org.voyage.indicators.evidence.Offsets.Place;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/**
 * The second clock: how far the log was known at a moment. The last thing a step does is to take the clock alone, look at
 * it, and commit; a question takes the clock together with other questions. So whatever was known at a moment that has
 * passed is there, and nothing is added to it afterwards.
 */
@ApplicationScoped
public class Knowledge {

    private static final String LOCK = AdvisoryLock.KNOWLEDGE.alone();
    private static final String LOCK_SHARED = AdvisoryLock.KNOWLEDGE.shared();
    private static final String NOTE = """
            insert into knowledge (topic, partition, known_at, next_offset)
            select moved.topic, moved.partition, clock.tick, moved.next_offset
              from unnest(?, ?, ?) moved (topic, partition, next_offset),
                   (select greatest(clock_timestamp(), max(known_at) + interval '1 microsecond') as tick
                      from knowledge) clock
            """;
    private static final String NOW = "select greatest(clock_timestamp(), max(known_at)) from knowledge";
    private static final String BEGINNING = "select min(known_at) - interval '1 microsecond' from knowledge";
    private static final String AT = """
            select place.topic, place.partition, known.next_offset
              from consumer_offset place
              join lateral (select next_offset from knowledge
                             where topic = place.topic and partition = place.partition and known_at <= ?
                             order by known_at desc limit 1) known on true
            """;

    private final JdbcClient database;

    Knowledge(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Notes that a step is done; to be called last before its transaction is committed. */
    static void note(JdbcClient database, Map<TopicPartition, Place> moved) {
        Partitions places = new Partitions();
        moved.forEach((partition, place) -> places.add(partition, place.next()));
        database.execute(LOCK);
        database.update(NOTE, places.columnsAnd());
    }

    /**
     * @param moment null for now
     * @return what was known then; empty when the moment has not come yet
     */
    public Optional<Horizon> at(@Nullable Instant moment) {
        return database.inTransaction(client -> {
            client.execute(LOCK_SHARED);
            Instant now = client.queryOne(NOW, row -> RowMapper.readInstant(row, 1));
            Instant asked = moment == null ? now : moment.truncatedTo(ChronoUnit.MICROS);
            return asked.isAfter(now) ? Optional.empty() : Optional.of(new Horizon(asked, offsets(client, asked)));
        });
    }

    /** The last moment at which nothing was known; empty where nothing is known yet. */
    public Optional<Instant> beginning() {
        return database.queryOne(BEGINNING, row -> Optional.ofNullable(RowMapper.readNullableInstant(row, 1)));
    }

    private static Map<TopicPartition, Long> offsets(JdbcClient client, Instant moment) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        client.queryEach(
                AT, row -> offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)), moment);
        return offsets;
    }
}
