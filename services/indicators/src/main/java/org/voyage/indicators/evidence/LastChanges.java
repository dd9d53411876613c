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

/** When records were last changed, by the year that they are about: looks through all events of the evidence. */
@ApplicationScoped
public class LastChanges {

    /** Stands for the year of records of which it is not known. */
    public static final int UNKNOWN = 0;

    /**
     * A record that was withdrawn was about the year of its version before. The year is worked out in a query of its own: else
     * PostgreSQL walks the events in the order of their keys, which takes twice as long (a million: 11 s, so 6).
     */
    private static final String LAST = """
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

    /** On one processor: figures have just begun to serve, and questions want the others. */
    private static final String BESIDE_THE_QUESTIONS = "set local max_parallel_workers_per_gather = 0";

    private final JdbcClient database;

    LastChanges(DataSource dataSource) {
        this.database = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    /** Records of one type and one province that are about one year. */
    public record Of(String record, String province, int year) {}

    /** @param yearFields by record the member of its state that begins with the year */
    public Map<Of, Instant> of(Map<String, String> yearFields) {
        Map<Of, Instant> changes = new HashMap<>();
        return database.inTransaction(client -> {
            client.execute(BESIDE_THE_QUESTIONS);
            client.queryEach(
                    LAST,
                    row -> changes.put(
                            new Of(row.getString(1), row.getString(2), row.getInt(3)), RowMapper.readInstant(row, 4)),
                    UNKNOWN,
                    SqlArray.ofTexts(yearFields.keySet()),
                    SqlArray.ofTexts(yearFields.values()));
            return Map.copyOf(changes);
        });
    }
}
