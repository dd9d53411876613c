package org.voyage.kit.database;

import java.util.function.Supplier;

/**
 * Scope of a dry run: the transactions in it are rolled back. Reads in them lock no rows and hold back no other
 * transaction, because a dry run may take long. What a dry run writes is locked until it ends, as everything is that
 * PostgreSQL writes; {@link #othersWait} reports whether another transaction waits for it.
 */
public final class DryRunScope {
    private static final ScopedValue<Boolean> DRY_RUN = ScopedValue.newInstance();

    private static final String OTHERS_WAIT_SQL = "select exists (select from pg_locks where not granted"
            + " and locktype <> 'advisory' and pg_backend_pid() = any (pg_blocking_pids(pid)))";

    private static final String TURN_SQL = "select pg_advisory_xact_lock(hashtextextended('voyage dry run ' || ?, 0))";

    private DryRunScope() {}

    /** Runs work as a dry run, on this thread only. */
    public static <T> T runDry(Supplier<T> work) {
        return ScopedValue.where(DRY_RUN, true).call(work::get);
    }

    /** Returns whether the current work is a dry run. */
    public static boolean isDry() {
        return DRY_RUN.isBound();
    }

    /** Returns a locking clause of SQL, such as {@code for update}; none in a dry run. */
    public static String lockClause(String clause) {
        return isDry() ? "" : clause;
    }

    /**
     * Waits until no other instance tries a file of the province: two dry runs that write the same rows would each start
     * over for the other. The turn ends with the caller's transaction.
     */
    public static void awaitTurn(JdbcClient client, String province) {
        client.queryOne(TURN_SQL, row -> true, province);
    }

    /**
     * Returns whether another transaction waits for a lock of the caller's transaction. A dry run that waits for its turn
     * does not count.
     */
    public static boolean othersWait(JdbcClient client) {
        return client.queryOne(OTHERS_WAIT_SQL, row -> row.getBoolean(1));
    }
}
