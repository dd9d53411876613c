package org.voyage.feeds.delivery.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.database.JdbcClient;

/** Store of the endpoints. */
@ApplicationScoped
public class EndpointStore {

    private static final String COLUMNS =
            "id, feed, alliance, url, batch, status, reason, status_since, version, created_at";

    /** Where an endpoint begins that names no position: before the oldest kept event, or at the end of an empty log. */
    private static final String BEGIN_SQL = """
            select coalesce(oldest.epoch, feed.epoch), coalesce(oldest.sequence, feed.next_sequence) - 1
              from feed left join lateral
                   (select epoch, sequence from feed_event where feed = feed.id order by epoch, sequence limit 1) oldest
                   on true
             where feed.id = ?""";

    private final JdbcClient database;

    EndpointStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Inserts an endpoint that is to begin after a position. */
    void insert(FeedEndpoint endpoint, String by, FeedPosition after) {
        database.update(
                "insert into endpoint (" + COLUMNS + ", created_by) values (?, ?, ?, ?, ?, ?, null, ?, 1, ?, ?)",
                endpoint.id(),
                endpoint.feed(),
                endpoint.alliance(),
                endpoint.url(),
                endpoint.batch(),
                endpoint.status().wireName(),
                endpoint.statusSince(),
                endpoint.createdAt(),
                by);
        database.update(
                "insert into delivery (endpoint, low_epoch, low_sequence) values (?, ?, ?)",
                endpoint.id(),
                after.epoch(),
                after.sequence());
    }

    FeedPosition findBegin(String feed) {
        return database.queryOne(BEGIN_SQL, row -> new FeedPosition(row.getInt(1), row.getLong(2)), feed);
    }

    /** Returns the position of the last event of a feed; of sequence 0 before the first of its epoch. */
    FeedPosition findHead(String feed) {
        return database.queryOne(
                "select epoch, next_sequence - 1 from feed where id = ?",
                row -> new FeedPosition(row.getInt(1), row.getLong(2)),
                feed);
    }

    int countOfAlliance(String alliance) {
        // One alliance at a time, so that two requests at once cannot pass the limit together.
        database.queryFirst("select pg_advisory_xact_lock(hashtextextended('endpoint ' || ?, 0))", row -> 1, alliance);
        return database.queryOne("select count(*) from endpoint where alliance = ?", row -> row.getInt(1), alliance);
    }

    public Optional<FeedEndpoint> find(String id) {
        return database.queryFirst("select " + COLUMNS + " from endpoint where id = ?", EndpointStore::mapEndpoint, id);
    }

    List<FeedEndpoint> listOfFeed(String feed, String after, int limit) {
        return database.query(
                "select " + COLUMNS + " from endpoint where feed = ? and id > ? order by id limit ?",
                EndpointStore::mapEndpoint,
                feed,
                after,
                limit);
    }

    void updateUrl(String id, String url, boolean batch, EndpointStatus status, Instant now) {
        database.update(
                "update endpoint set url = ?, batch = ?, status = ?, reason = null, status_since = ?,"
                        + " version = version + 1 where id = ?",
                url,
                batch,
                status.wireName(),
                now,
                id);
    }

    void updateBatch(String id, boolean batch) {
        database.update("update endpoint set batch = ?, version = version + 1 where id = ?", batch, id);
    }

    /** Updates the status; enabling also forgets the outage, so that the next event is sent at once. */
    public void updateStatus(String id, EndpointStatus status, @Nullable DisableReason reason, Instant now) {
        database.update(
                "update endpoint set status = ?, reason = ?, status_since = ?, version = version + 1 where id = ?",
                status.wireName(),
                reason == null ? null : reason.wireName(),
                now,
                id);
        if (status == EndpointStatus.ENABLED) {
            // Only the release 0.2.0, which may run next to this one, reads is_announced.
            database.update(
                    "update delivery set down_cause = null, down_since = null, next_probe_at = null,"
                            + " probe_failures = 0, is_announced = false where endpoint = ?",
                    id);
        }
    }

    /** Lets the deliverer of an endpoint read it again. */
    void touch(String id) {
        database.update("update endpoint set version = version + 1 where id = ?", id);
    }

    void delete(String id) {
        database.update("delete from endpoint where id = ?", id);
    }

    /** Notes a challenge or test event. @return false if the pause since the last one is not over */
    boolean claimChallenge(String id, Duration pause) {
        return database.update(
                        "update endpoint set challenged_at = clock_timestamp() where id = ? and (challenged_at is null"
                                + " or challenged_at < clock_timestamp() - ? * interval '1 ms')",
                        id,
                        pause.toMillis())
                == 1;
    }

    private static FeedEndpoint mapEndpoint(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new FeedEndpoint(
                row.getString("id"),
                row.getString("feed"),
                row.getString("alliance"),
                row.getString("url"),
                row.getBoolean("batch"),
                EndpointStatus.of(row.getString("status")),
                reason == null ? null : DisableReason.of(reason),
                row.getTimestamp("status_since").toInstant(),
                row.getInt("version"),
                row.getTimestamp("created_at").toInstant());
    }
}
