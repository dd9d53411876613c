package org.voyage.feeds.delivery.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Store of the replays. */
@ApplicationScoped
public class ReplayStore {

    private static final String COLUMNS =
            "id, kind, positions, first, last, done_to, total, delivered, refused, status, created_at, finished_at";
    private static final FeedPosition BEGIN = new FeedPosition(1, 0);

    private final JdbcClient database;

    ReplayStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    void insert(String endpoint, EventReplay replay) {
        database.update(
                "insert into replay (endpoint, id, kind, positions, first, last, total, status, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 'running', ?)",
                endpoint,
                replay.id(),
                replay.kind(),
                SqlArray.ofTexts(replay.positions(), FeedPosition::text),
                toText(replay.first()),
                toText(replay.last()),
                replay.total(),
                replay.createdAt());
    }

    int countRunning(String endpoint) {
        return database.queryOne(
                "select count(*) from replay where endpoint = ? and status = 'running'",
                row -> row.getInt(1),
                endpoint);
    }

    /** Returns the replay that is carried out now: the oldest one that is not done. */
    public Optional<EventReplay> findRunning(String endpoint) {
        return database.queryFirst(
                "select " + COLUMNS + " from replay where endpoint = ? and status = 'running' order by created_at, id",
                ReplayStore::mapReplay,
                endpoint);
    }

    Optional<EventReplay> find(String endpoint, String id) {
        return database.queryFirst(
                "select " + COLUMNS + " from replay where endpoint = ? and id = ?",
                ReplayStore::mapReplay,
                endpoint,
                id);
    }

    /** Returns the next events of a replay, in order. */
    public List<FeedPosition> readPositions(FeedEndpoint endpoint, EventReplay replay, int limit) {
        FeedPosition after = replay.doneTo() == null ? BEGIN : replay.doneTo();
        return switch (replay.kind()) {
            case "events" ->
                replay.positions().stream()
                        .sorted()
                        .filter(each -> each.compareTo(after) > 0)
                        .limit(limit)
                        .toList();
            case "range" -> {
                FeedPosition first = replay.first() == null ? BEGIN : replay.first();
                FeedPosition from =
                        replay.doneTo() == null ? new FeedPosition(first.epoch(), first.sequence() - 1) : after;
                yield readBetween("feed_event where feed = ?", endpoint.feed(), from, replay, limit);
            }
            default -> readBetween("undelivered_event where endpoint = ?", endpoint.id(), after, replay, limit);
        };
    }

    private List<FeedPosition> readBetween(
            String source, String owner, FeedPosition after, EventReplay replay, int limit) {
        FeedPosition last = replay.last() == null ? after : replay.last();
        return database.query(
                "select epoch, sequence from " + source
                        + " and (epoch, sequence) > (?, ?) and (epoch, sequence) <= (?, ?)"
                        + " order by epoch, sequence limit ?",
                row -> new FeedPosition(row.getInt(1), row.getLong(2)),
                owner,
                after.epoch(),
                after.sequence(),
                last.epoch(),
                last.sequence(),
                limit);
    }

    /** Returns how many of these positions the feed has. */
    int countEvents(String feed, List<FeedPosition> positions) {
        return database.queryOne(
                "select count(*) from feed_event where feed = ? and (epoch, sequence) in"
                        + " (select * from unnest(?::int[], ?::bigint[]))",
                row -> row.getInt(1),
                feed,
                new SqlArray("int4", positions.stream().map(FeedPosition::epoch).toArray()),
                new SqlArray(
                        "int8", positions.stream().map(FeedPosition::sequence).toArray()));
    }

    long countRange(String feed, FeedPosition first, FeedPosition last) {
        return database.queryOne(
                "select count(*) from feed_event where feed = ? and (epoch, sequence) between (?, ?) and (?, ?)",
                row -> row.getLong(1),
                feed,
                first.epoch(),
                first.sequence(),
                last.epoch(),
                last.sequence());
    }

    private static EventReplay mapReplay(ResultSet row) throws SQLException {
        List<FeedPosition> positions = new ArrayList<>();
        Array texts = row.getArray("positions");
        if (texts != null) {
            for (String each : (String[]) texts.getArray()) {
                positions.add(FeedPosition.parse(each).orElseThrow());
            }
        }
        return new EventReplay(
                row.getString("id"),
                row.getString("kind"),
                positions,
                toPosition(row.getString("first")),
                toPosition(row.getString("last")),
                toPosition(row.getString("done_to")),
                row.getLong("total"),
                row.getLong("delivered"),
                row.getLong("refused"),
                row.getString("status").equals("done"),
                row.getTimestamp("created_at").toInstant(),
                toInstant(row.getTimestamp("finished_at")));
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable String toText(@Nullable FeedPosition position) {
        return position == null ? null : position.text();
    }

    private static @Nullable FeedPosition toPosition(@Nullable String text) {
        return text == null ? null : FeedPosition.parse(text).orElseThrow();
    }
}
