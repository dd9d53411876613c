package org.voyage.kit.record.write;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;

/** Probe of the size of a table. A plan made for a large table uses indexes, however the table grows. */
final class TableSizeProbe {

    private static final int LARGE_TABLE_ROWS = 10_000;
    private static final long RECHECK_SECONDS = 30;
    private static final String ROW_ESTIMATE_SQL =
            "select greatest(reltuples, pg_stat_get_live_tuples(oid)) from pg_class where oid = ?::regclass";

    private final JdbcClient database;
    private final Map<String, SizeEstimate> seen = new ConcurrentHashMap<>();

    TableSizeProbe(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    private record SizeEstimate(boolean large, long takenAtNanos) {}

    /**
     * Returns the result of a query at most {@value #RECHECK_SECONDS} seconds ago; queries within the caller's
     * transaction.
     */
    boolean isLarge(String table) {
        SizeEstimate last = seen.get(table);
        if (last == null || System.nanoTime() - last.takenAtNanos > TimeUnit.SECONDS.toNanos(RECHECK_SECONDS)) {
            last = new SizeEstimate(estimateRows(table) >= LARGE_TABLE_ROWS, System.nanoTime());
            seen.put(table, last);
        }
        return last.large;
    }

    private double estimateRows(String table) {
        return database.queryFirst(ROW_ESTIMATE_SQL, row -> row.getDouble(1), table)
                .orElse(0.0);
    }
}
