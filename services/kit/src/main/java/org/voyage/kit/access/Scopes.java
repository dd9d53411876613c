package org.voyage.kit.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the database shows to work that no caller asked for: start-up, schedulers, recovery. Such work sees nothing unless
 * it says here what it needs. A request needs none of this: the caller's scope holds for it by itself.
 */
public final class Scopes {

    private static final ScopedValue<Chosen> CHOSEN = ScopedValue.newInstance();
    private static final String ALL = "all";
    private static final String NOTHING = "";

    /**
     * @param connection what a connection is told when it is taken
     * @param transaction what a transaction tells the database for itself; empty if the connection is told
     */
    private record Chosen(String connection, Optional<String> transaction) {}

    private Scopes() {}

    /** Work on the rows of all provinces. */
    public static <T, X extends Throwable> T everything(ScopedValue.CallableOp<T, X> work) throws X {
        return within(new Scope.All(), work);
    }

    /** Work on the rows of all provinces. */
    public static void everything(Runnable work) {
        everything(() -> {
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
    public static <T, X extends Throwable> T within(Scope scope, ScopedValue.CallableOp<T, X> work) throws X {
        return within(new Chosen(setting(scope), Optional.empty()), work);
    }

    /**
     * Work on the rows of these provinces, each of which asked for its own part of it; otherwise as {@link #within}.
     * Whoever does it keeps the parts apart. The connection is told nothing, which would be a trip of its own for nearly each
     * such transaction: it sees nothing before it has told the database {@link #ofTransaction}.
     */
    public static <T, X extends Throwable> T among(Collection<Province> provinces, ScopedValue.CallableOp<T, X> work)
            throws X {
        String setting =
                provinces.stream().distinct().sorted().map(Province::code).collect(Collectors.joining(","));
        return within(new Chosen(NOTHING, Optional.of(setting)), work);
    }

    private static <T, X extends Throwable> T within(Chosen chosen, ScopedValue.CallableOp<T, X> work) throws X {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A scope is chosen before the transaction begins.");
        }
        return ScopedValue.where(CHOSEN, chosen).call(work);
    }

    /** What the policies of the database know a scope by; the migration that sets them up says more. */
    static String setting(Scope scope) {
        return scope.province().map(Province::code).orElse(ALL);
    }

    /** As a connection is told it. */
    static Optional<String> chosen() {
        return CHOSEN.isBound() ? Optional.of(CHOSEN.get().connection()) : Optional.empty();
    }

    /** What a transaction sets {@code voyage.scope} to, for itself, before it asks for any row; empty if it need not. */
    public static Optional<String> ofTransaction() {
        return CHOSEN.isBound() ? CHOSEN.get().transaction() : Optional.empty();
    }
}
