package org.voyage.kit.record.write;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.voyage.kit.database.DatabaseTimeout;

/** Transactions that run a command again after a conflict with another writer. */
public class RetryingTransactions {

    /** Serialization failure, deadlock, and the same new key inserted by two. */
    private static final Set<String> CONFLICT_SQL_STATES = Set.of("40001", "40P01", "23505");

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration SHORT_ANSWER_TIMEOUT = Duration.ofSeconds(8);

    private static final ScopedValue<Boolean> SHORT_LOCK_TIMEOUT = ScopedValue.newInstance();

    private RetryingTransactions() {}

    /**
     * Runs work whose transactions on this thread fail instead of waiting long, for the locks of others or for a
     * connection that hangs.
     */
    static <T> T runWithShortLockTimeout(Supplier<T> work) {
        return DatabaseTimeout.runWithTimeout(
                SHORT_ANSWER_TIMEOUT,
                () -> ScopedValue.where(SHORT_LOCK_TIMEOUT, true).call(work::get));
    }

    static boolean hasShortLockTimeout() {
        return SHORT_LOCK_TIMEOUT.isBound();
    }

    public static <T> T runInTransaction(Supplier<T> command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(command::get);
            } catch (RuntimeException e) {
                if (attempt == MAX_ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isConflict(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return CONFLICT_SQL_STATES.contains(sql.getSQLState());
            }
        }
        return false;
    }
}
