package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.voyage.feeds.assigner.ScanCause;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of subscriptions. The assigner writes the other columns of the table. */
@ApplicationScoped
public class FeedStore {

    /** Channel on which the assigner hears of new, changed and deleted feeds. */
    static final String CHANGED_CHANNEL = "feeds_changed";

    /** A scan is due before the assigner begins it, and ends for readers when they see the events of its last step. */
    private static final String SELECT_SQL = """
            select id, alliance, name, filter, start_at, with_kafka, created_at, version, epoch, next_sequence,
                   expired_epoch, expired_sequence, scope is null as is_new,
                   case when replay_day is not null then 'replay'
                        when scan_cursor is not null then scan_cause
                        when filter <> scope_filter then 'filter'
                        when ended_scan_step > (select visible_step from assigner_state) then ended_scan_cause
                    end as scan_cause
              from feed where deleted_at is null""";

    private final JdbcClient database;

    FeedStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    public Optional<Feed> find(String id) {
        return database.queryFirst(SELECT_SQL + " and id = ?", FeedStore::mapFeed, id);
    }

    /** Returns feeds by id. @param after id of the last feed of the page before; empty for the first page */
    List<Feed> findAll(Optional<String> alliance, String after, int limit) {
        return database.query(
                SELECT_SQL + " and alliance = coalesce(?, alliance) and id > ? order by id limit ?",
                FeedStore::mapFeed,
                alliance.orElse(null),
                after,
                limit);
    }

    /**
     * Returns the number of feeds of an alliance.
     *
     * <p>Other transactions that count the feeds of the alliance wait for the end of this one.
     */
    int countLocked(String alliance) {
        database.execute("select pg_advisory_xact_lock(hashtext('feeds of ' || ?))", alliance);
        return database.queryOne(
                "select count(*) from feed where alliance = ? and deleted_at is null", row -> row.getInt(1), alliance);
    }

    void insert(Feed feed, String by) {
        database.update(
                "insert into feed (id, alliance, name, filter, start_at, with_kafka, created_at, created_by)"
                        + " values (?, ?, ?, ?::jsonb, ?, ?, ?, ?)",
                feed.id(),
                feed.alliance(),
                feed.name(),
                feed.filter().toJson(),
                feed.start(),
                feed.withKafka(),
                java.sql.Timestamp.from(feed.createdAt()),
                by);
        notifyAssigner();
    }

    /** @return false if the feed has another version by now */
    boolean update(String id, int version, FeedDraft change) {
        int updated = database.update(
                "update feed set name = ?, filter = ?::jsonb, with_kafka = ?, version = version + 1"
                        + " where id = ? and version = ? and deleted_at is null",
                change.name(),
                change.filter().toJson(),
                change.withKafka(),
                id,
                version);
        notifyAssigner();
        return updated == 1;
    }

    void delete(String id) {
        database.update("update feed set deleted_at = now() where id = ? and deleted_at is null", id);
        // With their secrets and the state of their deliveries.
        database.update("delete from endpoint where feed = ?", id);
        notifyAssigner();
    }

    /** Returns the earliest moment that a feed may start at, which is not before a limit. */
    Instant readEarliestStart(Instant limit) {
        return database.queryOne(
                "select greatest(history_from, ?) from assigner_state where id = 1",
                row -> RowMapper.readInstant(row, 1),
                limit);
    }

    long countHeld(String id) {
        return database.queryOne("select count(*) from feed_record where feed = ?", row -> row.getLong(1), id);
    }

    /**
     * Returns whether the assigner has just compared the database with the witness on Kafka. After a restore it has not, and
     * readers may know events that the database does not.
     */
    boolean isCompared() {
        return database.queryOne(
                "select compared_at > clock_timestamp() - interval '3 s' from assigner_state where id = 1",
                row -> row.getBoolean(1));
    }

    private void notifyAssigner() {
        database.execute("select pg_notify(?, 'feed')", CHANGED_CHANNEL);
    }

    private static Feed mapFeed(ResultSet row) throws SQLException {
        String start = row.getString("start_at");
        String scan = row.getString("scan_cause");
        return new Feed(
                row.getString("id"),
                row.getString("alliance"),
                row.getString("name"),
                FeedFilter.ofJson(row.getString("filter")),
                start,
                row.getBoolean("with_kafka"),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("version"),
                new FeedPosition(row.getInt("epoch"), row.getLong("next_sequence") - 1),
                new FeedPosition(row.getInt("expired_epoch"), row.getLong("expired_sequence")),
                Optional.ofNullable(scan == null && row.getBoolean("is_new") ? ScanCause.nameFirstScan(start) : scan));
    }
}
