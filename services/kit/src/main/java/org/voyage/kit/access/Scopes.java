package org.voyage.kit.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Optional;

/**
 * What the database shows to work that no caller asked for: start-up, schedulers, recovery. Such work sees nothing unless
 * it says here what it needs. A request needs none of this: the caller's scope holds for it by itself.
 */
public final class Scopes {

    private static final ScopedValue<Scope> CHOSEN = ScopedValue.newInstance();

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
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A scope is chosen before the transaction begins.");
        }
        return ScopedValue.where(CHOSEN, scope).call(work);
    }

    static Optional<Scope> chosen() {
        return CHOSEN.isBound() ? Optional.of(CHOSEN.get()) : Optional.empty();
    }
}
