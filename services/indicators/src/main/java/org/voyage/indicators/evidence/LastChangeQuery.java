package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** Query for the last change of records, by their reporting year. It reads all events of the evidence. */
@ApplicationScoped
public class LastChangeQuery {

    /** Represents the year of records whose year is unknown. */
    public static final int UNKNOWN_YEAR = 0;

    /**
     * A withdrawn record belongs to the year of its version before. A separate query computes the year. Otherwise
     * PostgreSQL reads the events in the order of their keys, which takes twice as long (a million: 11 s, not 6 s).
     */
    private static final String LAST_CHANGE_SQL = """
            select record, province, year, max(event_time)
              from (select e.record, e.province, e.event_time,
                           coalesce(substring(coalesce(e.after, before.after) ->> field.name
                               from '^[0-9][0-9][0-9][0-9]')::int, ?) as year
                      from evidence e
                      left join unnest(?, ?) field (record, name) on field.record = e.record
                      left join lateral (
                           select b.after from evidence b
                            where e.after is null
                              and (b.record, b.province, b.source_id, b.version)
                                = (e.record, e.province, e.source_id, e.version - 1)) before on true
                    offset 0) event
             group by record, province, year
            """;

    /** Uses one processor: the figures have just begun to serve, and queries need the others. */
    private static final String SINGLE_PROCESS_SQL = "set local max_parallel_workers_per_gather = 0";

    private final JdbcClient database;

    LastChangeQuery(DataSource dataSource) {
        this.database = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    /** Records of one type, one province and one year. */
    public record ProvinceRecordYear(String record, String province, int year) {}

    /** @param yearFields by record the member of its state that begins with the year */
    public Map<ProvinceRecordYear, Instant> readLastChanges(Map<String, String> yearFields) {
        Map<ProvinceRecordYear, Instant> changes = new HashMap<>();
        return database.inTransaction(client -> {
            client.execute(SINGLE_PROCESS_SQL);
            client.queryEach(
                    LAST_CHANGE_SQL,
                    row -> changes.put(
                            new ProvinceRecordYear(row.getString(1), row.getString(2), row.getInt(3)),
                            RowMapper.readInstant(row, 4)),
                    UNKNOWN_YEAR,
                    SqlArray.ofTexts(yearFields.keySet()),
                    SqlArray.ofTexts(yearFields.values()));
            return Map.copyOf(changes);
        });
    }
}
