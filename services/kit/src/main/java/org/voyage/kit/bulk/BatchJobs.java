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
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.access.Scopes;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.Failures;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.ProblemType;
import org.voyage.kit.web.Refusal;

/** Works on the batches whose files are here: at once, later, or again after a crash. */
@ApplicationScoped
class BatchJobs {
    private static final Logger LOG = Logger.getLogger(BatchJobs.class);
    /** A spreadsheet's texts are held in memory, some tens of megabytes at most. */
    private static final int SPREADSHEETS = 2;

    private static final int RETRY_AFTER_SECONDS = 30;

    private final BulkConfig config;
    private final BatchStore store;
    private final BatchLeaseStore leases;
    private final BatchReader reader;
    private final RowHandlers handlers;
    private final Spool spool;
    private final EntityManager entities;
    private final TriedChanges tried;
    private final Counter givenUp;
    private final Semaphore places;
    private final Semaphore spreadsheets = new Semaphore(SPREADSHEETS, true);
    private final Set<UUID> active = ConcurrentHashMap.newKeySet();
    private final Set<UUID> queued = ConcurrentHashMap.newKeySet();
    private final ExecutorService pool;
    private volatile boolean stopping;

    BatchJobs(
            BulkConfig config,
            BatchStore store,
            BatchLeaseStore leases,
            BatchReader reader,
            RowHandlers handlers,
            Spool spool,
            EntityManager entities,
            TriedChanges tried,
            MeterRegistry registry) {
        this.config = config;
        this.store = store;
        this.leases = leases;
        this.reader = reader;
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

    /** Batches stop at the end of their chunk and go on after the next start. */
    void onStop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        pool.shutdown();
    }

    /** Where it is told that a file is refused as a whole: a refusal that a request is answered with is noted there. */
    enum Told {
        BY_THE_ANSWER,
        BY_THE_TRAIL
    }

    /** Makes a batch one that this process has not forgotten; false if it is one already. */
    boolean hold(UUID batch) {
        return active.add(batch);
    }

    void release(UUID batch) {
        active.remove(batch);
    }

    Set<UUID> held() {
        return Set.copyOf(active);
    }

    /** Whether one more may wait for its turn. */
    boolean queueFull() {
        return queued.size() >= config.waiting();
    }

    /** Works on a held batch in its turn, when the caller has long gone. */
    void later(Batch batch) {
        queued.add(batch.id);
        try {
            pool.execute(() -> {
                acquireSheetPermit(batch);
                try {
                    places.acquire();
                    inRequestContext(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    releaseSheetPermit(batch);
                    queued.remove(batch.id);
                    release(batch.id);
                }
            });
        } catch (RejectedExecutionException e) {
            // We are going away; it goes on after the next start.
            queued.remove(batch.id);
            release(batch.id);
        }
    }

    private void inRequestContext(Batch batch) {
        var requests = Arc.container().requestContext();
        requests.activate();
        try {
            Scopes.within(new Scope.One(Province.of(batch.province)), () -> run(batch, Told.BY_THE_TRAIL));
        } finally {
            requests.terminate();
        }
    }

    /** Works on a held batch while the caller waits; if all places are taken for long he is told to come again. */
    BatchEnd now(Batch batch) {
        acquireSheetPermit(batch);
        try {
            if (places.tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return run(batch, Told.BY_THE_ANSWER);
            }
            return failed(
                    batch,
                    BatchState.FAILED,
                    new Refusal.Unavailable(RETRY_AFTER_SECONDS),
                    List.of(),
                    Receipt.NOTHING,
                    Told.BY_THE_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BatchEnd.Waits(new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } finally {
            releaseSheetPermit(batch);
            release(batch.id);
        }
    }

    /** A spreadsheet that waits for its permit must not hold a place, so the permit comes first. */
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

    private BatchEnd run(Batch batch, Told told) {
        try {
            return work(batch, told);
        } finally {
            places.release();
            release(batch.id);
        }
    }

    private BatchEnd work(Batch batch, Told told) {
        @Nullable BatchWork work = null;
        var receipt = Receipt.parse(batch.receipt).orElse(Receipt.NOTHING);
        try {
            if (!leases.beginAttempt(batch.id)) {
                return giveUp(batch, receipt, told);
            }
            var form = RecordForm.of(batch.record).beside(handlers.records().codes());
            try (var source = open(batch, form)) {
                boolean together = batch.mode == BatchMode.ALL || batch.dryRun;
                var chunks = new Chunk.Cutter(
                        source, config.chunkRows(), config.chunkBytes().asLongValue());
                if (chunks.done()) {
                    throw new Refusal.Malformed(
                            new Finding("", "no-rows", "There is no row in the file.", "文件中没有数据行。"));
                }
                var causes = new Causes();
                if (together) {
                    QuarkusTransaction.requiringNew().run(() -> {
                        store.startOver(batch.id);
                        tried.forgetOld();
                    });
                    receipt = Receipt.NOTHING;
                } else {
                    chunks.after(reader.lastRow(batch.id));
                    reader.known(batch.id).forEach(causes::known);
                }
                var keeper = new RowKeeper(source, form);
                work = new BatchWork(
                        config,
                        store,
                        entities,
                        tried,
                        handlers.of(batch.record),
                        new BatchContext(
                                batch.id,
                                batch.record,
                                Province.of(batch.province),
                                batch.actor,
                                batch.requestId,
                                batch.dryRun,
                                batch.startedAt),
                        keeper,
                        new OtherSpellings(batch.id, reader, keeper),
                        causes,
                        receipt,
                        () -> stopping);
                try (var ahead = new ChunksAhead(chunks)) {
                    return done(batch, together ? together(batch, work, ahead) : work.chunkByChunk(ahead));
                }
            }
        } catch (BatchWork.RowsRefused e) {
            return failed(
                    batch,
                    BatchState.FAILED,
                    new Refusal.Invalid(reader.firstFindings(batch.id)),
                    List.of(),
                    Receipt.NOTHING,
                    told);
        } catch (IOException | RuntimeException e) {
            return ended(batch, e, work == null ? receipt : work.receipt(), told);
        }
    }

    private Receipt together(Batch batch, BatchWork work, ChunksAhead chunks) {
        boolean keep = batch.mode == BatchMode.ALL && !batch.dryRun;
        return work.together(chunks, keep, receipt -> store.finish(batch.id, BatchState.DONE, null, receipt, now()));
    }

    private RowSource open(Batch batch, RecordForm form) throws IOException {
        var file = spool.file(batch);
        Charset charset = batch.charset == null ? null : Charset.forName(batch.charset);
        if (batch.format == BatchFormat.CSV) {
            charset = CsvCharset.of(file, charset);
        }
        var source = RowSources.open(
                batch.format,
                charset,
                file,
                form,
                Province.of(batch.province),
                Math.toIntExact(config.rowLimit().asLongValue()));
        try {
            var name = batch.format == BatchFormat.CSV && charset != null ? charset.name() : null;
            QuarkusTransaction.requiringNew().run(() -> store.opened(batch.id, source, name));
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private BatchEnd done(Batch batch, Receipt receipt) {
        if (batch.mode != BatchMode.ALL || batch.dryRun) {
            QuarkusTransaction.requiringNew().run(() -> store.finish(batch.id, BatchState.DONE, null, receipt, now()));
        }
        spool.delete(batch.id);
        return new BatchEnd.Done(receipt);
    }

    private BatchEnd ended(Batch batch, Exception failure, Receipt receipt, Told told) {
        var refusal = Failures.refusal(failure);
        if (refusal instanceof Refusal.Unavailable) {
            LOG.warnf("Batch %s waits: %s", batch.id, failure.getClass().getSimpleName());
            if (stopping) {
                returnAttempt(batch);
            }
            return new BatchEnd.Waits(refusal);
        }
        if (refusal instanceof Refusal.Internal) {
            log(batch, failure);
        } else {
            LOG.warnf(
                    "Batch %s ended early: %s",
                    batch.id, ProblemType.of(refusal).slug());
        }
        return failed(batch, BatchState.FAILED, refusal, BatchStore.ofTheFile(refusal), receipt, told);
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

    /** Ends a batch whose attempts are used up, and keeps at the batch what its sender can do. */
    private BatchEnd giveUp(Batch batch, Receipt receipt, Told told) {
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
        return failed(batch, BatchState.FAILED, refusal, List.of(finding), receipt, told);
    }

    /** A message of the database may hold a row; of records with personal fields only the place is logged. */
    private static void log(Batch batch, Exception failure) {
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
     * Ends a batch that will not go on.
     *
     * @param why what its sender shall find at the batch, beside the causes of single rows
     */
    BatchEnd failed(Batch batch, BatchState state, Refusal refusal, List<Finding> why, Receipt receipt, Told told) {
        try {
            var slug = ProblemType.of(refusal).slug();
            QuarkusTransaction.requiringNew().run(() -> {
                store.finish(batch.id, state, slug, receipt, now());
                store.refusedAsAWhole(batch.id, why);
                if (told == Told.BY_THE_TRAIL) {
                    store.refused(batch, refusal);
                }
            });
            spool.delete(batch.id);
            return new BatchEnd.Failed(refusal);
        } catch (UncheckedIOException e) {
            LOG.warnf("The file of batch %s could not be deleted: %s", batch.id, e.getMessage());
            return new BatchEnd.Failed(refusal);
        } catch (RuntimeException e) {
            // The database may be what broke; with its file still here the batch is taken up again.
            LOG.warnf("Batch %s could not be closed: %s", batch.id, e.getClass().getSimpleName());
            return new BatchEnd.Failed(refusal);
        }
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
