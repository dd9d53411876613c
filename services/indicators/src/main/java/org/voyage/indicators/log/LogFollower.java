package org.voyage.indicators.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log: one thread takes what arrived while another reads what comes next, some chunks ahead, as long as more is
 * there already; who follows closely is not held up by handing it over. Whatever fails
 * (Kafka, PostgreSQL) ends the reader and, after a pause, begins a new one where the work stands; nothing is skipped.
 *
 * @param <T> what the work makes of a chunk before it takes it
 */
public final class LogFollower<T> {

    /** What is done with the log. What was read ahead and not taken is read again by the next reader. */
    public interface LogProcessor<T> {
        /** Opens a reader at the place where the work stands. Nothing is read or taken meanwhile. */
        LogReader openReader() throws Exception;

        /** Makes of a chunk, also of an empty one, what can be taken; while the one before it is taken. */
        T processChunk(LogReader.LogChunk chunk, LogReader reader) throws Exception;

        /** Takes what was read, in the order of the log. */
        void applyChunk(T read) throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(LogFollower.class);

    private final String name;
    private final LogProcessor<T> work;
    private final Duration poll;
    private final Duration retry;
    private final int chunksAhead;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable LogReader reader;
    private volatile @Nullable String failure;
    private volatile OptionalLong lag = OptionalLong.empty();

    /** @param chunksAhead how many are read at most before they are taken */
    public LogFollower(String name, LogProcessor<T> work, Duration poll, Duration retry, int chunksAhead) {
        this.name = name;
        this.work = work;
        this.poll = poll;
        this.retry = retry;
        this.chunksAhead = chunksAhead;
        this.thread = Thread.ofPlatform().name("voyage-" + name).unstarted(this::runUntilStopped);
    }

    public void start() {
        thread.start();
    }

    /** Returns once the thread has ended. */
    public void stop() {
        stop.countDown();
        LogReader open = reader;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it does not get on at the moment; empty when it does. */
    public Optional<String> failure() {
        if (failure == null && !thread.isAlive()) {
            return Optional.of("it does not run");
        }
        return Optional.ofNullable(failure);
    }

    /** Events in Kafka that were not taken yet; empty until Kafka was asked for the first time. */
    public OptionalLong lag() {
        return lag;
    }

    /** The lag of several followers together as metrics show it: not a number until it is known of each. */
    public static double sumLag(Collection<? extends LogFollower<?>> followers) {
        return followers.stream()
                .mapToDouble(each -> each.lag().isPresent() ? each.lag().getAsLong() : Double.NaN)
                .sum();
    }

    private void runUntilStopped() {
        while (stop.getCount() > 0) {
            try (LogReader open = work.openReader()) {
                reader = open;
                followLog(open);
            } catch (WakeupException e) {
                LOG.debugf("%s: woken to stop", name);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failure = String.valueOf(e.getMessage());
                LOG.warnf(e, "%s: begins again in %s", name, retry);
                pauseBeforeRetry();
            } finally {
                reader = null;
            }
        }
    }

    private void followLog(LogReader open) throws Exception {
        try (ExecutorService ahead = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("voyage-" + name + "-ahead").factory())) {
            Queue<Future<ProcessedChunk<T>>> next = new ArrayDeque<>(chunksAhead);
            AtomicBoolean failed = new AtomicBoolean();
            try {
                while (stop.getCount() > 0) {
                    ProcessedChunk<T> read = next.isEmpty() ? readChunk(open) : awaitResult(next.remove());
                    while (read.lag > 0 && next.size() < chunksAhead) {
                        next.add(ahead.submit(() -> submitRead(open, failed)));
                    }
                    work.applyChunk(read.result);
                    failure = null;
                    lag = OptionalLong.of(read.lag);
                    if (read.isEmpty) {
                        pauseBeforeRetry();
                    }
                }
            } finally {
                next.forEach(read -> read.cancel(false));
            }
        }
    }

    /** Nothing is read after what failed: nobody would take it, and it may wait for Kafka as long as that did. */
    private ProcessedChunk<T> submitRead(LogReader open, AtomicBoolean failed) throws Exception {
        if (stop.getCount() == 0 || failed.getAndSet(true)) {
            throw new WakeupException();
        }
        ProcessedChunk<T> read = readChunk(open);
        failed.set(false);
        return read;
    }

    private ProcessedChunk<T> readChunk(LogReader open) throws Exception {
        T its = work.processChunk(open.pollChunk(poll), open);
        return new ProcessedChunk<>(its, open.computeLag(), open.assigned().isEmpty());
    }

    private record ProcessedChunk<T>(T result, long lag, boolean isEmpty) {}

    private static <R> R awaitResult(Future<R> reading) throws Exception {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void pauseBeforeRetry() {
        try {
            if (stop.await(retry.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("%s: stops", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
