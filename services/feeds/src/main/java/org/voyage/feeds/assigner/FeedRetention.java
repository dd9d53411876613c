package org.voyage.feeds.assigner;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.feeds.quota.AllianceUseStore;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/**
 * Retention of events: deletes those that are too old, and all of deleted feeds, in small transactions. Events of a feed are
 * deleted from its beginning, and the feed notes the last one. Dead letters that were healed as long ago go too. Several
 * instances do not wait for each other.
 */
@ApplicationScoped
class FeedRetention {

    private static final int CHUNK = 5_000;

    private static final String OLD_FEEDS_SQL = """
        select feed from (select feed from feed_event where stored_at < ? order by stored_at limit 100000) old
        union select id from feed where deleted_at is not null
                 and (exists (select from feed_event where feed = id) or exists (select from feed_record where feed = id))\
        """;
    private static final String LOCK_SQL = "select deleted_at from feed where id = ? for update skip locked";
    private static final String DELETE_SQL = """
        with oldest as (
            select epoch, sequence, bool_and(stored_at < ?) over (order by epoch, sequence) as is_old
              from (select epoch, sequence, stored_at from feed_event
                     where feed = ? order by epoch, sequence limit ?) first),
        gone as (
            delete from feed_event
             where feed = ? and (epoch, sequence) <= (
                       select epoch, sequence from oldest where is_old order by epoch desc, sequence desc limit 1)
            returning epoch, sequence, octet_length(body) as bytes)
        select epoch, sequence, count(*) over (), sum(bytes) over () from gone order by epoch desc, sequence desc limit 1\
        """;
    private static final String NOTE_SQL =
            "update feed set expired_epoch = ?, expired_sequence = ?, stored_bytes = stored_bytes - ? where id = ?";
    private static final String FREE_SQL = "update feed set stored_bytes = stored_bytes - ? where id = ?";
    /** A replay needs the changes after its start, or after its begin, that it has not replayed yet. */
    private static final String DELETE_CHANGES_SQL = """
        delete from record_change where position in
               (select change.position from record_change change
                 where change.time < ? and not exists (
                         select from feed
                          where replay_day is not null and deleted_at is null and change.position > replay_position
                            and (change.position > replay_begun_at
                                 or change.time > case when replay_day is not null then start_at::timestamptz end))
                 limit ?)\
        """;

    private static final String DELETE_FEEDS_SQL = """
        delete from feed where deleted_at < now() - interval '1 day'
           and not exists (select from feed_event where feed = id)
           and not exists (select from feed_record where feed = id)\
        """;

    private final JdbcClient database;
    private final Duration retention;
    private final Duration historyLength;
    private final Clock clock;

    FeedRetention(DataSource dataSource, AssignerConfig config, Clock clock) {
        this.database = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
        this.retention = config.retention();
        this.historyLength = config.historyLength();
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "10s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void deleteExpired() {
        deleteOlderThan(clock.instant().minus(retention));
        deleteChangesBefore(clock.instant().minus(historyLength));
        deleteDeadLettersHealedBefore(clock.instant().minus(retention));
        database.update(DELETE_FEEDS_SQL);
        AllianceUseStore.deleteOld(database);
    }

    /** Deletes changes of records that no replay needs any more. */
    void deleteChangesBefore(Instant limit) {
        int deleted = CHUNK;
        while (deleted == CHUNK) {
            deleted = database.update(DELETE_CHANGES_SQL, limit, CHUNK);
        }
    }

    /** Deletes dead letters that were healed: they are kept as long as events, for those who ask about them. */
    private void deleteDeadLettersHealedBefore(Instant limit) {
        int deleted = CHUNK;
        while (deleted == CHUNK) {
            deleted = FeedDeadLetters.deleteHealed(database, limit, CHUNK);
        }
    }

    void deleteOlderThan(Instant limit) {
        List<String> feeds = database.query(OLD_FEEDS_SQL, row -> row.getString(1), limit);
        for (String feed : feeds.stream().distinct().toList()) {
            boolean hasMore = true;
            while (hasMore) {
                hasMore = deleteChunk(feed, limit);
            }
        }
    }

    /** Deletes some events of a feed. @return whether there may be more */
    private boolean deleteChunk(String feed, Instant limit) {
        return database.inTransaction(transaction -> {
            List<Boolean> isDeleted =
                    transaction.query(LOCK_SQL, row -> RowMapper.readNullableInstant(row, 1) != null, feed);
            if (isDeleted.isEmpty()) {
                return false;
            }
            Instant before = isDeleted.getFirst() ? Instant.now(clock).plus(Duration.ofDays(1)) : limit;
            long deleted = transaction
                    .queryFirst(
                            DELETE_SQL,
                            row -> {
                                transaction.update(NOTE_SQL, row.getInt(1), row.getLong(2), row.getLong(4), feed);
                                return row.getLong(3);
                            },
                            before,
                            feed,
                            CHUNK,
                            feed)
                    .orElse(0L);
            ReaderCopyStore.DeletedRecords held = isDeleted.getFirst()
                    ? ReaderCopyStore.deleteSome(transaction, feed, CHUNK)
                    : ReaderCopyStore.DeletedRecords.NONE;
            transaction.update(FREE_SQL, held.bytes(), feed);
            return deleted == CHUNK || held.records() == CHUNK;
        });
    }
}
