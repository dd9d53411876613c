package org.voyage.feeds.delivery.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.database.JdbcClient;

/** Reads what an alliance may see of its deliveries. */
@ApplicationScoped
class DeliveryOverviewStore {

    private static final String OVERVIEW_SQL = """
            select d.low_epoch, d.low_sequence, d.down_cause, d.down_since,
                   case when f.epoch = d.low_epoch then f.next_sequence - 1 - d.low_sequence end as lag,
                   (select v.stored_at from feed_event v
                     where v.feed = f.id and (v.epoch, v.sequence) > (d.low_epoch, d.low_sequence)
                     order by v.epoch, v.sequence limit 1) as oldest,
                   coalesce(d.next_probe_at, (select min(h.next_try_at) from held_event h
                                               where h.endpoint = d.endpoint)) as next_try,
                   (select count(*) from held_event h where h.endpoint = d.endpoint) as held,
                   (select count(*) from undelivered_event u where u.endpoint = d.endpoint) as undelivered,
                   clock_timestamp() as now
              from delivery d join endpoint e on e.id = d.endpoint join feed f on f.id = e.feed
             where d.endpoint = ?""";

    private static final String ATTEMPT_SQL =
            "select id, time, first, last, events, outcome, status, failure, millis, excerpt, next_try_at"
                    + " from delivery_attempt where endpoint = ?";

    private final JdbcClient database;

    DeliveryOverviewStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Attempt as it was noted. */
    record NotedAttempt(
            long id,
            Instant time,
            String first,
            String last,
            int events,
            String outcome,
            int status,
            @Nullable String failure,
            long millis,
            String excerpt,
            @Nullable Instant nextTryAt) {}

    record UndeliveredEvent(FeedPosition position, int tries, int status, Instant setAsideAt) {}

    DeliveryOverview read(String endpoint) {
        return database.queryOne(OVERVIEW_SQL, DeliveryOverviewStore::mapOverview, endpoint);
    }

    private static DeliveryOverview mapOverview(ResultSet row) throws SQLException {
        long lag = row.getLong("lag");
        Long events = row.wasNull() ? null : Math.max(0, lag);
        Instant oldest = toInstant(row.getTimestamp("oldest"));
        Instant now = row.getTimestamp("now").toInstant();
        return new DeliveryOverview(
                new FeedPosition(row.getInt("low_epoch"), row.getLong("low_sequence")),
                events,
                oldest == null ? 0 : Math.max(0, now.getEpochSecond() - oldest.getEpochSecond()),
                oldest,
                row.getString("down_cause"),
                toInstant(row.getTimestamp("down_since")),
                toInstant(row.getTimestamp("next_try")),
                row.getLong("held"),
                row.getLong("undelivered"));
    }

    /** @param outcome to which the list is narrowed; null for all */
    List<NotedAttempt> listAttempts(String endpoint, @Nullable String outcome, long below, int limit) {
        return database.query(
                ATTEMPT_SQL + " and id < ? and outcome = coalesce(?, outcome) order by id desc limit ?",
                DeliveryOverviewStore::mapAttempt,
                endpoint,
                below,
                outcome,
                limit);
    }

    /** Returns the last attempt that was not accepted; empty if none is kept. */
    Optional<NotedAttempt> findLastFailed(String endpoint) {
        return database.queryFirst(
                ATTEMPT_SQL + " and outcome <> 'accepted' order by id desc limit 1",
                DeliveryOverviewStore::mapAttempt,
                endpoint);
    }

    private static NotedAttempt mapAttempt(ResultSet row) throws SQLException {
        return new NotedAttempt(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                row.getLong(9),
                row.getString(10),
                toInstant(row.getTimestamp(11)));
    }

    List<UndeliveredEvent> listUndelivered(String endpoint, FeedPosition after, int limit) {
        return database.query(
                "select epoch, sequence, tries, status, set_aside_at from undelivered_event"
                        + " where endpoint = ? and (epoch, sequence) > (?, ?) order by epoch, sequence limit ?",
                row -> new UndeliveredEvent(
                        new FeedPosition(row.getInt(1), row.getLong(2)),
                        row.getInt(3),
                        row.getInt(4),
                        row.getTimestamp(5).toInstant()),
                endpoint,
                after.epoch(),
                after.sequence(),
                limit);
    }

    Optional<FeedPosition> findLastUndelivered(String endpoint) {
        return database.queryFirst(
                "select epoch, sequence from undelivered_event where endpoint = ? order by epoch desc, sequence desc"
                        + " limit 1",
                row -> new FeedPosition(row.getInt(1), row.getLong(2)),
                endpoint);
    }

    long countUndelivered(String endpoint) {
        return database.queryOne(
                "select count(*) from undelivered_event where endpoint = ?", row -> row.getLong(1), endpoint);
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
