package org.voyage.feeds.assigner;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/**
 * Store of the recognitions whose standard is unknown or withdrawn. Feeds report them as soon as the standard is
 * known, however late.
 */
final class WaitingRecognitionStore {

    private static final String HAS_STANDARD = """
        exists (select from record_state standard
                 where standard.outside_id = recognition.parent_id and standard.state is not null)\
        """;
    private static final String BEGIN_SQL = "update record_state recognition set waiting_since = ?"
            + " where record = 'recognition' and state is not null and waiting_since is null and not " + HAS_STANDARD;
    private static final String END_SQL = "update record_state recognition set waiting_since = null"
            + " where waiting_since is not null and (state is null or " + HAS_STANDARD + ")";
    private static final String COUNT_SQL = """
        select count(*), min(waiting_since), count(*) filter (where waiting_since <= ?)
          from record_state where waiting_since is not null\
        """;
    private static final String LIST_SQL = """
        select outside_id, province, source_id, state ->> 'standard', waiting_since
          from record_state
         where state is not null and (waiting_since, outside_id) > (?, ?)
         order by waiting_since, outside_id limit ?\
        """;

    private WaitingRecognitionStore() {}

    /** @param standard source id of the standard, which is of the same province */
    record WaitingRecognition(String outsideId, String province, String sourceId, String standard, Instant since) {}

    /**
     * @param oldestSince since when the first of them waits; null while none does
     * @param overdue number of those that wait for longer than the bound
     */
    record WaitingCount(long all, @Nullable Instant oldestSince, long overdue) {}

    /** Notes which recognitions wait from now on and which no longer do, and counts them. @param bound of a wait */
    static WaitingCount note(JdbcClient transaction, Instant now, Duration bound) {
        transaction.update(BEGIN_SQL, Timestamp.from(now));
        transaction.update(END_SQL);
        return transaction.queryOne(
                COUNT_SQL,
                row -> new WaitingCount(row.getLong(1), RowMapper.readNullableInstant(row, 2), row.getLong(3)),
                Timestamp.from(now.minus(bound)));
    }

    /** Returns the next waiting recognitions, the oldest first. @param id outside id of the last one before them */
    static List<WaitingRecognition> findAll(JdbcClient database, Instant since, String id, int limit) {
        return database.query(
                LIST_SQL,
                row -> new WaitingRecognition(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        RowMapper.readInstant(row, 5)),
                Timestamp.from(since),
                id,
                limit);
    }
}
