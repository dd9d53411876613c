package org.voyage.kit.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Whether a table is large by now: a plan made then looks into indexes, however it grows. */
final class Grown {

    private static final int ROWS = 10_000;
    private static final long LOOK_SECONDS = 30;
    private static final String LOOK =
            "select greatest(reltuples, pg_stat_get_live_tuples(oid)) from pg_class where oid = ?::regclass";

    private final DataSource dataSource;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    Grown(DataSource dataSource) {
        this.dataSource = dataSource;
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
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getDouble(1) : 0;
            }
        } catch (SQLException e) {
            throw new TableUnavailable(table, e);
        }
    }
}
