package org.voyage.indicators.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One thread that follows the log. Whatever fails (Kafka, PostgreSQL) ends the reader and, after a pause, begins a new
 * one where the work stands; nothing is skipped.
 */
public final class Follower {

    /** What is done with the log. All methods are called by the follower's thread. */
    public interface Work {
        /** Opens a reader at the place where the work stands. */
        LogReader open() throws Exception;

        /** Takes what arrived; called with empty chunks too. */
        void take(LogReader.Chunk chunk, LogReader reader) throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(Follower.class);

    private final String name;
    private final Work work;
    private final Duration poll;
    private final Duration retry;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable LogReader reader;
    private volatile @Nullable String failure;
    private volatile long lag;

    public Follower(String name, Work work, Duration poll, Duration retry) {
        this.name = name;
        this.work = work;
        this.poll = poll;
        this.retry = retry;
        this.thread = Thread.ofPlatform().name("voyage-" + name).unstarted(this::run);
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

    /** Events in Kafka that were not taken yet. */
    public long lag() {
        return lag;
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (LogReader open = work.open()) {
                reader = open;
                follow(open);
            } catch (WakeupException e) {
                LOG.debugf("%s: woken to stop", name);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failure = String.valueOf(e.getMessage());
                LOG.warnf(e, "%s: begins again in %s", name, retry);
                pause();
            } finally {
                reader = null;
            }
        }
    }

    private void follow(LogReader open) throws Exception {
        while (stop.getCount() > 0) {
            LogReader.Chunk chunk = open.poll(poll);
            work.take(chunk, open);
            failure = null;
            lag = open.lag();
            if (open.assigned().isEmpty()) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stop.await(retry.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("%s: stops", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
