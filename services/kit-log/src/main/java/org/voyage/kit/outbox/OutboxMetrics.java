package org.voyage.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Metrics of the outbox: unpublished events ({@code voyage.outbox.backlog}), their age in seconds ({@code …age}),
 * blocked keys, topics that may lose acknowledged events.
 */
@ApplicationScoped
class OutboxMetrics {

    private final OutboxStore store;
    private final Clock clock = Clock.systemUTC();
    private final AtomicLong backlog;
    private final AtomicLong ageMillis = new AtomicLong();
    private final AtomicLong stopped;

    OutboxMetrics(OutboxStore store, OutboxTopics topics, MeterRegistry registry) {
        this.store = store;
        registry.gauge(
                "voyage.outbox.weak.topics", topics, each -> each.weakTopics().size());
        this.backlog = registry.gauge("voyage.outbox.backlog", new AtomicLong());
        this.stopped = registry.gauge("voyage.outbox.stopped.keys", new AtomicLong());
        registry.gauge("voyage.outbox.age.seconds", ageMillis, millis -> millis.get() / 1000.0);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void updateGauges() {
        backlog.set(store.countBacklog());
        stopped.set(store.listBlockedKeys().size());
        ageMillis.set(store.oldestUnpublishedTime()
                .map(oldest ->
                        Duration.between(oldest.toInstant(), clock.instant()).toMillis())
                .orElse(0L));
    }
}
