package org.voyage.kit.record;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;

/** Whether a table is large by now: a plan made then looks into indexes, however it grows. */
final class Grown {

    private static final int ROWS = 10_000;
    private static final long LOOK_SECONDS = 30;
    private static final String LOOK =
            "select greatest(reltuples, pg_stat_get_live_tuples(oid)) from pg_class where oid = ?::regclass";

    private final JdbcClient database;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    Grown(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    private record Seen(boolean large, long at) {}

    /** As it was at most {@value #LOOK_SECONDS} seconds ago; looks within the caller's transaction. */
    boolean isLarge(String table) {
        Seen last = seen.get(table);
        if (last == null || System.nanoTime() - last.at > TimeUnit.SECONDS.toNanos(LOOK_SECONDS)) {
            last = new Seen(look(table) >= ROWS, System.nanoTime());
            seen.put(table, last);
        }
        return last.large;
    }

    private double look(String table) {
        return database.queryFirst(LOOK, row -> row.getDouble(1), table).orElse(0.0);
    }
}
