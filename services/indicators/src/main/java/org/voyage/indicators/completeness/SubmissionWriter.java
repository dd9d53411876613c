package org.voyage.indicators.completeness;

import static org.voyage.indicators.completeness.SubmissionStore.UNKNOWN;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Keeps what services tell besides their records: of each file, record and year its newest version, whatever comes late or twice. */
final class SubmissionWriter {

    private static final String FILE = """
            insert into submission values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (service, province, batch) do update
               set version = excluded.version, record = excluded.record, rows_read = excluded.rows_read,
                   refused = excluded.refused, finished_at = excluded.finished_at
             where submission.version < excluded.version or submission.version = excluded.version and ?""";
    private static final String FORGET_YEARS =
            "delete from submission_year where service = ? and province = ? and batch = ?";
    private static final String ROWS_OF_YEAR = "insert into submission_year values (?, ?, ?, ?, ?)";
    private static final String OUTSTANDING = """
            insert into outstanding values (?, ?, ?, ?)
            on conflict (service, province, record) do update set version = excluded.version
             where outstanding.version < excluded.version or outstanding.version = excluded.version and ?""";
    private static final String NOTHING_OF_OTHER_YEARS = """
            update outstanding_year set waiting = 0, refused = 0, changed_at = ?
             where service = ? and province = ? and record = ? and year <> all (?) and (waiting, refused) <> (0, 0)""";
    private static final String OUTSTANDING_OF_YEAR = """
            insert into outstanding_year values (?, ?, ?, ?, ?, ?, ?)
            on conflict (service, province, record, year) do update
               set waiting = excluded.waiting, refused = excluded.refused, changed_at = excluded.changed_at
             where (outstanding_year.waiting, outstanding_year.refused) <> (excluded.waiting, excluded.refused)""";
    private static final String YEAR = """
            insert into year_close values (?, ?, ?, ?, ?, ?)
            on conflict (service, province, year) do update
               set version = excluded.version, state = excluded.state, since = excluded.since
             where year_close.version < excluded.version or year_close.version = excluded.version and ?""";

    private SubmissionWriter() {}

    /** @return false when something newer, or the same, is kept already; of the same, what is republished is kept anew */
    static boolean keep(JdbcClient database, Told told) {
        return switch (told) {
            case Told.File file -> keep(database, file);
            case Told.Outstanding outstanding -> keep(database, outstanding);
            case Told.Year year ->
                update(
                        database,
                        YEAR,
                        year.service(),
                        year.province(),
                        year.year(),
                        year.version(),
                        year.state(),
                        year.since(),
                        year.republished());
        };
    }

    private static boolean keep(JdbcClient database, Told.File file) {
        boolean newest = update(
                database,
                FILE,
                file.service(),
                file.province(),
                file.batch(),
                file.version(),
                file.record(),
                file.rows(),
                file.refused(),
                file.finishedAt(),
                file.republished());
        if (newest) {
            update(database, FORGET_YEARS, file.service(), file.province(), file.batch());
            updateAll(
                    database,
                    ROWS_OF_YEAR,
                    file.years(),
                    rows -> List.of(
                            file.service(),
                            file.province(),
                            file.batch(),
                            rows.year().orElse(UNKNOWN),
                            rows.refused()));
        }
        return newest;
    }

    private static boolean keep(JdbcClient database, Told.Outstanding told) {
        String service = told.service();
        String province = told.province();
        String record = told.record();
        Instant at = told.recordedAt();
        boolean newest = update(database, OUTSTANDING, service, province, record, told.version(), told.republished());
        if (newest) {
            List<Integer> years = told.years().stream()
                    .map(each -> each.year().orElse(UNKNOWN))
                    .toList();
            update(database, NOTHING_OF_OTHER_YEARS, at, service, province, record, SqlArray.ofInts(years));
            updateAll(
                    database,
                    OUTSTANDING_OF_YEAR,
                    told.years(),
                    each -> List.of(
                            service,
                            province,
                            record,
                            each.year().orElse(UNKNOWN),
                            each.waiting(),
                            each.refused(),
                            at));
        }
        return newest;
    }

    /** @return whether it changed anything */
    private static boolean update(JdbcClient database, String sql, Object... values) {
        return database.update(sql, values) > 0;
    }

    private static <T> void updateAll(JdbcClient database, String sql, List<T> all, Function<T, List<Object>> values) {
        database.updateBatch(
                sql, all.stream().map(each -> values.apply(each).toArray()).toList());
    }
}
