package org.voyage.kit.record.check;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.ReportingYearField;

/**
 * Cache of the amounts of all provinces: of each type of record the largest amount, and the sum of each year. It is
 * computed every few minutes, because each computation reads all records; the warning about a sum names the time.
 */
@ApplicationScoped
public class NationalAmounts {
    private static final String YEARS_SQL = """
            select year, count(*), max(amount), sum(amount), now()
              from (select substring(record ->> ? from '^[0-9]{4}')::int as year, (record ->> ?)::bigint as amount
                      from %s where reason is null) active
             where year is not null and amount is not null group by year""";

    private final JdbcClient jdbc;
    private final Map<String, ComparedType> types = new ConcurrentHashMap<>();
    private final Map<String, AmountsOfType> amounts = new ConcurrentHashMap<>();

    NationalAmounts(DataSource dataSource) {
        this.jdbc = new JdbcClient(dataSource);
    }

    private record ComparedType(String table, String yearField, String amountField) {}

    /** Amounts of the active records of one year. */
    record YearAmounts(long records, long largest, long sum) {}

    /**
     * Amounts of one type of record.
     *
     * @param at time of the computation
     */
    record AmountsOfType(Map<Integer, YearAmounts> years, Instant at) {

        long records() {
            return years.values().stream().mapToLong(YearAmounts::records).sum();
        }

        long largest() {
            return years.values().stream().mapToLong(YearAmounts::largest).max().orElse(0);
        }
    }

    /** Adds a type to the next computation, if it has an amount and a year. */
    public void addType(RecordType<?> type) {
        PlausibilityMeasure<?> amount = type.amount();
        ReportingYearField<?> about = type.about();
        if (amount != null && about != null) {
            types.put(type.name(), new ComparedType(type.table(), about.field(), amount.field()));
        }
    }

    /** Returns the amounts of a type; null before the first computation. */
    @Nullable
    AmountsOfType findAmounts(RecordType<?> type) {
        return amounts.get(type.name());
    }

    @Scheduled(
            every = "${voyage.rules.compare-every:5m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void computeAmounts() {
        DatabaseScope.runForAllProvinces(() -> types.forEach((name, type) -> amounts.put(name, readAmounts(type))));
    }

    private AmountsOfType readAmounts(ComparedType type) {
        Map<Integer, YearAmounts> years = new TreeMap<>();
        Instant[] at = {Instant.now()};
        jdbc.queryEach(
                YEARS_SQL.formatted(type.table()),
                row -> {
                    years.put(row.getInt(1), new YearAmounts(row.getLong(2), row.getLong(3), row.getLong(4)));
                    at[0] = RowMapper.readInstant(row, 5);
                },
                type.yearField(),
                type.amountField());
        return new AmountsOfType(Map.copyOf(years), at[0].truncatedTo(ChronoUnit.SECONDS));
    }
}
