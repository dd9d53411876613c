package org.voyage.kit.idempotency;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.voyage.kit.http.WebConfig;

/**
 * The runs of this instance, however long a file takes: their leases are renewed while the instance lives and end by
 * themselves when it does not.
 */
@ApplicationScoped
class KeyLeaseRenewer {
    private static final Logger LOG = Logger.getLogger(KeyLeaseRenewer.class);

    private final Set<UUID> runs = ConcurrentHashMap.newKeySet();
    private final IdempotencyKeyStore store;
    private final WebConfig.IdempotencyConfig config;

    KeyLeaseRenewer(IdempotencyKeyStore store, WebConfig config) {
        this.store = store;
        this.config = config.idempotency();
    }

    void addRun(UUID run) {
        runs.add(run);
    }

    void removeRun(UUID run) {
        runs.remove(run);
    }

    /** A third of the default lease, so that one failure does not cost it. */
    @Scheduled(every = "20s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void renewLeases() {
        var mine = List.copyOf(runs);
        if (!mine.isEmpty()) {
            store.renewLeases(mine);
        }
    }

    @Scheduled(every = "10m", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purgeExpired() {
        if (config.enabled()) {
            int forgotten = store.deleteExpired();
            if (forgotten > 0) {
                LOG.debugf("%d idempotency keys expired", forgotten);
            }
        }
    }
}
