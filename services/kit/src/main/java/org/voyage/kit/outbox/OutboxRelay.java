package org.voyage.kit.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Publishes the outbox while this instance holds the lease; see the package for what is guaranteed. */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final OutboxConfig config;
    private final OutboxStore store;
    private final OutboxTopics topics;
    private final OutboxProducer producers;
    private final String holder = ProcessHandle.current().pid() + "@" + Long.toHexString(System.nanoTime());
    private final Semaphore work = new Semaphore(0);
    private final Awaited awaited = new Awaited();
    private volatile boolean running;
    private volatile boolean leading;
    private volatile @Nullable Thread thread;

    OutboxRelay(OutboxConfig config, OutboxStore store, OutboxTopics topics, OutboxProducer producers) {
        this.config = config;
        this.store = store;
        this.topics = topics;
        this.producers = producers;
    }

    /** Whether this instance publishes now; if not, whoever appends must notify the one that does. */
    boolean leading() {
        return leading;
    }

    /**
     * Hurries, since somebody waits: what was committed is not gathered any longer where this instance leads, but read and sent.
     *
     * @return completed with true when all that the receipt names is on Kafka, with false when that cannot be said, since a
     *     key stands still; not before Kafka is there. May be completed by the caller
     */
    CompletableFuture<Boolean> published(Receipt receipt) {
        CompletableFuture<Boolean> told = awaited.until(receipt);
        Thread relaying = thread;
        if (!told.isDone() && relaying != null) {
            if (leading) {
                LockSupport.unpark(relaying);
            } else {
                wake();
            }
        }
        return told;
    }

    /**
     * The same within some time.
     *
     * @param patience the longest, if it is not longer than configured; otherwise, and if empty, as configured
     * @return completed with false also when the time is over
     */
    public CompletionStage<Boolean> published(Receipt receipt, Optional<Duration> patience) {
        Duration atMost = patience.filter(wished -> wished.compareTo(config.publicationWait()) < 0)
                .orElse(config.publicationWait());
        return published(receipt).completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether anybody waits for anything to be on Kafka. */
    boolean isAwaited() {
        return awaited.any();
    }

    /** Something was committed, or undone. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        if (config.relay()) {
            running = true;
            thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        wake();
        Thread relaying = thread;
        if (relaying != null) {
            relaying.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (running) {
            try {
                topics.ensure();
                store.acquire(holder).ifPresentOrElse(this::lead, this::follow);
            } catch (RelayLease.Lost lost) {
                LOG.warn("Relay: " + lost.getMessage());
            } catch (RuntimeException e) {
                LOG.warnf("Relay: starts again in %s: %s", config.retry(), reason(e));
                LOG.debug("Relay", e);
                pause(config.retry());
            }
        }
    }

    private void lead(RelayLease lease) {
        LOG.infof("Relay: leads under epoch %d from position %d", lease.epoch(), lease.position());
        try (RelayRun run = new RelayRun(config, store, producers, lease, awaited);
                OutboxListener listener = new OutboxListener(store, this::wake)) {
            leading = true;
            while (running) {
                if (!run.step()) {
                    pause(run.rest());
                }
            }
            run.finish();
            store.release(lease.epoch());
        } finally {
            leading = false;
        }
    }

    /** Another instance leads: how far it is stands in the database. */
    private void follow() {
        if (awaited.any()) {
            awaited.reached(store.settled(), store.stopped());
        }
        pause(awaited.any() && config.gather().compareTo(config.poll()) < 0 ? config.gather() : config.poll());
    }

    private void pause(Duration duration) {
        try {
            if (work.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return e.getMessage() + (cause == e ? "" : ": " + cause.getMessage());
    }
}
