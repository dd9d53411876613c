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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.ChunkPrefetcher;
import org.voyage.kit.bulk.format.CsvCharsetDetector;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.format.RowSource;
import org.voyage.kit.bulk.format.RowSourceFactory;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.FailureClassifier;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.RecordForm;

/** Executor of batches whose files are received: at once, later, or again after a crash. */
@ApplicationScoped
class BatchExecutor {
    private static final Logger LOG = Logger.getLogger(BatchExecutor.class);
    /** Each open spreadsheet keeps its texts in memory, some tens of megabytes at most. */
    private static final int MAX_OPEN_SPREADSHEETS = 2;

    private static final int RETRY_AFTER_SECONDS = 30;

    private final BulkConfig config;
    private final BatchStore store;
    private final BatchLeaseStore leases;
    private final BatchQueries queries;
    private final RowHandlerRegistry handlers;
    private final UploadSpool spool;
    private final EntityManager entities;
    private final DryRunChanges tried;
    private final Counter givenUp;
    private final Semaphore places;
    private final Semaphore spreadsheets = new Semaphore(MAX_OPEN_SPREADSHEETS, true);
    private final Set<UUID> active = ConcurrentHashMap.newKeySet();
    private final Set<UUID> queued = ConcurrentHashMap.newKeySet();
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
            MeterRegistry registry) {
        this.config = config;
        this.store = store;
        this.leases = leases;
        this.queries = queries;
        this.handlers = handlers;
        this.spool = spool;
        this.entities = entities;
        this.tried = tried;
        this.givenUp = registry.counter("voyage.bulk.given.up");
        this.places = new Semaphore(config.concurrent(), true);
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

    /** Returns whether no further batch may wait for its turn. */
    boolean isQueueFull() {
        return queued.size() >= config.waiting();
    }

    /** Processes a held batch in its turn, without a waiting caller. */
    void enqueue(Batch batch) {
        queued.add(batch.id);
        try {
            pool.execute(() -> {
                acquireSheetPermit(batch);
                try {
                    places.acquire();
                    runInRequestContext(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    releaseSheetPermit(batch);
                    queued.remove(batch.id);
                    releaseBatch(batch.id);
                }
            });
        } catch (RejectedExecutionException e) {
            // The instance is stopping; the batch continues after the next start.
            queued.remove(batch.id);
            releaseBatch(batch.id);
        }
    }

    private void runInRequestContext(Batch batch) {
        var requests = Arc.container().requestContext();
        requests.activate();
        try {
            DatabaseScope.runWithinScope(
                    new Scope.ProvinceScope(Province.of(batch.province)),
                    () -> runBatch(batch, RefusalChannel.AUDIT_TRAIL));
        } finally {
            requests.terminate();
        }
    }

    /**
     * Processes a held batch while the caller waits. If all places stay taken for {@link BulkConfig#patience()}, the
     * caller has to send the file again later.
     */
    BatchResult runNow(Batch batch) {
        acquireSheetPermit(batch);
        try {
            if (places.tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return runBatch(batch, RefusalChannel.RESPONSE);
            }
            return finishFailed(
                    batch,
                    BatchState.FAILED,
                    new Refusal.Unavailable(RETRY_AFTER_SECONDS),
                    List.of(),
                    Receipt.EMPTY,
                    RefusalChannel.RESPONSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BatchResult.WaitingBatch(new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } finally {
            releaseSheetPermit(batch);
            releaseBatch(batch.id);
        }
    }

    /** Acquires the permit for a spreadsheet before a place, so that a waiting spreadsheet holds no place. */
    private void acquireSheetPermit(Batch batch) {
        if (batch.format == BatchFormat.XLSX) {
            spreadsheets.acquireUninterruptibly();
        }
    }

    private void releaseSheetPermit(Batch batch) {
        if (batch.format == BatchFormat.XLSX) {
            spreadsheets.release();
        }
    }

    private BatchResult runBatch(Batch batch, RefusalChannel told) {
        try {
            return DatabaseTimeout.runWithTimeout(DatabaseTimeout.LONG_WORK, () -> processBatch(batch, told));
        } finally {
            places.release();
            releaseBatch(batch.id);
        }
    }

    private BatchResult processBatch(Batch batch, RefusalChannel told) {
        @Nullable BatchProcessor work = null;
        var receipt = Receipt.parse(batch.receipt).orElse(Receipt.EMPTY);
        try {
            if (!leases.beginAttempt(batch.id)) {
                return failAfterLastAttempt(batch, receipt, told);
            }
            var form =
                    RecordForm.of(batch.record).withSiblings(handlers.records().codes());
            try (var source = openRows(batch, form)) {
                boolean together = batch.mode == BatchMode.ALL || batch.dryRun;
                var chunks = new Chunk.ChunkCutter(
                        source, config.chunkRows(), config.chunkBytes().asLongValue());
                if (chunks.isDone()) {
                    throw new Refusal.Malformed(
                            new Finding("", "no-rows", "There is no row in the file.", "文件中没有数据行。"));
                }
                var causes = new RefusalCauseCounter();
                if (together) {
                    QuarkusTransaction.requiringNew().run(() -> {
                        store.resetProgress(batch.id);
                        tried.deleteExpired();
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

    private Receipt processInOneTransaction(Batch batch, BatchProcessor work, ChunkPrefetcher chunks) {
        boolean keep = batch.mode == BatchMode.ALL && !batch.dryRun;
        return work.processInOneTransaction(
                chunks, keep, receipt -> store.finishBatch(batch.id, BatchState.DONE, null, receipt, currentInstant()));
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
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private BatchResult finishDone(Batch batch, Receipt receipt) {
        if (batch.mode != BatchMode.ALL || batch.dryRun) {
            QuarkusTransaction.requiringNew()
                    .run(() -> store.finishBatch(batch.id, BatchState.DONE, null, receipt, currentInstant()));
        }
        spool.deleteFile(batch.id);
        return new BatchResult.CompletedBatch(receipt);
    }

    private BatchResult handleFailure(Batch batch, Exception failure, Receipt receipt, RefusalChannel told) {
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
                store.finishBatch(batch.id, state, slug, receipt, currentInstant());
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
            // The database may be the cause; with its file still here the batch is taken up again.
            LOG.warnf("Batch %s could not be closed: %s", batch.id, e.getClass().getSimpleName());
            return new BatchResult.FailedBatch(refusal);
        }
    }

    static Instant currentInstant() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
