package org.voyage.kit.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the database shows to work that no caller asked for: start-up, schedulers, recovery. Such work sees nothing unless
 * it says here what it needs. A request needs none of this: the caller's scope holds for it by itself.
 */
public final class DatabaseScope {

    private static final ScopedValue<ScopeSettings> CURRENT_SCOPE = ScopedValue.newInstance();
    private static final String ALL_PROVINCES = "all";
    private static final String NO_PROVINCES = "";

    /**
     * @param connection what a connection is told when it is taken
     * @param transaction what a transaction tells the database for itself; empty if the connection is told
     */
    private record ScopeSettings(String connection, Optional<String> transaction) {}

    private DatabaseScope() {}

    /** Work on the rows of all provinces. */
    public static <T, X extends Throwable> T runForAllProvinces(ScopedValue.CallableOp<T, X> work) throws X {
        return runWithinScope(new Scope.NationalScope(), work);
    }

    /** Work on the rows of all provinces. */
    public static void runForAllProvinces(Runnable work) {
        runForAllProvinces(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Work on the rows of a scope, on this thread only.
     *
     * @throws IllegalStateException inside a transaction: its connection keeps the scope that it was taken with. Begin
     *     the transaction inside; set aside one that is there ({@code QuarkusTransaction.suspendingExisting()}).
     */
    public static <T, X extends Throwable> T runWithinScope(Scope scope, ScopedValue.CallableOp<T, X> work) throws X {
        return runWithinScope(new ScopeSettings(settingOf(scope), Optional.empty()), work);
    }

    /**
     * Work on the rows of these provinces, each of which asked for its own part of it; otherwise as {@link #runWithinScope}.
     * Whoever does it keeps the parts apart. The connection is told nothing, which would be a trip of its own for nearly each
     * such transaction: it sees nothing before it has told the database {@link #transactionSetting}.
     */
    public static <T, X extends Throwable> T runForProvinces(
            Collection<Province> provinces, ScopedValue.CallableOp<T, X> work) throws X {
        String setting =
                provinces.stream().distinct().sorted().map(Province::code).collect(Collectors.joining(","));
        return runWithinScope(new ScopeSettings(NO_PROVINCES, Optional.of(setting)), work);
    }

    private static <T, X extends Throwable> T runWithinScope(ScopeSettings chosen, ScopedValue.CallableOp<T, X> work)
            throws X {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A scope is chosen before the transaction begins.");
        }
        return ScopedValue.where(CURRENT_SCOPE, chosen).call(work);
    }

    /** What the policies of the database know a scope by; the migration that sets them up says more. */
    static String settingOf(Scope scope) {
        return scope.province().map(Province::code).orElse(ALL_PROVINCES);
    }

    /** As a connection is told it. */
    static Optional<String> connectionSetting() {
        return CURRENT_SCOPE.isBound() ? Optional.of(CURRENT_SCOPE.get().connection()) : Optional.empty();
    }

    /** What a transaction sets {@code voyage.scope} to, for itself, before it asks for any row; empty if it need not. */
    public static Optional<String> transactionSetting() {
        return CURRENT_SCOPE.isBound() ? CURRENT_SCOPE.get().transaction() : Optional.empty();
    }
}
