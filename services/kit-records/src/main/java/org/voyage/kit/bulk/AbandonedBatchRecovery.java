package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.voyage.kit.access.DatabaseScope;

/**
 * Recovery of batches after a crash. With a complete file the batch continues behind its last stored row. A batch with
 * an interrupted upload is marked as interrupted.
 */
@ApplicationScoped
public class AbandonedBatchRecovery {
    private static final Logger LOG = Logger.getLogger(AbandonedBatchRecovery.class);

    private final BulkConfig config;
    private final BatchStore store;
    private final BatchLeaseStore leases;
    private final BatchQueries queries;
    private final BatchExecutor jobs;
    private final UploadSpool spool;

    AbandonedBatchRecovery(
            BulkConfig config,
            BatchStore store,
            BatchLeaseStore leases,
            BatchQueries queries,
            BatchExecutor jobs,
            UploadSpool spool) {
        this.config = config;
        this.store = store;
        this.leases = leases;
        this.queries = queries;
        this.jobs = jobs;
        this.spool = spool;
    }

    /** Deletes the files of ended batches, which remain if the instance stops between the two steps. */
    void onStart(@Observes StartupEvent start) {
        // The files first, then their batches: a batch is in the database before its file is in a shared folder.
        var files = spool.listBatches();
        // Of all provinces: a file whose batch is not seen would be taken for a leftover.
        var unfinished = Set.copyOf(DatabaseScope.runForAllProvinces(() -> queries.findUnfinishedIds()));
        for (var id : files) {
            if (!unfinished.contains(id)) {
                spool.deleteFile(id);
            }
        }
    }

    /**
     * Takes up batches that no instance works on: after a start, after an outage of the database, or left by another
     * instance.
     */
    @Scheduled(every = "2s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void recoverAbandoned() {
        DatabaseScope.runForAllProvinces(this::resumeAbandonedBatches);
    }

    private void resumeAbandonedBatches() {
        var held = jobs.heldBatches();
        if (!held.isEmpty()) {
            leases.renewLeases(held);
        }
        var now = store.databaseTime();
        for (var batch : queries.findUnfinished(leases.holder(), now.minus(config.lease()))) {
            if (mayTake(batch, now) && jobs.tryHold(batch.id)) {
                boolean working = false;
                try {
                    working = resumeBatch(batch, now);
                } finally {
                    if (!working) {
                        jobs.releaseBatch(batch.id);
                    }
                }
            }
        }
    }

    /**
     * Returns whether this process may take a batch whose lease has ended: one of this instance, one whose file is here,
     * or one that no process takes for long.
     */
    private boolean mayTake(Batch batch, Instant now) {
        return leases.isOfThisInstance(batch)
                || spool.hasFile(batch.id)
                || batch.touchedAt.isBefore(now.minus(BatchLeaseStore.ABANDONED_AFTER));
    }

    /** @return whether this process works on the batch now */
    private boolean resumeBatch(Batch listed, Instant now) {
        // The batch may have ended between being listed and being held.
        var batch = queries.findBatch(listed.id);
        if (batch == null || batch.state != BatchState.RECEIVING && batch.state != BatchState.RUNNING) {
            return false;
        }
        if (!leases.isDue(batch, now) || !leases.isHeldHere(batch) && !leases.claim(batch)) {
            return false;
        }
        if (!spool.hasFile(batch.id)) {
            LOG.warnf("Batch %s was interrupted: its file is not here", batch.id);
            spool.deleteFile(batch.id);
            QuarkusTransaction.requiringNew().run(() -> store.markInterrupted(batch.id));
            return false;
        }
        LOG.infof("Batch %s goes on", batch.id);
        long bytes = spool.sizeOf(batch.id);
        QuarkusTransaction.requiringNew().run(() -> store.markReceived(batch.id, bytes, null));
        jobs.enqueue(batch);
        return true;
    }
}
