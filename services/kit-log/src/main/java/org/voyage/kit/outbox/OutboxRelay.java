package org.voyage.kit.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kit.health.ComponentHeartbeat;
import org.voyage.kit.problem.FatalErrorHandler;

/** Relay that publishes the outbox while this instance holds the lease; see the package for the guarantees. */
@ApplicationScoped
public class OutboxRelay {

    /** Longest time that an answer waits for its events to be on Kafka. */
    private static final Duration PUBLICATION_WAIT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private static final Duration MAX_RESTART_PAUSE = Duration.ofSeconds(2);

    private final OutboxConfig config;
    private final OutboxStore store;
    private final OutboxTopics topics;
    private final OutboxProducerFactory producers;
    private final RestoreDetector restores;
    private final ComponentHealth health;
    private final String holder = ProcessHandle.current().pid() + "@" + Long.toHexString(System.nanoTime());
    private final Semaphore work = new Semaphore(0);
    private final PublicationWaiters awaited = new PublicationWaiters();
    private volatile boolean running;
    private volatile boolean leading;
    private volatile @Nullable AcknowledgedEnds ends;
    private volatile @Nullable Thread thread;
    private volatile @Nullable ComponentHeartbeat watch;

    OutboxRelay(
            OutboxConfig config,
            OutboxStore store,
            OutboxTopics topics,
            OutboxProducerFactory producers,
            ComponentHealth health) {
        this.config = config;
        this.store = store;
        this.topics = topics;
        this.producers = producers;
        this.restores = new RestoreDetector(config, store.epochs(), topics);
        this.health = health;
    }

    /** Returns whether this instance publishes now; if not, a writer must notify the leading instance. */
    public boolean isLeading() {
        return leading;
    }

    /**
     * Returns a future for the publication of a receipt. If this instance leads, it stops gathering and sends the
     * committed events at once.
     *
     * @return completed with true when all events of the receipt are on Kafka; with false when a blocked key makes that
     *     uncertain; not while Kafka is unavailable. The caller may complete it
     */
    CompletableFuture<Boolean> awaitPublication(Receipt receipt) {
        CompletableFuture<Boolean> told = awaited.awaitPublication(receipt);
        Thread relaying = thread;
        if (!told.isDone() && relaying != null) {
            if (leading) {
                LockSupport.unpark(relaying);
            } else {
                wakeRelay();
            }
        }
        return told;
    }

    /**
     * Returns a future for the publication of a receipt, with a time limit.
     *
     * @param patience the limit, at most the configured one; empty for the configured one
     * @return completed with false also after the limit
     */
    public CompletionStage<Boolean> awaitPublication(Receipt receipt, Optional<Duration> patience) {
        Duration atMost = patience.filter(wished -> wished.compareTo(PUBLICATION_WAIT) < 0)
                .orElse(PUBLICATION_WAIT);
        return awaitPublication(receipt).completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether a client waits for a publication. */
    boolean hasWaiters() {
        return awaited.hasWaiters();
    }

    /** Wakes the relay after a commit or a rollback. */
    void wakeRelay() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        if (config.relay()) {
            running = true;
            Thread relaying = Thread.ofPlatform()
                    .name("outbox-relay")
                    .uncaughtExceptionHandler(new FatalErrorHandler())
                    .unstarted(this::runRelay);
            relaying.start();
            thread = relaying;
            watch = health.watchThread("outbox relay", relaying);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        ComponentHeartbeat watching = watch;
        if (watching != null) {
            watching.retire();
        }
        wakeRelay();
        Thread relaying = thread;
        if (relaying != null) {
            relaying.join(Duration.ofSeconds(10));
        }
    }

    private void runRelay() {
        while (running) {
            try {
                topics.ensureTopics();
                store.acquireLease(holder).ifPresentOrElse(this::leadWithLease, this::followLeader);
            } catch (RelayLease.LeaseLostException lost) {
                LOG.warn("Relay: " + lost.getMessage());
            } catch (RuntimeException e) {
                LOG.warnf("Relay: starts again in %s: %s", restartPause(), reasonOf(e));
                LOG.debug("Relay", e);
                pauseBeforeRestart();
            }
        }
    }

    private void leadWithLease(RelayLease lease) {
        LOG.infof("Relay: leads under epoch %d from position %d", lease.epoch(), lease.position());
        Runnable keepLease = keepLease(lease);
        Producer<String, byte[]> producer = openProducer(lease, keepLease);
        try (LogTailReader tail = topics.openTailReader(keepLease);
                OutboxPublisher run = openSession(lease, producer, tail);
                OutboxListener listener = new OutboxListener(store, this::wakeRelay)) {
            ends = run.ends();
            leading = true;
            while (running) {
                if (!run.runStep()) {
                    sleepFor(run.idleTime());
                }
            }
            run.settleAll();
            store.releaseLease(lease);
        } finally {
            leading = false;
            ends = null;
            // An open transaction is ended by the next producer.
            producer.close(Duration.ZERO);
        }
    }

    private Producer<String, byte[]> openProducer(RelayLease lease, Runnable keepLease) {
        try {
            return producers.openProducer(keepLease);
        } catch (RuntimeException e) {
            store.releaseLease(lease);
            throw e;
        }
    }

    /**
     * Compares Kafka with the database and opens a session. The producer comes first: what a former leader sends from then
     * on is refused. When a part fails nothing is sent, so that another instance may try at once.
     */
    private OutboxPublisher openSession(RelayLease lease, Producer<String, byte[]> producer, LogTailReader tail) {
        try {
            ConfirmedLog log = restores.confirmEpoch(lease, tail);
            OutboxPublisher opened = OutboxPublisher.open(config, store, producer, tail, lease, log, awaited);
            try {
                // Another instance may have begun an epoch while this one compared.
                store.renewLease(lease);
                return opened;
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (RuntimeException e) {
            store.releaseLease(lease);
            throw e;
        }
    }

    /**
     * Compares the ends of the log in Kafka with those that Kafka has acknowledged to this instance, if it leads. Where
     * Kafka ends before, a new session compares log and database.
     */
    @Scheduled(
            every = "30s",
            delayed = "30s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void compareEnds() {
        AcknowledgedEnds acknowledged = ends;
        if (acknowledged == null) {
            return;
        }
        Map<TopicPartition, Long> known = acknowledged.copyEnds();
        Map<TopicPartition, Long> found;
        try {
            found = topics.findEnds();
        } catch (RuntimeException e) {
            LOG.debugf("Relay: the ends of the log are compared later: %s", reasonOf(e));
            return;
        }
        known.forEach((partition, end) -> {
            if (found.getOrDefault(partition, 0L) < end) {
                acknowledged.noteLoss(partition);
                topics.forgetTopics();
                wakeRelay();
            }
        });
    }

    /** Returns a task that renews the lease as often as needed, and fails when it is lost. */
    private Runnable keepLease(RelayLease lease) {
        AtomicLong renewedAt = new AtomicLong(System.nanoTime());
        long everyNanos = config.lease().dividedBy(3).toNanos();
        return () -> {
            if (System.nanoTime() - renewedAt.get() >= everyNanos) {
                store.renewLease(lease);
                renewedAt.set(System.nanoTime());
            }
        };
    }

    /** Follows the leading instance, whose position is in the database. */
    private void followLeader() {
        if (awaited.hasWaiters()) {
            awaited.completeReached(store.cursorPosition(), store.listBlockedKeys());
        }
        sleepFor(
                awaited.hasWaiters() && config.gather().compareTo(config.poll()) < 0 ? config.gather() : config.poll());
    }

    /** Returns the pause after a failure, in which requests of the last session leave the sockets. */
    private Duration restartPause() {
        return config.retry().compareTo(MAX_RESTART_PAUSE) < 0 ? config.retry() : MAX_RESTART_PAUSE;
    }

    /** Pauses however many commits wake the relay. */
    private void pauseBeforeRestart() {
        long until = System.nanoTime() + restartPause().toNanos();
        for (long left = until - System.nanoTime(); running && left > 0; left = until - System.nanoTime()) {
            sleepFor(Duration.ofNanos(left).plusMillis(1));
        }
    }

    private void sleepFor(Duration duration) {
        try {
            if (work.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private static String reasonOf(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return e.getMessage() + (cause == e ? "" : ": " + cause.getMessage());
    }
}
