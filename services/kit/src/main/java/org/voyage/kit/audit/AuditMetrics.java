package org.voyage.kit.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;

/**
 * Metrics of the audit trail: the age of the oldest unsealed entry ({@code voyage.audit.age.seconds}) and once an hour
 * the end of the chain. The end goes to the log and to {@code voyage.audit.head} (its position, with the hash as a
 * tag), so that it can be kept outside of the database.
 */
@ApplicationScoped
class AuditMetrics {
    private static final Logger LOG = Logger.getLogger(AuditMetrics.class);

    private static final Duration HEAD_INTERVAL = Duration.ofHours(1);

    private final AuditStore store;
    private final MultiGauge head;
    private final AtomicLong ageMillis = new AtomicLong();
    private volatile @Nullable Instant headShownAt;

    AuditMetrics(AuditStore store, MeterRegistry registry) {
        this.store = store;
        this.head = MultiGauge.builder("voyage.audit.head")
                .description("Last sealed position, with its hash")
                .register(registry);
        registry.gauge("voyage.audit.age.seconds", ageMillis, millis -> millis.get() / 1000.0);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void updateGauges() {
        double seconds = DatabaseScope.runForAllProvinces(store::oldestUnsealedSeconds);
        ageMillis.set(Math.round(seconds * 1000));
        Instant now = Instant.now();
        Instant shown = headShownAt;
        // No job of its own: one whose first run fails, or comes before the end of the start, is next due in an hour.
        if (shown == null || shown.plus(HEAD_INTERVAL).isBefore(now)) {
            showHead();
            headShownAt = now;
        }
    }

    private void showHead() {
        AuditChainHead now = store.latestHead();
        LOG.infof("Audit: sealed up to position %d, hash %s", now.position(), now.hex());
        head.register(List.of(MultiGauge.Row.of(Tags.of("hash", now.hex()), now.position())), true);
    }
}
