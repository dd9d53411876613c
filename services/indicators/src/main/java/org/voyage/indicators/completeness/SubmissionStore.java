package org.voyage.indicators.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scopes;

/** What services told of files and years. */
@ApplicationScoped
class SubmissionStore {

    /** Stands for the year of rows of which it cannot be read. */
    private static final int UNKNOWN = 0;

    private static final String FILE = """
            insert into submission values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (service, province, batch) do update
               set version = excluded.version, record = excluded.record, stored = excluded.stored,
                   rows_read = excluded.rows_read, received = excluded.received, parked = excluded.parked,
                   refused = excluded.refused, finished_at = excluded.finished_at
             where submission.version < excluded.version""";
    private static final String FORGET_YEARS =
            "delete from submission_year where service = ? and province = ? and batch = ?";
    private static final String OF_YEAR = "insert into submission_year values (?, ?, ?, ?, ?, ?, ?)";
    private static final String YEAR = """
            insert into year_close values (?, ?, ?, ?, ?, ?)
            on conflict (service, province, year) do update
               set version = excluded.version, state = excluded.state, since = excluded.since
             where year_close.version < excluded.version""";
    private static final String FILES = """
            select service, province, count(*), sum(rows_read),
                   coalesce(sum(received) filter (where stored), 0), coalesce(sum(parked) filter (where stored), 0),
                   sum(refused), max(finished_at)
              from submission group by service, province""";
    private static final String YEARS = """
            select service, province, y.year,
                   coalesce(sum(y.parked) filter (where f.stored), 0), sum(y.refused), max(f.finished_at)
              from submission_year y join submission f using (service, province, batch)
             group by service, province, y.year""";
    private static final String BY_RECORD = """
            select service, province, y.year, f.record,
                   coalesce(sum(y.parked) filter (where f.stored), 0), sum(y.refused), max(f.finished_at)
              from submission_year y join submission f using (service, province, batch)
             group by service, province, y.year, f.record""";
    private static final String ONE_MOMENT = "set transaction isolation level repeatable read read only";

    private final DataSource dataSource;
    private final Plans plans;

    SubmissionStore(DataSource dataSource, Plans plans) {
        this.dataSource = dataSource;
        this.plans = plans;
    }

    /** A province of a service. */
    record Sender(String service, String province) {}

    /** @param refused rows, also of files of which nothing is stored */
    record Files(long files, long rows, long received, long parked, long refused, Instant last) {}

    record YearOf(Sender sender, int year) {}

    /**
     * Rows of files about one year.
     *
     * @param last when the last file with such rows came to its end
     */
    record RowsOfYear(long parked, long refused, Instant last) {}

    record Closing(String state, Instant since) {}

    /**
     * Rows of files of one record about one year that have to wait, or broke a rule.
     *
     * @param last when the last file with rows of it about this year came to its end
     */
    record Waiting(long parked, long refused, @Nullable Instant last) {

        static final Waiting NOTHING = new Waiting(0, 0, null);

        Waiting and(Waiting other) {
            return new Waiting(parked + other.parked, refused + other.refused, Pushes.later(last, other.last));
        }
    }

    record RecordOfYear(String record, YearOf year) {}

    /**
     * What was sent, told and planned, all at one moment.
     *
     * @param rows rows of files by the year that they are about; the year is {@link #UNKNOWN} for the others
     */
    record Sent(
            Map<Sender, Files> files,
            Map<YearOf, RowsOfYear> rows,
            Map<YearOf, Closing> closings,
            Map<YearOf, Long> plans) {}

    /** What files, years and plans have come to, at one moment. */
    record State(Map<YearOf, Closing> closings, Map<RecordOfYear, Waiting> waiting, Map<YearOf, Long> plans) {

        static final State NOTHING = new State(Map.of(), Map.of(), Map.of());
    }

    void keep(Connection connection, Told told) throws SQLException {
        switch (told) {
            case Told.File file -> {
                try (PreparedStatement statement = connection.prepareStatement(FILE)) {
                    statement.setString(1, file.service());
                    statement.setString(2, file.province());
                    statement.setString(3, file.batch());
                    statement.setInt(4, file.version());
                    statement.setString(5, file.record());
                    statement.setBoolean(6, file.stored());
                    statement.setLong(7, file.rows());
                    statement.setLong(8, file.received());
                    statement.setLong(9, file.parked());
                    statement.setLong(10, file.refused());
                    statement.setObject(11, file.finishedAt().atOffset(ZoneOffset.UTC));
                    if (statement.executeUpdate() == 1) {
                        keepYears(connection, file);
                    }
                }
            }
            case Told.Year year -> {
                try (PreparedStatement statement = connection.prepareStatement(YEAR)) {
                    statement.setString(1, year.service());
                    statement.setString(2, year.province());
                    statement.setInt(3, year.year());
                    statement.setInt(4, year.version());
                    statement.setString(5, year.state());
                    statement.setObject(6, year.since().atOffset(ZoneOffset.UTC));
                    statement.executeUpdate();
                }
            }
        }
    }

    private static void keepYears(Connection connection, Told.File file) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET_YEARS);
                PreparedStatement insert = connection.prepareStatement(OF_YEAR)) {
            for (PreparedStatement statement : List.of(forget, insert)) {
                statement.setString(1, file.service());
                statement.setString(2, file.province());
                statement.setString(3, file.batch());
            }
            forget.executeUpdate();
            for (Told.OfYear rows : file.years()) {
                insert.setInt(4, rows.year().orElse(UNKNOWN));
                insert.setLong(5, rows.received());
                insert.setLong(6, rows.parked());
                insert.setLong(7, rows.refused());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Of the provinces that the caller may see. */
    Sent sent() throws SQLException {
        return atOneMoment(connection ->
                new Sent(files(connection), rowsByYear(connection), closings(connection), plans.expected(connection)));
    }

    /** Of all provinces, whoever asks. */
    State state() throws SQLException {
        return Scopes.everything(() -> atOneMoment(
                connection -> new State(closings(connection), waiting(connection), plans.expected(connection))));
    }

    private static Map<YearOf, RowsOfYear> rowsByYear(Connection connection) throws SQLException {
        Map<YearOf, RowsOfYear> years = new HashMap<>();
        read(
                connection,
                YEARS,
                row -> years.put(
                        new YearOf(new Sender(row.getString(1), row.getString(2)), row.getInt(3)),
                        new RowsOfYear(
                                row.getLong(4),
                                row.getLong(5),
                                row.getObject(6, OffsetDateTime.class).toInstant())));
        return years;
    }

    private static Map<Sender, Files> files(Connection connection) throws SQLException {
        Map<Sender, Files> files = new HashMap<>();
        read(
                connection,
                FILES,
                row -> files.put(
                        new Sender(row.getString(1), row.getString(2)),
                        new Files(
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getObject(8, OffsetDateTime.class).toInstant())));
        return files;
    }

    private static Map<YearOf, Closing> closings(Connection connection) throws SQLException {
        Map<YearOf, Closing> years = new HashMap<>();
        read(
                connection,
                "select service, province, year, state, since from year_close",
                row -> years.put(
                        new YearOf(new Sender(row.getString(1), row.getString(2)), row.getInt(3)),
                        new Closing(
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class).toInstant())));
        return years;
    }

    private static Map<RecordOfYear, Waiting> waiting(Connection connection) throws SQLException {
        Map<RecordOfYear, Waiting> waiting = new HashMap<>();
        read(
                connection,
                BY_RECORD,
                row -> waiting.put(
                        new RecordOfYear(
                                row.getString(4),
                                new YearOf(new Sender(row.getString(1), row.getString(2)), row.getInt(3))),
                        new Waiting(
                                row.getLong(5),
                                row.getLong(6),
                                row.getObject(7, OffsetDateTime.class).toInstant())));
        return waiting;
    }

    private interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private <T> T atOneMoment(Reading<T> reading) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(ONE_MOMENT);
                return reading.from(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String sql, Row each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.take(rows);
            }
        }
    }
}
