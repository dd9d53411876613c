package org.voyage.kit.bulk;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Marks batches that nobody works on any more, so that nobody waits for them. */
@ApplicationScoped
public class BatchRecovery {
    private static final Logger LOG = Logger.getLogger(BatchRecovery.class);

    private final BulkConfig config;
    private final BatchStore store;

    BatchRecovery(BulkConfig config, BatchStore store) {
        this.config = config;
        this.store = store;
    }

    /** What this instance left running when it ended last. */
    void onStart(@Observes StartupEvent start) {
        interrupt(config.instance());
    }

    /** What any instance left, for instance because the database was away when the batch ended. */
    @Scheduled(every = "60s", delayed = "60s")
    void sweep() {
        interrupt(null);
    }

    private void interrupt(@Nullable String instance) {
        if (config.enabled()) {
            int marked = store.interrupt(instance, Instant.now().minus(config.abandonedAfter()));
            if (marked > 0) {
                LOG.warnf("%d batches were left unfinished", marked);
            }
        }
    }
}
