package org.voyage.kit.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private volatile boolean running;
    private volatile boolean leading;
    private @Nullable Thread thread;

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

    /** Something was committed. */
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
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (running) {
            try {
                topics.ensure();
                store.acquire(holder).ifPresentOrElse(this::lead, () -> pause(config.poll()));
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
        try (RelayRun run = new RelayRun(config, store, producers, lease);
                OutboxListener listener = new OutboxListener(store, this::wake)) {
            leading = true;
            while (running) {
                if (!run.step()) {
                    pause(config.poll());
                }
            }
            run.finish();
            store.release(lease.epoch());
        } finally {
            leading = false;
        }
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
