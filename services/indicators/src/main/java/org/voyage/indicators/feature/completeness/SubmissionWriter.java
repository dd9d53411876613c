package org.voyage.indicators.feature.completeness;

import static org.voyage.indicators.feature.completeness.SubmissionStore.UNKNOWN_YEAR;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Writer of the submission events. It keeps the newest version of each file, record and year. Late and repeated events
 * do not replace a newer version.
 */
final class SubmissionWriter {

    private static final String INSERT_FILE_SQL = """
            insert into submission values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (service, province, batch) do update
               set version = excluded.version, record = excluded.record, rows_read = excluded.rows_read,
                   refused = excluded.refused, finished_at = excluded.finished_at
             where submission.version < excluded.version or submission.version = excluded.version and ?""";
    private static final String DELETE_FILE_YEARS_SQL =
            "delete from submission_year where service = ? and province = ? and batch = ?";
    private static final String INSERT_FILE_YEAR_SQL = "insert into submission_year values (?, ?, ?, ?, ?)";
    private static final String UPSERT_OUTSTANDING_SQL = """
            insert into outstanding values (?, ?, ?, ?)
            on conflict (service, province, record) do update set version = excluded.version
             where outstanding.version < excluded.version or outstanding.version = excluded.version and ?""";
    private static final String CLEAR_OTHER_YEARS_SQL = """
            update outstanding_year set waiting = 0, refused = 0, changed_at = ?
             where service = ? and province = ? and record = ? and year <> all (?) and (waiting, refused) <> (0, 0)""";
    private static final String UPSERT_OUTSTANDING_YEAR_SQL = """
            insert into outstanding_year values (?, ?, ?, ?, ?, ?, ?)
            on conflict (service, province, record, year) do update
               set waiting = excluded.waiting, refused = excluded.refused, changed_at = excluded.changed_at
             where (outstanding_year.waiting, outstanding_year.refused) <> (excluded.waiting, excluded.refused)""";
    private static final String UPSERT_YEAR_SQL = """
            insert into year_close values (?, ?, ?, ?, ?, ?)
            on conflict (service, province, year) do update
               set version = excluded.version, state = excluded.state, since = excluded.since
             where year_close.version < excluded.version or year_close.version = excluded.version and ?""";

    private static final String DELETE_YEARS_OF_OLDER_FILE_SQL = """
            delete from submission_year y using submission s
             where (s.service, s.province, s.batch) = (?, ?, ?) and s.version < ?
               and (y.service, y.province, y.batch) = (s.service, s.province, s.batch)""";
    private static final String DELETE_FILE_SQL =
            "delete from submission where service = ? and province = ? and batch = ? and version < ?";
    private static final String DELETE_YEAR_SQL =
            "delete from year_close where service = ? and province = ? and year::text = ? and version < ?";
    private static final String INSERT_CHANGED_YEARS_SQL = """
            insert into year_close_history (service, province, year, state, known_at)
            select service, province, year, newest.state,
                   greatest(?, (select max(known_at) + interval '1 microsecond' from year_close_history))
              from year_close newest
              full join (select distinct on (service, province, year) * from year_close_history
                          order by service, province, year, known_at desc) known using (service, province, year)
             where newest.state is distinct from known.state""";

    private SubmissionWriter() {}

    /**
     * Records since when the changed states of years are known; the caller must do this last, before its transaction
     * commits.
     */
    static void recordYearStates(JdbcClient database) {
        database.update(INSERT_CHANGED_YEARS_SQL, CheckpointHistory.lockClock(database));
    }

    /**
     * @return false when the same or a newer version is stored already; a republication of the same version is stored
     *     again
     */
    static boolean storeIfNewer(JdbcClient database, SubmissionEvent told) {
        return switch (told) {
            case SubmissionEvent.FileEvent file -> storeIfNewer(database, file);
            case SubmissionEvent.WithdrawnEvent withdrawn -> deleteOlder(database, withdrawn);
            case SubmissionEvent.OutstandingEvent outstanding -> storeIfNewer(database, outstanding);
            case SubmissionEvent.YearStateEvent year ->
                executeUpdate(
                        database,
                        UPSERT_YEAR_SQL,
                        year.service(),
                        year.province(),
                        year.year(),
                        year.version(),
                        year.state(),
                        year.since(),
                        year.isRepublished());
        };
    }

    private static boolean deleteOlder(JdbcClient database, SubmissionEvent.WithdrawnEvent withdrawn) {
        if (!withdrawn.isYear()) {
            executeUpdate(
                    database,
                    DELETE_YEARS_OF_OLDER_FILE_SQL,
                    withdrawn.service(),
                    withdrawn.province(),
                    withdrawn.sourceId(),
                    withdrawn.version());
        }
        return executeUpdate(
                database,
                withdrawn.isYear() ? DELETE_YEAR_SQL : DELETE_FILE_SQL,
                withdrawn.service(),
                withdrawn.province(),
                withdrawn.sourceId(),
                withdrawn.version());
    }

    private static boolean storeIfNewer(JdbcClient database, SubmissionEvent.FileEvent file) {
        boolean newest = executeUpdate(
                database,
                INSERT_FILE_SQL,
                file.service(),
                file.province(),
                file.batch(),
                file.version(),
                file.record(),
                file.rows(),
                file.refused(),
                file.finishedAt(),
                file.isRepublished());
        if (newest) {
            executeUpdate(database, DELETE_FILE_YEARS_SQL, file.service(), file.province(), file.batch());
            executeBatch(
                    database,
                    INSERT_FILE_YEAR_SQL,
                    file.years(),
                    rows -> List.of(
                            file.service(),
                            file.province(),
                            file.batch(),
                            rows.year().orElse(UNKNOWN_YEAR),
                            rows.refused()));
        }
        return newest;
    }

    private static boolean storeIfNewer(JdbcClient database, SubmissionEvent.OutstandingEvent told) {
        String service = told.service();
        String province = told.province();
        String record = told.record();
        Instant at = told.recordedAt();
        boolean newest = executeUpdate(
                database, UPSERT_OUTSTANDING_SQL, service, province, record, told.version(), told.isRepublished());
        if (newest) {
            List<Integer> years = told.years().stream()
                    .map(each -> each.year().orElse(UNKNOWN_YEAR))
                    .toList();
            executeUpdate(database, CLEAR_OTHER_YEARS_SQL, at, service, province, record, SqlArray.ofInts(years));
            executeBatch(
                    database,
                    UPSERT_OUTSTANDING_YEAR_SQL,
                    told.years(),
                    each -> List.of(
                            service,
                            province,
                            record,
                            each.year().orElse(UNKNOWN_YEAR),
                            each.waitingRows(),
                            each.refused(),
                            at));
        }
        return newest;
    }

    /** @return whether it changed a row */
    private static boolean executeUpdate(JdbcClient database, String sql, Object... values) {
        return database.update(sql, values) > 0;
    }

    private static <T> void executeBatch(
            JdbcClient database, String sql, List<T> all, Function<T, List<Object>> values) {
        database.updateBatch(
                sql, all.stream().map(each -> values.apply(each).toArray()).toList());
    }
}
