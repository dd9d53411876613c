package org.voyage.kit.log;

import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
 * Follower of the log: one thread applies the events while another reads the next ones. The reader may be some chunks
 * ahead as long as more events are waiting; a follower close to the end has no handover delay. A failure (Kafka,
 * PostgreSQL) or an Error closes the reader. After a pause a new reader continues at the stored position; no event is
 * skipped.
 *
 * @param <T> result of processing a chunk, which is then applied
 */
public final class LogFollower<T> {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /** Processor of the log. The next reader reads again all chunks that were read and not applied. */
    public interface LogProcessor<T> {
        /** Opens a reader at the stored position. No chunk is read or applied meanwhile. */
        LogReader openReader() throws Exception;

        /** Processes a chunk, also an empty one, while the chunk before it is applied. */
        T processChunk(LogReader.LogChunk chunk, LogReader reader) throws Exception;

        /** Applies a processed chunk, in the order of the log. */
        void applyChunk(T read) throws Exception;
    }

    /** Another instance processes this log now; the follower tries again after a pause. */
    public static final class StandbyException extends Exception {
        public StandbyException() {
            super("another instance reads this log", null, false, false);
        }
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
    private volatile @Nullable Long caughtUpNanos;

    /** @param chunksAhead maximum number of chunks that are read and not yet applied */
    public LogFollower(String name, LogProcessor<T> work, int chunksAhead) {
        this(name, work, POLL, RETRY_PAUSE, chunksAhead);
    }

    /**
     * @param poll how long a poll of Kafka waits for events
     * @param retry pause before a reader starts again after Kafka or PostgreSQL was not reachable
     */
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

    /** Stops the follower, and returns once the thread has ended. */
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

    /** Returns the reason why the follower makes no progress; empty when it does. */
    public Optional<String> failure() {
        if (failure == null && !thread.isAlive()) {
            return Optional.of("it does not run");
        }
        return Optional.ofNullable(failure);
    }

    /** Returns whether the follower has ended without a stop. Only a restart of the service helps. */
    public boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED && stop.getCount() > 0;
    }

    /**
     * Returns the number of events in Kafka that are not applied yet. It is empty before the first chunk, while another
     * instance reads the log, and from a failure until the next applied chunk.
     */
    public OptionalLong lag() {
        return lag;
    }

    /** Returns how long ago every event in Kafka was applied; empty while that was never so. */
    public Optional<Duration> timeSinceCaughtUp() {
        Long then = caughtUpNanos;
        return then == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - then));
    }

    /** Returns {@link #lag()} for metrics; NaN while it is unknown. */
    public double readLagGauge() {
        OptionalLong known = lag;
        return known.isPresent() ? known.getAsLong() : Double.NaN;
    }

    /** Returns for metrics how long events have not been applied, in seconds: 0 without lag, NaN while that is unknown. */
    public double readLagSecondsGauge() {
        OptionalLong known = lag;
        if (known.isEmpty()) {
            return Double.NaN;
        }
        return known.getAsLong() == 0
                ? 0
                : timeSinceCaughtUp().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private void runUntilStopped() {
        while (stop.getCount() > 0) {
            try (LogReader open = work.openReader()) {
                reader = open;
                followLog(open);
            } catch (WakeupException e) {
                LOG.debugf("%s: woken to stop", name);
            } catch (InterruptedException e) {
                lag = OptionalLong.empty();
                return;
            } catch (StandbyException e) {
                failure = null;
                lag = OptionalLong.empty();
                LOG.debugf("%s: %s", name, e.getMessage());
                pauseBeforeRetry();
            } catch (Exception e) {
                noteFailure(String.valueOf(e.getMessage()));
                LOG.warnf(e, "%s: begins again in %s", name, retry);
                pauseBeforeRetry();
            } catch (Error e) {
                noteFailure(e.toString());
                LOG.errorf("%s: begins again in %s: %s", name, retry, e);
                pauseBeforeRetry();
            } finally {
                reader = null;
            }
        }
    }

    private void noteFailure(String reason) {
        failure = reason;
        lag = OptionalLong.empty();
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
                    if (failure == null) {
                        lag = OptionalLong.of(read.lag + read.events);
                    }
                    work.applyChunk(read.result);
                    read.spans.forEach(Span::end);
                    failure = null;
                    lag = OptionalLong.of(read.lag);
                    if (read.lag == 0 && !read.isEmpty) {
                        caughtUpNanos = System.nanoTime();
                    }
                    if (read.isEmpty) {
                        pauseBeforeRetry();
                    }
                }
            } finally {
                next.forEach(read -> read.cancel(false));
            }
        }
    }

    /**
     * Submits the next read. After a failure nothing is read: no thread would apply it, and it may wait for Kafka as
     * long as the failed read did.
     */
    private ProcessedChunk<T> submitRead(LogReader open, AtomicBoolean failed) throws Exception {
        if (stop.getCount() == 0 || failed.getAndSet(true)) {
            throw new WakeupException();
        }
        ProcessedChunk<T> read = readChunk(open);
        failed.set(false);
        return read;
    }

    private ProcessedChunk<T> readChunk(LogReader open) throws Exception {
        List<Span> spans = new ArrayList<>(0);
        LogReader.LogChunk chunk = open.pollChunk(poll).beginSpans(name, spans);
        T its = work.processChunk(chunk, open);
        return new ProcessedChunk<>(
                its, chunk.messages().size(), open.computeLag(), open.assigned().isEmpty(), spans);
    }

    /**
     * @param lag number of events after the chunk
     * @param spans of the traced messages, from the poll until they are applied
     */
    private record ProcessedChunk<T>(T result, int events, long lag, boolean isEmpty, List<Span> spans) {}

    private static <R> R awaitResult(Future<R> reading) throws Exception {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
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
