package org.voyage.feeds.subscription;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads that threads share. Each caller gets the result of a read that began after its call, so its data are as new as by
 * a read of its own. One read of a key runs at a time; all callers during it share the next one.
 */
final class SharedReads<K, V> {

    private final Map<K, ReadRound<V>> lastRounds = new ConcurrentHashMap<>();

    /** One read. The lock of its key in the map guards whether it has begun. */
    private static final class ReadRound<V> {

        private final FutureTask<V> result;
        private @Nullable ReadRound<V> previous;
        private boolean hasBegun;

        ReadRound(Callable<V> read) {
            this.result = new FutureTask<>(read);
        }
    }

    /**
     * Reads, or shares a read that has not begun. Blocks its thread.
     *
     * @throws RuntimeException of the read; all its callers get the same one
     */
    V read(K key, Callable<V> read) throws InterruptedException {
        ReadRound<V> own = new ReadRound<>(read);
        ReadRound<V> joined = Objects.requireNonNull(lastRounds.compute(key, (_, last) -> {
            if (last != null && !last.hasBegun) {
                return last;
            }
            own.previous = last;
            return own;
        }));
        if (joined == own) {
            runRound(key, own);
        }
        try {
            return joined.result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void runRound(K key, ReadRound<V> own) throws InterruptedException {
        try {
            awaitEnd(own.previous);
            own.previous = null;
            lastRounds.computeIfPresent(key, (_, last) -> {
                own.hasBegun = true;
                return last;
            });
            own.result.run();
        } finally {
            // An interruption leaves no result: the other callers must not wait for one.
            own.result.cancel(false);
            lastRounds.remove(key, own);
        }
    }

    private static void awaitEnd(@Nullable ReadRound<?> round) throws InterruptedException {
        if (round != null) {
            try {
                round.result.get();
            } catch (ExecutionException _) {
                // Its own callers get the failure.
            }
        }
    }
}
