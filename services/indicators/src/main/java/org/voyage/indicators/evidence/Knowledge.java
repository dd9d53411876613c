package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.AdvisoryLock;
import org.voyage.indicators.evidence.Offsets.Place;

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

    private final DataSource dataSource;

    Knowledge(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Notes that a step is done; to be called last before its transaction is committed. */
    static void note(Connection connection, Map<TopicPartition, Place> moved) throws SQLException {
        Partitions places = new Partitions();
        moved.forEach((partition, place) -> places.add(partition, place.next()));
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement note = connection.prepareStatement(NOTE)) {
            lock.execute();
            places.bind(connection, note, 1);
            note.executeUpdate();
        }
    }

    /**
     * @param moment null for now
     * @return what was known then; empty when the moment has not come yet
     */
    public Optional<Horizon> at(@Nullable Instant moment) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement lock = connection.prepareStatement(LOCK_SHARED)) {
                    lock.execute();
                }
                Instant now = now(connection);
                Instant asked = moment == null ? now : moment.truncatedTo(ChronoUnit.MICROS);
                return asked.isAfter(now)
                        ? Optional.empty()
                        : Optional.of(new Horizon(asked, offsets(connection, asked)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** The last moment at which nothing was known; empty where nothing is known yet. */
    public Optional<Instant> beginning() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEGINNING);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOW);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static Map<TopicPartition, Long> offsets(Connection connection, Instant moment) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(AT)) {
            statement.setObject(1, moment.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                }
            }
        }
        return offsets;
    }
}
