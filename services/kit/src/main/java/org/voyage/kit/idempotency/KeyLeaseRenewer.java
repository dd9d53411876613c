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
 * Renewer of the key leases of this instance's running requests, however long they take. The leases end by themselves
 * when the instance does.
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

    /** Renews the leases every third of the default lease, so that one failure does not end a lease. */
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
