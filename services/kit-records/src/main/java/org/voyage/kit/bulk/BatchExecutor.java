package org.voyage.kit.bulk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.access.Scope;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.ChunkPrefetcher;
import org.voyage.kit.bulk.format.CsvCharsetDetector;
import org.voyage.kit.bulk.format.FileKeyIndex;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.format.RowSource;
import org.voyage.kit.bulk.format.RowSourceFactory;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kit.sheet.ColumnMapping;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.RecordFormFactory;

/** Executor of batches whose files are received: at once, later, or again after a crash. */
@ApplicationScoped
class BatchExecutor {
    /** Files that wait for their turn, of all provinces and of one. */
    private static final int MAX_WAITING_FILES = 100;

    private static final int MAX_WAITING_FILES_PER_PROVINCE = 20;
    /** Senders of one province that wait for a place; further ones are refused at once. */
    private static final int MAX_WAITING_CALLERS_PER_PROVINCE = 6;
    /** How long the sender of a file waits for a place before the file is refused. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long CHUNK_BYTES = 2L * 1024 * 1024;
    /** Memory for the keys of one file; further keys are on the disk. */
    private static final long KEY_MEMORY_BYTES = 8L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(BatchExecutor.class);
    /** Each open spreadsheet keeps its texts in memory, some tens of megabytes at most. */
    private static final int MAX_OPEN_SPREADSHEETS = 2;

    private static final int MAX_OPEN_SPREADSHEETS_PER_PROVINCE = 1;

    private static final int RETRY_AFTER_SECONDS = 30;

    private final BulkConfig config;
    private final BatchStore store;
    private final BatchLeaseStore leases;
    private final BatchQueries queries;
    private final RowHandlerRegistry handlers;
    private final UploadSpool spool;
    private final EntityManager entities;
    private final DryRunChanges tried;
    private final DryRunFileRegistry dryRunFileRegistry;
    private final Outbox outbox;
    private final RecordFormFactory forms;
    private final RefusedRowRetention retention;
    private final StorageQuota storage;
    private final Counter givenUp;
    private final BatchSlotScheduler places;
    private final Set<UUID> active = ConcurrentHashMap.newKeySet();
    private final ExecutorService pool;
    private volatile boolean stopping;

    BatchExecutor(
            BulkConfig config,
            BatchStore store,
            BatchLeaseStore leases,
            BatchQueries queries,
            RowHandlerRegistry handlers,
            UploadSpool spool,
            EntityManager entities,
            DryRunChanges tried,
            DryRunFileRegistry dryRunFileRegistry,
            Outbox outbox,
            RecordFormFactory forms,
            RefusedRowRetention retention,
            StorageQuota storage,
            MeterRegistry registry) {
        this.config = config;
        this.store = store;
        this.leases = leases;
        this.queries = queries;
        this.handlers = handlers;
        this.spool = spool;
        this.entities = entities;
        this.tried = tried;
        this.dryRunFileRegistry = dryRunFileRegistry;
        this.outbox = outbox;
        this.forms = forms;
        this.retention = retention;
        this.storage = storage;
        this.givenUp = registry.counter("voyage.bulk.given.up");
        this.places = new BatchSlotScheduler(new BatchSlotScheduler.PlaceShares(
                config.concurrent(),
                Math.ceilDiv(config.concurrent(), 2),
                Math.ceilDiv(config.concurrent(), 3),
                MAX_OPEN_SPREADSHEETS,
                MAX_OPEN_SPREADSHEETS_PER_PROVINCE));
        this.pool = Executors.newFixedThreadPool(
                config.concurrent(),
                Thread.ofPlatform().name("bulk-", 1).daemon().factory());
    }

    /** Lets batches stop at the end of their chunk; they continue after the next start. */
    void onStop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        pool.shutdown();
    }

    /** Channel of the refusal of a file as a whole. A refusal in the response is audited with the request. */
    enum RefusalChannel {
        RESPONSE,
        AUDIT_TRAIL
    }

    /** Takes a batch for this process; false if the process has it already. */
    boolean tryHold(UUID batch) {
        return active.add(batch);
    }

    void releaseBatch(UUID batch) {
        active.remove(batch);
    }

    Set<UUID> heldBatches() {
        return Set.copyOf(active);
    }

    /**
     * Requires that a further file of the province may wait for its turn. Its body is not received otherwise.
     *
     * @param async whether its sender does not wait
     * @throws Refusal.TooManyRequests if the province has too many files or senders that wait
     * @throws Refusal.Unavailable if all provinces together have too many
     */
    void requireRoom(Province province, boolean async) {
        if (async ? places.countWaiting(province.code()) >= MAX_WAITING_FILES_PER_PROVINCE : hasManyCallers(province)) {
            throw new Refusal.TooManyRequests(RETRY_AFTER_SECONDS);
        }
        if (async && places.countWaiting() >= MAX_WAITING_FILES) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private boolean hasManyCallers(Province province) {
        return places.countCallers(province.code()) >= MAX_WAITING_CALLERS_PER_PROVINCE;
    }

    /** Processes a held batch in its turn, without a waiting caller. */
    void enqueue(Batch batch) {
        places.enqueue(batch, isSpreadsheet(batch), place -> begin(batch, place));
    }

    private void begin(Batch batch, BatchSlotScheduler.PlaceRequest place) {
        try {
            pool.execute(() -> {
                try {
                    runInRequestContext(batch);
                } finally {
                    releaseBatch(batch.id);
                    places.release(place);
                }
            });
        } catch (RejectedExecutionException e) {
            // The instance is stopping; the batch continues after the next start.
            releaseBatch(batch.id);
            places.release(place);
        }
    }

    private static boolean isSpreadsheet(Batch batch) {
        return batch.format == BatchFormat.XLSX;
    }

    private void runInRequestContext(Batch batch) {
        var requests = Arc.container().requestContext();
        requests.activate();
        var province = Province.of(batch.province);
        var sender = new AuditOrigin(batch.actor, Role.BUREAU.code(), province, batch.address, batch.requestId);
        try {
            DatabaseScope.runWithinScope(
                    new Scope.ProvinceScope(province),
                    // Entries of changes name the batch, and those of refusals its request.
                    () -> AuditTrail.runOnBehalfOf(
                            Map.of(batch.id.toString(), sender, batch.requestId, sender),
                            () -> processBatch(batch, RefusalChannel.AUDIT_TRAIL)));
        } finally {
            requests.terminate();
        }
    }

    /**
     * Processes a held batch while the caller waits. If it gets no place within {@link #PATIENCE}, the
     * caller has to send the file again later; at once, if many callers of its province wait already.
     */
    BatchResult runNow(Batch batch) {
        if (hasManyCallers(Province.of(batch.province))) {
            try {
                return failUnbegun(batch, new Refusal.TooManyRequests(RETRY_AFTER_SECONDS));
            } finally {
                releaseBatch(batch.id);
            }
        }
        var place = places.enqueueCaller(batch, isSpreadsheet(batch));
        try {
            return BatchSlotScheduler.awaitPlace(place, PATIENCE)
                    ? processBatch(batch, RefusalChannel.RESPONSE)
                    : failUnbegun(batch, new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BatchResult.WaitingBatch(new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } finally {
            releaseBatch(batch.id);
            places.release(place);
        }
    }

    private BatchResult failUnbegun(Batch batch, Refusal refusal) {
        return finishFailed(batch, BatchState.FAILED, refusal, List.of(), Receipt.EMPTY, RefusalChannel.RESPONSE);
    }

    private BatchResult processBatch(Batch batch, RefusalChannel told) {
        return DatabaseTimeout.runWithTimeout(DatabaseTimeout.LONG_WORK, () -> attemptBatch(batch, told));
    }

    private BatchResult attemptBatch(Batch batch, RefusalChannel told) {
        @Nullable BatchProcessor work = null;
        var receipt = Receipt.parse(batch.receipt).orElse(Receipt.EMPTY);
        try {
            var attempt = leases.beginAttempt(batch.id);
            if (attempt.isEmpty()) {
                return failAfterLastAttempt(batch, receipt, told);
            }
            retention.makeRoom(batch.province);
            var form = formOf(batch).withSiblings(handlers.records().codes());
            try (var source = openRows(batch, form);
                    var keys = FileKeyIndex.open(config.folder(), KEY_MEMORY_BYTES)) {
                boolean together = batch.mode == BatchMode.ALL || batch.dryRun;
                var chunks = new Chunk.ChunkCutter(source, config.chunkRows(), CHUNK_BYTES, keys);
                if (chunks.isDone()) {
                    throw new Refusal.Malformed(
                            new Finding("", "no-rows", "There is no row in the file.", "文件中没有数据行。"));
                }
                var causes = new RefusalCauseCounter();
                if (together) {
                    QuarkusTransaction.requiringNew().run(() -> {
                        store.resetProgress(batch.id);
                        tried.deleteExpired();
                        dryRunFileRegistry.deleteExpired(batch.province, DryRunChanges.CHANGES_RETENTION);
                    });
                    receipt = Receipt.EMPTY;
                } else {
                    chunks.skipThrough(queries.findLastRow(batch.id));
                    queries.findCountedCauses(batch.id).forEach(causes::addCounted);
                }
                var keeper = new RowRedactor(source, form);
                work = new BatchProcessor(
                        config,
                        store,
                        entities,
                        tried,
                        outbox,
                        handlers.handlerOf(batch.record),
                        new BatchContext(
                                batch.id,
                                batch.record,
                                Province.of(batch.province),
                                batch.actor,
                                batch.requestId,
                                batch.dryRun,
                                batch.startedAt),
                        keeper,
                        new SimilarKeyDetector(batch.id, queries, keeper),
                        causes,
                        receipt,
                        attempt.getAsInt() >= config.maxAttempts(),
                        storage,
                        () -> stopping);
                try (var ahead = new ChunkPrefetcher(chunks)) {
                    return finishDone(
                            batch,
                            together ? processInOneTransaction(batch, work, ahead) : work.processChunkByChunk(ahead));
                }
            }
        } catch (BatchProcessor.RowsRefusedException e) {
            return finishFailed(
                    batch,
                    BatchState.FAILED,
                    new Refusal.Invalid(queries.findFirstFindings(batch.id)),
                    List.of(),
                    Receipt.EMPTY,
                    told);
        } catch (IOException | RuntimeException e) {
            return handleFailure(batch, e, work == null ? receipt : work.receipt(), told);
        }
    }

    private RecordForm formOf(Batch batch) {
        return forms.createForm(batch.record, Province.of(batch.province))
                .withMapping(ColumnMapping.parse(batch.columnMapping));
    }

    private Receipt processInOneTransaction(Batch batch, BatchProcessor work, ChunkPrefetcher chunks) {
        boolean keep = batch.mode == BatchMode.ALL && !batch.dryRun;
        return work.processInOneTransaction(
                chunks, keep, receipt -> store.finishBatch(batch.id, BatchState.DONE, null, receipt));
    }

    private RowSource openRows(Batch batch, RecordForm form) throws IOException {
        var file = spool.openFile(batch);
        Charset charset = batch.charset == null ? null : Charset.forName(batch.charset);
        if (batch.format == BatchFormat.CSV) {
            charset = CsvCharsetDetector.detect(file, charset);
        }
        var source = RowSourceFactory.open(
                batch.format,
                charset,
                file,
                form,
                Province.of(batch.province),
                Math.toIntExact(config.rowLimit().asLongValue()));
        try {
            var name = batch.format == BatchFormat.CSV && charset != null ? charset.name() : null;
            QuarkusTransaction.requiringNew().run(() -> store.markOpened(batch.id, source, name));
            source.requireReadableColumns();
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private BatchResult finishDone(Batch batch, Receipt receipt) {
        if (batch.mode != BatchMode.ALL || batch.dryRun) {
            QuarkusTransaction.requiringNew().run(() -> store.finishBatch(batch.id, BatchState.DONE, null, receipt));
        }
        spool.deleteFile(batch.id);
        return new BatchResult.CompletedBatch(receipt);
    }

    private BatchResult handleFailure(Batch batch, Exception failure, Receipt receipt, RefusalChannel told) {
        var stopped = endIfStopped(batch, failure);
        if (stopped.isPresent()) {
            return new BatchResult.FailedBatch(stopped.get());
        }
        var refusal = FailureClassifier.toRefusal(failure);
        if (refusal instanceof Refusal.Unavailable) {
            LOG.warnf("Batch %s waits: %s", batch.id, failure.getClass().getSimpleName());
            if (stopping) {
                returnAttempt(batch);
            }
            return new BatchResult.WaitingBatch(refusal);
        }
        if (refusal instanceof Refusal.Internal) {
            logFailure(batch, failure);
        } else {
            LOG.warnf(
                    "Batch %s ended early: %s",
                    batch.id, ProblemType.of(refusal).slug());
        }
        return finishFailed(batch, BatchState.FAILED, refusal, BatchStore.fileFindings(refusal), receipt, told);
    }

    /**
     * Deletes the file of a batch that its sender has stopped while this process worked on it.
     *
     * @return the refusal for a sender that waits; empty if the failure has another cause
     */
    private Optional<Refusal> endIfStopped(Batch batch, Exception failure) {
        if (!(failure instanceof LostLeaseException) || !queries.isStopped(batch.id)) {
            return Optional.empty();
        }
        LOG.infof("Batch %s was stopped by its sender", batch.id);
        spool.deleteFile(batch.id);
        return Optional.of(new Refusal.Conflict(
                new Finding("", "batch-stopped", "The file was stopped while it was processed.", "该批次在处理过程中已被停止。")));
    }

    private void returnAttempt(Batch batch) {
        try {
            leases.returnAttempt(batch.id);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The attempt at batch %s stays counted: %s",
                    batch.id, e.getClass().getSimpleName());
        }
    }

    /** Ends a batch whose attempts are used up, and stores a finding with the sender's options. */
    private BatchResult failAfterLastAttempt(Batch batch, Receipt receipt, RefusalChannel told) {
        boolean byRows = batch.mode == BatchMode.ROWS && !batch.dryRun;
        var finding = new Finding(
                "",
                "attempts-used-up",
                "The work on this file was begun " + config.maxAttempts() + " times, and no attempt came to its end. "
                        + (byRows ? "Rows that have an outcome are stored." : "Nothing of the file is stored."),
                "系统已尝试处理该文件 " + config.maxAttempts() + " 次，均未完成，不再自动重试。" + (byRows ? "已有处理结果的行已入库。" : "该文件的数据均未入库。"));
        LOG.errorf("Batch %s has failed: its %d attempts are used up", batch.id, config.maxAttempts());
        givenUp.increment();
        var refusal = new Refusal.Unavailable(RETRY_AFTER_SECONDS, finding.detail(), finding.detailZh());
        return finishFailed(batch, BatchState.FAILED, refusal, List.of(finding), receipt, told);
    }

    /**
     * Logs a failure. A message of the database may contain a row; for records with personal fields the log has only
     * the place.
     */
    private static void logFailure(Batch batch, Exception failure) {
        boolean personal = !RecordForm.of(batch.record).personal().isEmpty();
        if (!personal) {
            LOG.errorf(failure, "Batch %s failed", batch.id);
            return;
        }
        var place = new Exception(failure.getClass().getName());
        place.setStackTrace(failure.getStackTrace());
        LOG.errorf(place, "Batch %s failed", batch.id);
    }

    /**
     * Ends a batch that cannot continue.
     *
     * @param why finding for the sender at the batch, in addition to the causes of single rows
     */
    BatchResult finishFailed(
            Batch batch, BatchState state, Refusal refusal, List<Finding> why, Receipt receipt, RefusalChannel told) {
        try {
            var slug = ProblemType.of(refusal).slug();
            QuarkusTransaction.requiringNew().run(() -> {
                store.finishBatch(batch.id, state, slug, receipt);
                store.saveFileFindings(batch.id, why);
                if (told == RefusalChannel.AUDIT_TRAIL) {
                    store.auditRefused(batch, refusal);
                }
            });
            spool.deleteFile(batch.id);
            return new BatchResult.FailedBatch(refusal);
        } catch (UncheckedIOException e) {
            LOG.warnf("The file of batch %s could not be deleted: %s", batch.id, e.getMessage());
            return new BatchResult.FailedBatch(refusal);
        } catch (RuntimeException e) {
            var stopped = endIfStopped(batch, e);
            if (stopped.isPresent()) {
                return new BatchResult.FailedBatch(stopped.get());
            }
            // The database may be the cause; with its file still here the batch is taken up again.
            LOG.warnf("Batch %s could not be closed: %s", batch.id, e.getClass().getSimpleName());
            return new BatchResult.FailedBatch(refusal);
        }
    }
}
