package org.voyage.kit.record;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A look at the database that requests share. Each gets what was seen by a look that began after it asked: those that ask
 * while one is under way get the next together.
 */
final class SharedLook<T> {

    private final Supplier<T> look;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final AtomicReference<@Nullable CompletableFuture<T>> next = new AtomicReference<>();

    SharedLook(Supplier<T> look) {
        this.look = look;
    }

    T fresh() {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> before = next.compareAndExchange(null, mine);
        return before == null ? lead(mine) : follow(before);
    }

    private T lead(CompletableFuture<T> mine) {
        oneAtATime.lock();
        try {
            // Who asks from here on asks too late for this one.
            next.set(null);
            T seen = look.get();
            mine.complete(seen);
            return seen;
        } finally {
            mine.cancel(false);
            oneAtATime.unlock();
        }
    }

    /** The failure of another request is not this one's. */
    private T follow(CompletableFuture<T> another) {
        try {
            return another.join();
        } catch (CancellationException e) {
            return look.get();
        }
    }
}
