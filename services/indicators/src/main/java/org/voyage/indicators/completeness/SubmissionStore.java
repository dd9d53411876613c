package org.voyage.indicators.completeness;

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

/** What services told besides their records, as {@link SubmissionWriter} keeps it. */
@ApplicationScoped
class SubmissionStore {

    /** Stands for the year of what says none that can be read. */
    static final int UNKNOWN = 0;

    private static final String TOTALS = """
            select service, province, count(batch), sum(rows_read), sum(waiting), sum(refused), max(last)
              from (select service, province, batch, rows_read, 0 as waiting, refused, finished_at as last from submission
                    union all
                    select service, province, null, 0, waiting, refused, changed_at from outstanding_year) sent
             group by service, province""";
    private static final String BY_RECORD = """
            select service, province, year, record, sum(waiting), sum(refused), max(finished_at), max(changed_at)
              from (select service, province, year, record, 0 as waiting, y.refused, finished_at,
                           null::timestamptz as changed_at
                      from submission_year y join submission f using (service, province, batch)
                    union all
                    select service, province, year, record, waiting, refused, null, changed_at from outstanding_year) sent
             group by service, province, year, record""";
    private static final String ONE_MOMENT = "set transaction isolation level repeatable read read only";

    private final JdbcClient database;

    SubmissionStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** A province of a service. */
    record Sender(String service, String province) {}

    /**
     * What a sender has sent, of all records and years.
     *
     * @param files that came to their end, and of them all rows
     * @param parked rows of files and single writes that wait now
     * @param refused single writes, and rows of files, also of those of which nothing is stored
     * @param last when the last file came to its end, or what waits or was refused became more or less
     */
    record Total(
            long files,
            long rows,
            long parked,
            long refused,
            @Nullable Instant last) {

        static final Total NOTHING = new Total(0, 0, 0, 0, null);
    }

    record YearOf(Sender sender, int year) {}

    record Closing(String state, Instant since) {}

    /**
     * What was sent about one year and is no record.
     *
     * @param parked rows of files and single writes that wait now
     * @param refused rows of files and single writes that broke a rule
     * @param lastFile when the last file with rows about this year came to its end
     * @param changed when what waits, or the single writes that were refused, last became more or less
     */
    record Waiting(
            long parked,
            long refused,
            @Nullable Instant lastFile,
            @Nullable Instant changed) {

        static final Waiting NOTHING = new Waiting(0, 0, null, null);

        @Nullable
        Instant last() {
            return Pushes.later(lastFile, changed);
        }

        Waiting and(Waiting other) {
            return new Waiting(
                    parked + other.parked,
                    refused + other.refused,
                    Pushes.later(lastFile, other.lastFile),
                    Pushes.later(changed, other.changed));
        }
    }

    record RecordOfYear(String record, YearOf year) {}

    /**
     * What was sent, told and planned, all at one moment.
     *
     * @param waiting the year is {@link #UNKNOWN} for what says none that can be read
     */
    record Sent(
            Map<Sender, Total> totals,
            Map<YearOf, Waiting> waiting,
            Map<YearOf, Closing> closings,
            Map<YearOf, Long> plans) {}

    /** What was told and planned, at one moment. */
    record State(Map<YearOf, Closing> closings, Map<RecordOfYear, Waiting> waiting, Map<YearOf, Long> plans) {

        static final State NOTHING = new State(Map.of(), Map.of(), Map.of());
    }

    /** Of the provinces that the caller may see. */
    Sent sent() {
        return atOneMoment(database ->
                new Sent(totals(database), byYear(waiting(database)), closings(database), Plans.expected(database)));
    }

    /** Of all provinces, whoever asks. */
    State state() {
        return DatabaseScope.runForAllProvinces(() ->
                atOneMoment(database -> new State(closings(database), waiting(database), Plans.expected(database))));
    }

    private static Map<YearOf, Waiting> byYear(Map<RecordOfYear, Waiting> records) {
        Map<YearOf, Waiting> years = new HashMap<>();
        records.forEach((record, waiting) -> years.merge(record.year(), waiting, Waiting::and));
        return years;
    }

    private static Map<Sender, Total> totals(JdbcClient database) {
        Map<Sender, Total> totals = new HashMap<>();
        database.queryEach(
                TOTALS,
                row -> totals.put(
                        new Sender(row.getString(1), row.getString(2)),
                        new Total(
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                RowMapper.readNullableInstant(row, 7))));
        return totals;
    }

    private static Map<YearOf, Closing> closings(JdbcClient database) {
        Map<YearOf, Closing> years = new HashMap<>();
        database.queryEach(
                "select service, province, year, state, since from year_close",
                row -> years.put(
                        new YearOf(new Sender(row.getString(1), row.getString(2)), row.getInt(3)),
                        new Closing(row.getString(4), RowMapper.readInstant(row, 5))));
        return years;
    }

    private static Map<RecordOfYear, Waiting> waiting(JdbcClient database) {
        Map<RecordOfYear, Waiting> waiting = new HashMap<>();
        database.queryEach(
                BY_RECORD,
                row -> waiting.put(
                        new RecordOfYear(
                                row.getString(4),
                                new YearOf(new Sender(row.getString(1), row.getString(2)), row.getInt(3))),
                        new Waiting(
                                row.getLong(5),
                                row.getLong(6),
                                RowMapper.readNullableInstant(row, 7),
                                RowMapper.readNullableInstant(row, 8))));
        return waiting;
    }

    private <T> T atOneMoment(Function<JdbcClient, T> reading) {
        return database.inTransaction(client -> {
            client.execute(ONE_MOMENT);
            return reading.apply(client);
        });
    }
}
