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

    private static final ScopedValue<String> CHOSEN = ScopedValue.newInstance();
    private static final String ALL = "all";

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
        return withinSetting(setting(scope), work);
    }

    /**
     * Work on the rows of these provinces, each of which asked for its own part of it; otherwise as {@link #within}.
     * Whoever does it keeps the parts apart.
     */
    public static <T, X extends Throwable> T among(Collection<Province> provinces, ScopedValue.CallableOp<T, X> work)
            throws X {
        return withinSetting(
                provinces.stream().distinct().sorted().map(Province::code).collect(Collectors.joining(",")), work);
    }

    private static <T, X extends Throwable> T withinSetting(String setting, ScopedValue.CallableOp<T, X> work)
            throws X {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A scope is chosen before the transaction begins.");
        }
        return ScopedValue.where(CHOSEN, setting).call(work);
    }

    /** What the policies of the database know a scope by; the migration that sets them up says more. */
    static String setting(Scope scope) {
        return scope.province().map(Province::code).orElse(ALL);
    }

    /** As the database is told it. */
    static Optional<String> chosen() {
        return CHOSEN.isBound() ? Optional.of(CHOSEN.get()) : Optional.empty();
    }
}
