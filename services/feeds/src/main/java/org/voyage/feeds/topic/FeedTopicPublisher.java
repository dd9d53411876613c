package org.voyage.feeds.topic;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.feed.ScopedRecordReader;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kit.health.ComponentHeartbeat;
import org.voyage.kit.log.ReaderLease;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * Publisher of feeds to their topics. Of several instances one publishes, and the others stand by. It begins again after any
 * failure, with what Kafka then holds.
 */
@ApplicationScoped
class FeedTopicPublisher {

    private static final Logger LOG = Logger.getLogger(FeedTopicPublisher.class);
    /** Less than a quarter of the lease, which is renewed after each pause. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);
    /** How long a feed waits that has failed alone, while the others go on. */
    private static final Duration FEED_PAUSE = Duration.ofSeconds(30);

    /** Pause between two comparisons while a topic waits for a scan or a deletion. */
    private static final Duration UNSETTLED_PAUSE = Duration.ofSeconds(1);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    private static final int MAX_FEEDS = 64;

    private final FeedTopicStore store;
    private final TopicScopeSource scopes;
    private final FeedReader log;
    private final FeedEventStore events;
    private final ScopedRecordReader records;
    private final ObjectMapper mapper;
    private final FeedWakeups wakeups;
    private final ComponentHealth health;
    private final FeedTopicConfig config;
    private final Map<String, Object> kafka;
    private final short replication;
    private final Duration retention;
    private final PublicationObserver observer;
    private final ReaderLease lease;
    private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
    private final AtomicBoolean isRegistryChanged = new AtomicBoolean(true);
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, FeedWakeups.Registration> registrations = new HashMap<>();
    private final Map<String, Long> pausedUntil = new HashMap<>();
    private @Nullable TopicWriterTenure session;
    private long reconcileAt = System.nanoTime();
    /** Feeds in one transaction: one after a failure, so that the feed that fails is known. */
    private int feedLimit = MAX_FEEDS;

    private Set<String> current = Set.of();
    private String lastFailure = "";
    private volatile boolean isStopped;
    private @Nullable Thread thread;
    private @Nullable ComponentHeartbeat watch;

    FeedTopicPublisher(
            FeedTopicStore store,
            TopicScopeSource scopes,
            FeedReader log,
            FeedEventStore events,
            ScopedRecordReader records,
            ObjectMapper mapper,
            FeedWakeups wakeups,
            ComponentHealth health,
            FeedTopicConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "voyage.outbox.replication", defaultValue = "1") short replication,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention,
            @All List<PublicationObserver> observers) {
        this.store = store;
        this.scopes = scopes;
        this.log = log;
        this.events = events;
        this.records = records;
        this.mapper = mapper;
        this.wakeups = wakeups;
        this.health = health;
        this.config = config;
        this.kafka = kafka;
        this.replication = replication;
        this.retention = retention;
        this.observer = point -> observers.forEach(each -> each.reach(point));
        this.lease = store.createLease();
    }

    void start(@Observes StartupEvent event) {
        if (config.principalPrefix().isBlank()) {
            throw new IllegalStateException(
                    "voyage.feeds.kafka.principal-prefix is empty: the code of an alliance could be"
                            + " the name of another user of Kafka.");
        }
        if (config.address().isPresent()) {
            Thread publishing = Thread.ofPlatform()
                    .daemon()
                    .name("feed-topics")
                    .uncaughtExceptionHandler(new FatalErrorHandler())
                    .start(this::run);
            thread = publishing;
            watch = health.watchThread("topics of feeds", publishing);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        isStopped = true;
        Optional.ofNullable(watch).ifPresent(ComponentHeartbeat::retire);
        wakeUp();
        if (thread != null) {
            thread.join(STOP_LIMIT);
        }
    }

    private void wakeUp() {
        bell.offer(true);
    }

    private void noteRegistryChange() {
        isRegistryChanged.set(true);
        wakeUp();
    }

    private void noteEvents(String feed) {
        changed.add(feed);
        wakeUp();
    }

    private void run() {
        try (FeedWakeups.Registration _ = wakeups.registerForChanges(_ -> noteRegistryChange())) {
            DatabaseScope.runForAllProvinces(() -> {
                while (!isStopped) {
                    try {
                        runStep();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    } catch (RuntimeException e) {
                        recover(e);
                    }
                }
                endSession();
                lease.release();
            });
        } catch (RuntimeException e) {
            LOG.warnf("the lease of the topics of feeds runs out by itself: %s", e.toString());
        } finally {
            registrations.values().forEach(FeedWakeups.Registration::close);
        }
    }

    private void runStep() throws InterruptedException {
        if (!lease.hold()) {
            endSession();
            bell.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        TopicWriterTenure open = openSession();
        if (isRegistryChanged.getAndSet(false) || System.nanoTime() - reconcileAt > 0) {
            reconcile(open);
            reconcileAt = System.nanoTime() + (open.isSettled() ? config.reconcileEvery() : UNSETTLED_PAUSE).toNanos();
        }
        current = takeChanged();
        if (current.isEmpty()) {
            bell.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        changed.addAll(open.publishEvents(current));
        long soon = System.nanoTime() + UNSETTLED_PAUSE.toNanos();
        if (!open.isSettled() && reconcileAt - soon > 0) {
            reconcileAt = soon;
        }
        current = Set.of();
        feedLimit = Math.min(MAX_FEEDS, feedLimit * 2);
        lastFailure = "";
    }

    private TopicWriterTenure openSession() {
        TopicWriterTenure open = session;
        if (open == null) {
            // Former writers are shut out before anything is read.
            FeedTopicWriter writer = new FeedTopicWriter(kafka);
            FeedTopicProvisioner provisioner = new FeedTopicProvisioner(kafka, config, replication, retention);
            open = new TopicWriterTenure(
                    store,
                    scopes,
                    log,
                    events,
                    mapper,
                    observer,
                    writer,
                    new FeedTopicReader(kafka),
                    provisioner,
                    new StateTopicKeeper(store, events, records, new StateTopicReader(kafka), provisioner));
            session = open;
            isRegistryChanged.set(true);
        }
        return open;
    }

    private void reconcile(TopicWriterTenure open) {
        Set<String> all = open.reconcile();
        for (String feed : all) {
            registrations.computeIfAbsent(feed, id -> wakeups.register(id, () -> noteEvents(id)));
        }
        registrations.entrySet().removeIf(each -> {
            boolean isGone = !all.contains(each.getKey());
            if (isGone) {
                each.getValue().close();
            }
            return isGone;
        });
        // Also those of which no notification came.
        changed.addAll(all);
    }

    /** Takes some of the feeds that may have news. */
    private Set<String> takeChanged() {
        long now = System.nanoTime();
        pausedUntil.values().removeIf(until -> now - until > 0);
        Set<String> taken = new HashSet<>();
        for (String feed : changed) {
            if (taken.size() < feedLimit && !pausedUntil.containsKey(feed) && changed.remove(feed)) {
                taken.add(feed);
            }
        }
        return taken;
    }

    private void recover(RuntimeException failure) {
        String reason = failure.toString();
        if (!reason.equals(lastFailure)) {
            LOG.warnf("Topics of feeds are not written for a moment: %s", reason);
            lastFailure = reason;
        }
        LOG.debug("the failure", failure);
        changed.addAll(current);
        if (current.size() == 1 && feedLimit == 1) {
            current.forEach(feed -> pausedUntil.put(feed, System.nanoTime() + FEED_PAUSE.toNanos()));
        }
        feedLimit = 1;
        current = Set.of();
        endSession();
        try {
            bell.poll(FAILURE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isStopped = true;
        }
    }

    private void endSession() {
        Optional.ofNullable(session).ifPresent(TopicWriterTenure::close);
        session = null;
    }
}
