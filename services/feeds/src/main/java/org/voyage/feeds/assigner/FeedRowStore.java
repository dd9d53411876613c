package org.voyage.feeds.assigner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of the assigner's part of the feeds. Name, filter and deletion belong to the API. */
final class FeedRowStore {

    private static final String LOAD_SQL = """
        select id, alliance, filter, start_at, epoch, next_sequence, chain, events_since_checkpoint, checkpoint_at,
               scope, scope_filter, scan_cause, scan_cursor, stopped_reason, replay_begun_at, replay_position,
               replay_day, replay_due_day
          from feed where deleted_at is null order by id\
        """;

    private static final String UPDATE_SQL = """
        update feed
           set epoch = ?, next_sequence = ?, chain = ?, events_since_checkpoint = ?, checkpoint_at = ?,
               scan_cause = ?, scan_cursor = ?,
               stopped_reason = ?, replay_begun_at = ?, replay_position = ?, replay_day = ?, replay_due_day = ?,
               ended_scan_cause = coalesce(?, ended_scan_cause), ended_scan_step = coalesce(?, ended_scan_step),
               stored_bytes = stored_bytes + ?
         where id = ? and (epoch, next_sequence) = (?, ?)\
        """;
    /** Apart from the other columns: a scope may be large, and changes seldom. */
    private static final String SCOPE_SQL = "update feed set scope = ?::jsonb, scope_filter = ?::jsonb where id = ?";

    private static final ObjectMapper JSON = new JsonMapper();

    /** The feed has another end of its log than this instance knows: another instance writes. */
    static final class FeedConflictException extends RuntimeException {
        FeedConflictException(String feed) {
            super("feed " + feed + " was changed by another instance", null, false, false);
        }
    }

    private FeedRowStore() {}

    /** Returns the feeds that are not deleted, by id. */
    static Map<String, FeedRow> loadAll(JdbcClient database) {
        Map<String, FeedRow> feeds = new LinkedHashMap<>();
        database.queryEach(LOAD_SQL, row -> {
            FeedRow feed = mapRow(row);
            feeds.put(feed.id(), feed);
        });
        return feeds;
    }

    /**
     * Stores feeds, provided that the ends of their logs are still those of before.
     *
     * @param addedBytes by which the step makes events and held states of a feed larger, by feed
     */
    static void store(
            JdbcClient database,
            long step,
            Map<String, FeedRow> before,
            Collection<FeedRow> after,
            Map<String, Long> addedBytes) {
        for (FeedRow feed : after) {
            FeedRow old = before.get(feed.id());
            if (old != null && old.equals(feed)) {
                continue;
            }
            FeedReplay replay = feed.replay();
            String ended = old == null || feed.scanName() != null ? null : old.scanName();
            int updated = database.update(
                    UPDATE_SQL,
                    feed.epoch(),
                    feed.nextSequence(),
                    feed.chain(),
                    feed.eventsSinceCheckpoint(),
                    feed.checkpointAt(),
                    feed.scan() == null ? null : feed.scan().cause().wireName(),
                    feed.scan() == null ? null : feed.scan().cursor(),
                    feed.stoppedReason(),
                    replay == null ? null : replay.begunAt(),
                    replay == null ? null : replay.position(),
                    replay == null ? null : replay.day(),
                    replay == null ? null : replay.dueDay(),
                    ended,
                    ended == null ? null : step,
                    addedBytes.getOrDefault(feed.id(), 0L),
                    feed.id(),
                    old == null ? feed.epoch() : old.epoch(),
                    old == null ? feed.nextSequence() : old.nextSequence());
            if (updated != 1) {
                throw new FeedConflictException(feed.id());
            }
            if (old == null || !feed.hasScopeOf(old)) {
                database.update(SCOPE_SQL, formatScope(feed.scope()), feed.scopeFilter(), feed.id());
            }
        }
    }

    private static @Nullable String formatScope(@Nullable FeedScope scope) {
        try {
            return scope == null ? null : JSON.writeValueAsString(scope);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FeedRow mapRow(ResultSet row) throws SQLException {
        String scope = row.getString(10);
        String cause = row.getString(12);
        FeedScope parsed = null;
        String stopped = row.getString(14);
        try {
            parsed = scope == null ? null : JSON.readValue(scope, FeedScope.class);
        } catch (JsonProcessingException e) {
            stopped = "its stored scope cannot be read";
        }
        return new FeedRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                row.getBytes(7),
                row.getInt(8),
                RowMapper.readInstant(row, 9),
                parsed,
                row.getString(11),
                cause == null ? null : new RecordScan(ScanCause.of(cause), row.getString(13)),
                stopped,
                mapReplay(row));
    }

    private static @Nullable FeedReplay mapReplay(ResultSet row) throws SQLException {
        LocalDate day = row.getObject(17, LocalDate.class);
        return day == null
                ? null
                : new FeedReplay(
                        Instant.parse(row.getString(4)),
                        row.getLong(15),
                        row.getLong(16),
                        day,
                        row.getObject(18, LocalDate.class));
    }
}
