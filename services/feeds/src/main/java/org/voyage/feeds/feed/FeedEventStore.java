package org.voyage.feeds.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Log of the events of all feeds. */
@ApplicationScoped
public class FeedEventStore {

    private static final String COLUMNS =
            "feed, epoch, sequence, kind, record, outside_id, time, dimensions, fields, digest, chain, body,"
                    + " traceparent";

    private static final String READ_SQL = "select " + COLUMNS + "\n" + """
        from feed_event
         where feed = ? and (epoch, sequence) > (?, ?)
           and step <= (select visible_step from assigner_state)
         order by epoch, sequence
         limit ?\
        """;

    private static final String HAS_EVENT_SQL = """
        select exists (select from feed_event
                        where feed = ? and (epoch, sequence) > (?, ?)
                          and step <= (select visible_step from assigner_state))\
        """;

    private static final String EXPIRED_SQL = "select expired_epoch, expired_sequence from feed where id = ?";

    private static final String INSERT_SQL = "insert into feed_event (" + COLUMNS + ", stored_at, step)"
            + " select f, e, s, k, r, o, t, d::jsonb, string_to_array(nullif(l, ''), ','), g, c, b, p, now(), ?"
            + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as x (f, e, s, k, r, o, t, d, l, g, c, b, p)";

    private static final Duration VISIBILITY_PAUSE = Duration.ofMillis(10);

    private final JdbcClient database;
    private final ObjectMapper mapper;

    FeedEventStore(DataSource dataSource, ObjectMapper mapper) {
        this.database = new JdbcClient(dataSource);
        this.mapper = mapper;
    }

    /** Returns the visible events after a position, in order; fewer than the limit at the end of the log. */
    public List<FeedEvent> readAfter(String feed, FeedPosition after, int limit) {
        return database.query(READ_SQL, this::mapEvent, feed, after.epoch(), after.sequence(), limit);
    }

    /** Returns whether there are visible events after a position. */
    public boolean hasEventAfter(String feed, FeedPosition after) {
        return database.queryOne(HAS_EVENT_SQL, row -> row.getBoolean(1), feed, after.epoch(), after.sequence());
    }

    /**
     * Waits until readers see all that the assigner has stored by now. Blocks its thread.
     *
     * @return false when the limit passes first
     */
    public boolean awaitVisible(Duration limit) {
        long step = database.queryOne("select step from assigner_state", row -> row.getLong(1));
        long deadline = System.nanoTime() + limit.toNanos();
        while (database.queryOne("select visible_step from assigner_state", row -> row.getLong(1)) < step) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(VISIBILITY_PAUSE.toNanos());
        }
        return true;
    }

    /**
     * Returns the position of the last event that the retention has deleted; epoch 0 when it has deleted none. A reader
     * that asks for what follows an earlier position has lost events.
     */
    public FeedPosition findExpired(String feed) {
        return database.queryFirst(EXPIRED_SQL, row -> new FeedPosition(row.getInt(1), row.getLong(2)), feed)
                .orElse(new FeedPosition(0, 0));
    }

    /** Returns the position of the last visible event of an epoch; of sequence 0 when none is kept. */
    public FeedPosition findLast(String feed, int epoch) {
        return database.queryOne(
                "select coalesce(max(sequence), 0) from feed_event where feed = ? and epoch = ?"
                        + " and step <= (select visible_step from assigner_state)",
                row -> new FeedPosition(epoch, row.getLong(1)),
                feed,
                epoch);
    }

    /** Event with the time at which it was numbered. */
    public record StoredFeedEvent(FeedEvent event, Instant storedAt) {}

    /** Returns the newest visible event; empty if none is kept. */
    public Optional<StoredFeedEvent> findNewest(String feed) {
        return database.queryFirst(
                "select " + COLUMNS + ", stored_at from feed_event where feed = ?"
                        + " and step <= (select visible_step from assigner_state)"
                        + " order by epoch desc, sequence desc limit 1",
                row -> new StoredFeedEvent(
                        mapEvent(row), row.getTimestamp("stored_at").toInstant()),
                feed);
    }

    /** Returns the newest visible event of a kind; empty if none is kept. */
    public Optional<FeedEvent> findNewest(String feed, FeedEventKind kind) {
        return database.queryFirst(
                "select " + COLUMNS + " from feed_event where feed = ? and kind = ?"
                        + " and step <= (select visible_step from assigner_state)"
                        + " order by epoch desc, sequence desc limit 1",
                this::mapEvent,
                feed,
                kind.wireName());
    }

    /** Returns the chain after an event; empty if it is not kept or not visible. */
    public Optional<byte[]> findChain(String feed, FeedPosition position) {
        return database.queryFirst(
                "select chain from feed_event where feed = ? and epoch = ? and sequence = ?"
                        + " and step <= (select visible_step from assigner_state)",
                row -> row.getBytes(1),
                feed,
                position.epoch(),
                position.sequence());
    }

    /** Stores the events of one step in the assigner's transaction. */
    public void insert(JdbcClient transaction, List<FeedEvent> events, long step) {
        if (events.isEmpty()) {
            return;
        }
        transaction.update(
                INSERT_SQL,
                step,
                column("text", events, FeedEvent::feed),
                column("int4", events, it -> it.position().epoch()),
                column("int8", events, it -> it.position().sequence()),
                column("text", events, it -> it.kind().wireName()),
                column(
                        "text",
                        events,
                        it -> it.record() == null ? null : it.record().wireName()),
                column("text", events, FeedEvent::outsideId),
                column("timestamptz", events, it -> Timestamp.from(it.time())),
                column("text", events, this::formatDimensions),
                column("text", events, it -> String.join(",", it.fields())),
                bytesColumn(events, FeedEvent::digest),
                bytesColumn(events, FeedEvent::chain),
                bytesColumn(events, FeedEvent::body),
                column("text", events, FeedEvent::traceparent));
    }

    private interface Part {
        @Nullable
        Object of(FeedEvent event);
    }

    private static SqlArray column(String type, List<FeedEvent> events, Part part) {
        return new SqlArray(type, events.stream().map(part::of).toArray());
    }

    private static SqlArray bytesColumn(List<FeedEvent> events, Function<FeedEvent, byte[]> part) {
        return new SqlArray("bytea", events.stream().map(part).toArray(byte[][]::new));
    }

    private @Nullable String formatDimensions(FeedEvent event) {
        try {
            return event.dimensions() == null ? null : mapper.writeValueAsString(event.dimensions());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private FeedEvent mapEvent(ResultSet row) throws SQLException {
        String record = row.getString("record");
        String dimensions = row.getString("dimensions");
        java.sql.Array fields = row.getArray("fields");
        try {
            return new FeedEvent(
                    row.getString("feed"),
                    new FeedPosition(row.getInt("epoch"), row.getLong("sequence")),
                    FeedEventKind.of(row.getString("kind")),
                    record == null ? null : FeedRecord.of(record),
                    row.getString("outside_id"),
                    row.getTimestamp("time").toInstant(),
                    dimensions == null ? null : mapper.readValue(dimensions, RecordDimensions.class),
                    fields == null ? Set.of() : Set.of((String[]) fields.getArray()),
                    row.getBytes("digest"),
                    row.getBytes("chain"),
                    row.getBytes("body"),
                    row.getString("traceparent"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
