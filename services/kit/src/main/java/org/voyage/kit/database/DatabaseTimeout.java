package org.voyage.kit.database;

import java.time.Duration;
import java.util.Optional;

/**
 * Time that work waits for each answer of the database. After it the connection is closed and the work fails. A server
 * that hangs, or that disappeared without a word, would otherwise hold a thread for as long as it likes. The pool gives
 * the time to each connection that it hands out; a transaction keeps that of its first statement.
 *
 * <p>Without a declaration here the time is {@code voyage.database.answer-timeout}. PostgreSQL itself ends each statement
 * after ten minutes ({@code statement_timeout}).
 */
public final class DatabaseTimeout {

    /** Longer than any statement may take: of files, of rebuilds, of verifications. */
    public static final Duration LONG_WORK = Duration.ofMinutes(11);

    private static final ScopedValue<Duration> CURRENT = ScopedValue.newInstance();

    private DatabaseTimeout() {}

    /** Runs work whose connections wait for answers of the database this long. Only connections of this thread count. */
    public static <T, X extends Throwable> T runWithTimeout(Duration timeout, ScopedValue.CallableOp<T, X> work)
            throws X {
        return ScopedValue.where(CURRENT, timeout).call(work);
    }

    /** Runs work whose connections wait for answers of the database this long. Only connections of this thread count. */
    public static void runWithTimeout(Duration timeout, Runnable work) {
        ScopedValue.where(CURRENT, timeout).run(work);
    }

    /** Returns the declared time; empty if the work declared none. */
    public static Optional<Duration> declaredTimeout() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
