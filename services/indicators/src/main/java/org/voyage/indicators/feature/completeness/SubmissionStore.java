package org.voyage.indicators.feature.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of the submission events, which {@link SubmissionWriter} writes. */
@ApplicationScoped
class SubmissionStore {

    /** Stored as the year of rows without a readable year. */
    static final int UNKNOWN_YEAR = 0;

    private static final String TOTALS_SQL = """
            select service, province, count(batch), sum(rows_read), sum(waiting), sum(refused), max(last)
              from (select service, province, batch, rows_read, 0 as waiting, refused, finished_at as last from submission
                    union all
                    select service, province, null, 0, waiting, refused, changed_at from outstanding_year) sent
             group by service, province""";
    private static final String PENDING_BY_RECORD_SQL = """
            select service, province, year, record, sum(waiting), sum(refused), max(finished_at), max(changed_at)
              from (select service, province, year, record, 0 as waiting, y.refused, finished_at,
                           null::timestamptz as changed_at
                      from submission_year y join submission f using (service, province, batch)
                    union all
                    select service, province, year, record, waiting, refused, null, changed_at from outstanding_year) sent
             group by service, province, year, record""";
    private static final String CLOSINGS_AT_SQL = """
            select service, province, year, state, known_at
              from (select distinct on (service, province, year) * from year_close_history
                     where known_at <= ? order by service, province, year, known_at desc) known
             where state is not null""";
    private static final String SNAPSHOT_ISOLATION_SQL = "set transaction isolation level repeatable read read only";

    private final JdbcClient database;

    SubmissionStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** A province of a service. */
    record SubmissionSender(String service, String province) {}

    /**
     * The totals of a sender, over all records and years.
     *
     * @param files processed files, with all their rows
     * @param parked rows of files and single writes that wait now
     * @param refused single writes, and rows of files, also of files that stored nothing
     * @param latestChange when the last file was processed, or the number of parked or refused rows changed
     */
    record SenderTotals(
            long files,
            long rows,
            long parked,
            long refused,
            @Nullable Instant latestChange) {

        static final SenderTotals EMPTY = new SenderTotals(0, 0, 0, 0, null);
    }

    record SenderYear(SubmissionSender sender, int year) {}

    record YearClosing(String state, Instant since) {}

    /**
     * The submitted rows about one year that are not records.
     *
     * @param parked rows of files and single writes that wait now
     * @param refused rows of files and single writes that broke a rule
     * @param lastFile when the last file with rows about this year was processed
     * @param changed when the number of parked rows or refused single writes last changed
     */
    record PendingCounts(
            long parked,
            long refused,
            @Nullable Instant lastFile,
            @Nullable Instant changed) {

        static final PendingCounts EMPTY = new PendingCounts(0, 0, null, null);

        @Nullable
        Instant latestChange() {
            return LastPushTracker.latest(lastFile, changed);
        }

        PendingCounts plus(PendingCounts other) {
            return new PendingCounts(
                    parked + other.parked,
                    refused + other.refused,
                    LastPushTracker.latest(lastFile, other.lastFile),
                    LastPushTracker.latest(changed, other.changed));
        }
    }

    record RecordYear(String record, SenderYear year) {}

    /**
     * Submissions, closings and plans, all read at one point in time.
     *
     * @param pending the year is {@link #UNKNOWN_YEAR} for rows without a readable year
     */
    record SubmissionOverview(
            Map<SubmissionSender, SenderTotals> totals,
            Map<SenderYear, PendingCounts> pending,
            Map<SenderYear, YearClosing> closings,
            Map<SenderYear, Long> plans) {}

    /** Closings, pending rows and plans, all read at one point in time. */
    record SubmissionState(
            Map<SenderYear, YearClosing> closings,
            Map<RecordYear, PendingCounts> pending,
            Map<SenderYear, Long> plans) {

        static final SubmissionState EMPTY = new SubmissionState(Map.of(), Map.of(), Map.of());
    }

    /** Reads the provinces that the caller may see. */
    SubmissionOverview readOverview() {
        return inSnapshot(database -> new SubmissionOverview(
                readTotals(database),
                sumByYear(readPending(database)),
                readClosings(database),
                ReportingPlanStore.readExpected(database)));
    }

    /** Reads all provinces, for every caller. */
    SubmissionState readState() {
        return DatabaseScope.runForAllProvinces(() -> inSnapshot(database -> new SubmissionState(
                readClosings(database), readPending(database), ReportingPlanStore.readExpected(database))));
    }

    /** Reads the closings of all provinces, for every caller. */
    Map<SenderYear, YearClosing> readClosings() {
        return DatabaseScope.runForAllProvinces(() -> readClosings(database));
    }

    /**
     * Reads the closings of all provinces as they were known, for every caller. Of pending rows and plans no history is
     * kept.
     *
     * @param moment the time of a checkpoint
     */
    SubmissionState readStateAt(Instant moment) {
        return DatabaseScope.runForAllProvinces(
                () -> new SubmissionState(readClosings(database, CLOSINGS_AT_SQL, moment), Map.of(), Map.of()));
    }

    private static Map<SenderYear, PendingCounts> sumByYear(Map<RecordYear, PendingCounts> records) {
        Map<SenderYear, PendingCounts> years = new HashMap<>();
        records.forEach((record, waiting) -> years.merge(record.year(), waiting, PendingCounts::plus));
        return years;
    }

    private static Map<SubmissionSender, SenderTotals> readTotals(JdbcClient database) {
        Map<SubmissionSender, SenderTotals> totals = new HashMap<>();
        database.queryEach(
                TOTALS_SQL,
                row -> totals.put(
                        new SubmissionSender(row.getString(1), row.getString(2)),
                        new SenderTotals(
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                RowMapper.readNullableInstant(row, 7))));
        return totals;
    }

    private static Map<SenderYear, YearClosing> readClosings(JdbcClient database) {
        return readClosings(database, "select service, province, year, state, since from year_close");
    }

    private static Map<SenderYear, YearClosing> readClosings(JdbcClient database, String sql, Object... values) {
        Map<SenderYear, YearClosing> years = new HashMap<>();
        database.queryEach(
                sql,
                row -> years.put(
                        new SenderYear(new SubmissionSender(row.getString(1), row.getString(2)), row.getInt(3)),
                        new YearClosing(row.getString(4), RowMapper.readInstant(row, 5))),
                values);
        return years;
    }

    private static Map<RecordYear, PendingCounts> readPending(JdbcClient database) {
        Map<RecordYear, PendingCounts> waiting = new HashMap<>();
        database.queryEach(
                PENDING_BY_RECORD_SQL,
                row -> waiting.put(
                        new RecordYear(
                                row.getString(4),
                                new SenderYear(
                                        new SubmissionSender(row.getString(1), row.getString(2)), row.getInt(3))),
                        new PendingCounts(
                                row.getLong(5),
                                row.getLong(6),
                                RowMapper.readNullableInstant(row, 7),
                                RowMapper.readNullableInstant(row, 8))));
        return waiting;
    }

    private <T> T inSnapshot(Function<JdbcClient, T> reading) {
        return database.inTransaction(client -> {
            client.execute(SNAPSHOT_ISOLATION_SQL);
            return reading.apply(client);
        });
    }
}
