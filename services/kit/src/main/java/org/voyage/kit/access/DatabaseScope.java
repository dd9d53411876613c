package org.voyage.kit.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Scope of the database rows that work without a caller sees: start-up, schedulers, recovery. Such work sees no rows
 * unless it declares a scope here. A request needs no declaration: row-level security uses the caller's scope.
 */
public final class DatabaseScope {

    private static final ScopedValue<ScopeSettings> CURRENT_SCOPE = ScopedValue.newInstance();

    /**
     * Settings of a scope.
     *
     * @param connection settings that the interceptor sets on a connection when the pool hands it out
     * @param transaction value that a transaction sets for itself; empty if the value of the connection is enough
     */
    private record ScopeSettings(ConnectionScope connection, Optional<String> transaction) {}

    private DatabaseScope() {}

    /** Runs work on the rows of all provinces and alliances. */
    public static <T, X extends Throwable> T runForAllProvinces(ScopedValue.CallableOp<T, X> work) throws X {
        return runWithinScope(new Scope.NationalScope(), work);
    }

    /** Runs work on the rows of all provinces and alliances. */
    public static void runForAllProvinces(Runnable work) {
        runForAllProvinces(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs work on the rows of a scope, on this thread only.
     *
     * @throws IllegalStateException inside a transaction, because its connection keeps its first scope. Begin the
     *     transaction inside the work; suspend an existing one ({@code QuarkusTransaction.suspendingExisting()}).
     */
    public static <T, X extends Throwable> T runWithinScope(Scope scope, ScopedValue.CallableOp<T, X> work) throws X {
        return runWithinScope(new ScopeSettings(ConnectionScope.ofProvinces(scope), Optional.empty()), work);
    }

    /** Runs work on the rows of one alliance and of no province; otherwise like {@link #runWithinScope}. */
    public static <T, X extends Throwable> T runForAlliance(String alliance, ScopedValue.CallableOp<T, X> work)
            throws X {
        return runWithinScope(new ScopeSettings(ConnectionScope.ofAlliance(alliance), Optional.empty()), work);
    }

    /**
     * Runs work on the rows of several provinces, each of which has asked for a part of it; otherwise like {@link
     * #runWithinScope}. The work must keep the parts separate. The connection gets no scope, because that would cost
     * nearly each such transaction one more round trip. The connection shows no rows until the transaction sets {@link
     * #transactionSetting}.
     */
    public static <T, X extends Throwable> T runForProvinces(
            Collection<Province> provinces, ScopedValue.CallableOp<T, X> work) throws X {
        String setting =
                provinces.stream().distinct().sorted().map(Province::code).collect(Collectors.joining(","));
        return runWithinScope(new ScopeSettings(ConnectionScope.NOTHING, Optional.of(setting)), work);
    }

    private static <T, X extends Throwable> T runWithinScope(ScopeSettings chosen, ScopedValue.CallableOp<T, X> work)
            throws X {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A scope is chosen before the transaction begins.");
        }
        return ScopedValue.where(CURRENT_SCOPE, chosen).call(work);
    }

    /** Returns the scope as it is set on a connection. */
    static Optional<ConnectionScope> connectionScope() {
        return CURRENT_SCOPE.isBound() ? Optional.of(CURRENT_SCOPE.get().connection()) : Optional.empty();
    }

    /**
     * Returns the value that a transaction sets {@code voyage.scope} to before its first query; empty if it need not
     * set one.
     */
    public static Optional<String> transactionSetting() {
        return CURRENT_SCOPE.isBound() ? CURRENT_SCOPE.get().transaction() : Optional.empty();
    }
}
