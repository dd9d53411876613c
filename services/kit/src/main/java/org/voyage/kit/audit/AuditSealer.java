package org.voyage.kit.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.voyage.kit.access.DatabaseScope;

/** Scheduled job that chains settled audit entries in the order of positions; one instance of the service at a time. */
@ApplicationScoped
class AuditSealer {
    private static final int BATCH_ENTRIES = 10_000;
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);
    private static final String SETTLED_ENTRIES_SQL = "select " + StoredAuditEntry.COLUMNS
            + " from audit_entry where position > ? and position <= ? order by position limit ?";
    private static final int TIMEOUT_SECONDS = 120;

    private final AuditStore store;

    AuditSealer(AuditStore store) {
        this.store = store;
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sealAll() {
        try {
            while (sealBatch() == BATCH_ENTRIES) {
                LOG.debug("Audit: there is more to seal");
            }
        } catch (RuntimeException e) {
            LOG.warnf("Audit: cannot seal, will try again: %s", e.toString());
        }
    }

    /**
     * Seals the next settled entries.
     *
     * @return number of sealed entries; 0 also when another instance is sealing
     */
    int sealBatch() {
        return DatabaseScope.runForAllProvinces(
                () -> QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(this::sealNextEntries));
    }

    private int sealNextEntries() {
        if (!store.tryLockSealing()) {
            return 0;
        }
        List<AuditChainHead> seals = chainHeads(store.latestHead(), store.settledPosition());
        if (!seals.isEmpty()) {
            store.insertSeals(seals);
        }
        return seals.size();
    }

    private List<AuditChainHead> chainHeads(AuditChainHead head, long horizon) {
        List<AuditChainHead> seals = new ArrayList<>();
        if (horizon > head.position()) {
            store.forEachRow(
                    SETTLED_ENTRIES_SQL,
                    row -> {
                        StoredAuditEntry entry = StoredAuditEntry.read(row);
                        byte[] before =
                                seals.isEmpty() ? head.hash() : seals.getLast().hash();
                        seals.add(new AuditChainHead(entry.position(), entry.chainedHash(before)));
                    },
                    head.position(),
                    horizon,
                    BATCH_ENTRIES);
        }
        return seals;
    }
}
