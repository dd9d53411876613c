package org.voyage.kit.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Probe that computes a status on one thread of its own. All callers who arrive during one computation share the result
 * of the next one, so that any number of callers costs one computation at a time, and each gets a status that is newer
 * than its question.
 */
public final class StatusProbe<T> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatusProbe.class);
    /** Bounds the processor time that a flood of callers costs. */
    private static final long PAUSE_MILLIS = 50;

    private static final int MANY_CALLERS = 256;

    private final String name;
    private final Supplier<T> status;
    private final @Nullable Duration interval;

    private final Object lock = new Object();
    private List<CompletableFuture<T>> waiting = new ArrayList<>();
    private volatile boolean running;
    private volatile @Nullable StatusReading<T> newest;

    /** Status with the time at which its computation ended. */
    private record StatusReading<T>(T status, long endNanos) {}

    /**
     * Creates a probe that does not run yet.
     *
     * @param name of its thread
     * @param status computes the status; an exception goes to the callers
     * @param interval the longest time without a computation; null: only callers cause one
     */
    public StatusProbe(String name, Supplier<T> status, @Nullable Duration interval) {
        this.name = name;
        this.status = status;
        this.interval = interval;
    }

    /** Starts the thread. */
    public void start() {
        running = true;
        Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Returns a status whose computation begins after this call. Never waits. */
    public CompletableFuture<T> requestStatus() {
        var caller = new CompletableFuture<T>();
        synchronized (lock) {
            if (waiting.size() >= MANY_CALLERS) {
                // Those who gave up waiting: the computation lasts too long.
                waiting.removeIf(CompletableFuture::isDone);
            }
            waiting.add(caller);
            lock.notifyAll();
        }
        return caller;
    }

    /** Returns the newest status unless it is older; empty also before the first one. Never waits. */
    public Optional<T> newestWithin(Duration age) {
        @Nullable StatusReading<T> reading = newest;
        return reading != null && System.nanoTime() - reading.endNanos <= age.toNanos()
                ? Optional.of(reading.status)
                : Optional.empty();
    }

    /** Ends the thread after its computation; does not wait for it. */
    @Override
    public void close() {
        running = false;
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void run() {
        try {
            while (running) {
                computeFor(awaitCallers());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private List<CompletableFuture<T>> awaitCallers() throws InterruptedException {
        synchronized (lock) {
            if (interval == null) {
                while (running && waiting.isEmpty()) {
                    lock.wait();
                }
            } else if (running && waiting.isEmpty()) {
                lock.wait(interval.toMillis());
            }
            var callers = waiting;
            waiting = new ArrayList<>();
            return callers;
        }
    }

    /** An error is a result like any other: the thread must outlive it. */
    private void computeFor(List<CompletableFuture<T>> callers) {
        try {
            T computed = status.get();
            newest = new StatusReading<>(computed, System.nanoTime());
            callers.forEach(caller -> caller.complete(computed));
        } catch (Throwable failure) {
            LOG.warnf("The %s has no result: %s", name, failure.toString());
            callers.forEach(caller -> caller.completeExceptionally(failure));
        }
    }
}
