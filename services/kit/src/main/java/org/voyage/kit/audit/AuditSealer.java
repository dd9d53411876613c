package org.voyage.kit.audit;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.voyage.kit.access.Scopes;

/** Chains what is settled, in the order of positions; one instance of the service at a time. */
@ApplicationScoped
@IfBuildProperty(name = "voyage.audit.enabled", stringValue = "true", enableIfMissing = true)
class AuditSealer {
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);
    private static final String SETTLED = "select " + AuditedEntry.COLUMNS
            + " from audit_entry where position > ? and position <= ? order by position limit ?";
    private static final int TIMEOUT_SECONDS = 120;

    private final AuditStore store;
    private final AuditConfig config;

    AuditSealer(AuditStore store, AuditConfig config) {
        this.store = store;
        this.config = config;
    }

    @Scheduled(
            every = "${voyage.audit.seal-every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sealAll() {
        try {
            while (sealSome() == config.sealBatch()) {
                LOG.debug("Audit: there is more to seal");
            }
        } catch (RuntimeException e) {
            LOG.warnf("Audit: cannot seal, will try again: %s", e.toString());
        }
    }

    /** @return how many entries were sealed; 0 also when another instance is at it */
    int sealSome() {
        return Scopes.everything(
                () -> QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(this::sealNext));
    }

    private int sealNext() {
        if (!store.sealsAlone()) {
            return 0;
        }
        List<AuditHead> seals = chain(store.head(), store.horizon());
        if (!seals.isEmpty()) {
            store.seal(seals);
        }
        return seals.size();
    }

    private List<AuditHead> chain(AuditHead head, long horizon) {
        List<AuditHead> seals = new ArrayList<>();
        if (horizon > head.position()) {
            store.each(
                    SETTLED,
                    row -> {
                        AuditedEntry entry = AuditedEntry.read(row);
                        byte[] before =
                                seals.isEmpty() ? head.hash() : seals.getLast().hash();
                        seals.add(new AuditHead(entry.position(), entry.hash(before)));
                    },
                    head.position(),
                    horizon,
                    config.sealBatch());
        }
        return seals;
    }
}
