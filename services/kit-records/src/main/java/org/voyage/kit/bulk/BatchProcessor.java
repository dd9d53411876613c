package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.ChunkPrefetcher;
import org.voyage.kit.bulk.format.FileKeyIndex;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.bulk.outcome.ChunkOutcome;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.DryRunScope;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;

/** Processor that stores the chunks of one batch in transactions. */
final class BatchProcessor {
    /** Longest dry run; a longer one fails. */
    static final Duration DRY_RUN_TIMEOUT = Duration.ofHours(1);
    /** Longest transaction of a chunk. */
    private static final Duration CHUNK_TIMEOUT = Duration.ofMinutes(2);
    /**
     * Longest time for which a file in mode all may hold back the events of the service, when it appends its own at its end; it
     * fails if they take longer.
     */
    private static final Duration PUBLICATION_TIMEOUT = Duration.ofSeconds(7);
    /** Attempts at a chunk that conflicts with other writes, before it is split in two. */
    private static final int MAX_CHUNK_ATTEMPTS = 3;

    /** Time that the transaction manager allows beyond the limit, so that the limit is noticed here first. */
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(30);
    /** Time for which others may wait for the rows that a dry run writes. */
    private static final Duration UNDISTURBED_TIME = Duration.ofSeconds(2);

    private static final int RETRY_AFTER_SECONDS = 10;

    private final BulkConfig config;
    private final BatchStore store;
    private final EntityManager entities;
    private final DryRunChanges tried;
    private final Outbox outbox;
    private final RowHandler handler;
    private final BatchContext context;
    private final RowRedactor keeper;
    private final SimilarKeyDetector spellings;
    private final RefusalCauseCounter causes;
    private final boolean lastAttempt;
    private final StorageQuota storage;
    private final BooleanSupplier stopping;
    private Receipt receipt;
    /** Number of changes that a dry run has stored. */
    private long changed;

    /**
     * @param begun receipt of the chunks that an earlier attempt has committed
     * @param lastAttempt whether no other attempt follows this one
     * @param stopping whether this instance is stopping
     */
    BatchProcessor(
            BulkConfig config,
            BatchStore store,
            EntityManager entities,
            DryRunChanges tried,
            Outbox outbox,
            RowHandler handler,
            BatchContext context,
            RowRedactor keeper,
            SimilarKeyDetector spellings,
            RefusalCauseCounter causes,
            Receipt begun,
            boolean lastAttempt,
            StorageQuota storage,
            BooleanSupplier stopping) {
        this.config = config;
        this.store = store;
        this.entities = entities;
        this.tried = tried;
        this.outbox = outbox;
        this.handler = handler;
        this.context = context;
        this.keeper = keeper;
        this.spellings = spellings;
        this.causes = causes;
        this.receipt = begun;
        this.lastAttempt = lastAttempt;
        this.storage = storage;
        this.stopping = stopping;
    }

    /** Returns the receipt of all committed chunks. */
    Receipt receipt() {
        return receipt;
    }

    /** Processes each chunk in a transaction of its own. */
    Receipt processChunkByChunk(ChunkPrefetcher chunks) {
        while (!chunks.isDone()) {
            requireNotStopping();
            requireRoomToStore(
                    "Rows that have an outcome are stored. Send the file again later; these rows are then unchanged.",
                    "已有处理结果的行已入库。稍后请重新报送该文件，已入库的行不会重复。");
            storeChunk(chunks.nextChunk());
        }
        warnOfSimilarStoredKeys(chunks.keys());
        return runInTransaction(CHUNK_TIMEOUT, () -> {
            store.addWarnings(context.batchId(), checkFile(chunks), causes);
            return receipt;
        });
    }

    /**
     * Processes all rows in one transaction. Outcomes and progress are written in other transactions, so that they are
     * visible during the work and after it. The transaction holds back no event of others until its end: it defers its
     * own events, and a dry run locks nothing but what it writes. A dry run for which others wait starts over; its last
     * attempt goes on in parts.
     *
     * @param keep false for a dry run
     * @param last done at the end of the transaction, if it is kept: both are committed or neither
     * @throws RowsRefusedException if rows are to be kept and one was refused; nothing is stored then
     * @throws Refusal.Invalid if the file is too large or takes too long; nothing is stored then
     */
    Receipt processInOneTransaction(ChunkPrefetcher chunks, boolean keep, Consumer<Receipt> last) {
        return keep ? storeTogether(chunks, true, last) : DryRunScope.runDry(() -> storeTogether(chunks, false, last));
    }

    private Receipt storeTogether(ChunkPrefetcher chunks, boolean keep, Consumer<Receipt> last) {
        var limit = keep ? config.allTimeout() : DRY_RUN_TIMEOUT;
        long start = System.nanoTime();
        try {
            receipt = runInTransaction(limit.plus(TIMEOUT_MARGIN), () -> {
                var all = Receipt.EMPTY;
                boolean refused = false;
                if (keep) {
                    outbox.deferEvents();
                } else {
                    store.awaitDryRunTurn(context.province());
                }
                while (!chunks.isDone()) {
                    requireNotStopping();
                    requireRoomToStore("Nothing of the file is stored.", "该文件的数据均未入库。");
                    requireWithin(limit, start);
                    if (!keep && isDisturbing(start)) {
                        throw yieldToOthers();
                    }
                    var chunk = refusePersonalKeys(chunks.nextChunk());
                    requireFewRows(chunk, keep);
                    var outcome = handleUncommitted(chunk);
                    all = all.plus(outcome.receipt());
                    refused |= outcome.outcomes().stream().anyMatch(RowOutcome.RefusedRowOutcome.class::isInstance);
                }
                boolean fails = keep && refused;
                if (keep && !fails) {
                    warnOfSimilarStoredKeys(chunks.keys());
                }
                if (!fails) {
                    var warnings = checkFile(chunks);
                    runInTransaction(CHUNK_TIMEOUT, () -> {
                        store.addWarnings(context.batchId(), warnings, causes);
                        return Receipt.EMPTY;
                    });
                }
                if (fails || !keep) {
                    throw new TransactionUndoneException(fails);
                }
                all = all.plus(appendDeferredEvents());
                last.accept(all);
                return all;
            });
        } catch (TransactionUndoneException undone) {
            if (undone.becauseRefused) {
                throw new RowsRefusedException();
            }
            // No other work waits for this transaction any more.
            if (!chunks.isDone()) {
                tryInParts(chunks, limit, start);
            }
            warnOfSimilarStoredKeys(chunks.keys());
        } catch (Refusal.Invalid refusal) {
            throw refusal;
        } catch (RuntimeException e) {
            // Whatever the transaction manager or the database calls it, the time of the transaction is over.
            requireWithin(limit, start);
            throw e;
        }
        return receipt;
    }

    /** Returns the warnings about the records after all rows, and about the parts of the file that are no record. */
    private List<BatchWarning> checkFile(ChunkPrefetcher chunks) {
        var warnings = new ArrayList<BatchWarning>();
        chunks.ignoredParts().forEach((finding, rows) -> warnings.add(new BatchWarning(finding, rows)));
        warnings.addAll(handler.checkFile(context, chunks.rowCount()));
        return warnings;
    }

    private ChunkOutcome handleUncommitted(Chunk chunk) {
        var outcome = handleChunk(chunk);
        entities.clear();
        var changes = context.dryRun() ? tried.takeLines() : List.<String>of();
        recordInOwnTransaction(chunk, outcome.outcomes(), changes, changed);
        changed += changes.size();
        return outcome;
    }

    /**
     * Tries the remaining chunks of a dry run, each in a transaction that is rolled back at once. So other writes wait
     * for one chunk at most, but a row does not see the rows of earlier chunks. A warning of the file says so.
     */
    private void tryInParts(ChunkPrefetcher chunks, Duration limit, long start) {
        var next = chunks.nextChunk();
        long first = next.firstRow();
        while (true) {
            requireNotStopping();
            requireRoomToStore("Nothing of the file is stored.", "该文件的数据均未入库。");
            requireWithin(limit, start);
            tryAlone(next);
            if (chunks.isDone()) {
                break;
            }
            next = chunks.nextChunk();
        }
        long rows = chunks.rowCount() - first + 1;
        runInTransaction(CHUNK_TIMEOUT, () -> {
            store.addWarnings(context.batchId(), List.of(new BatchWarning(triedInParts(first), rows)), causes);
            return receipt;
        });
    }

    private void tryAlone(Chunk chunk) {
        for (int attempt = 1; ; attempt++) {
            try {
                runInTransaction(CHUNK_TIMEOUT, () -> {
                    store.awaitDryRunTurn(context.province());
                    handleUncommitted(refusePersonalKeys(chunk));
                    throw new TransactionUndoneException(false);
                });
            } catch (TransactionUndoneException undone) {
                return;
            } catch (RuntimeException e) {
                if (attempt == MAX_CHUNK_ATTEMPTS || !(FailureClassifier.toRefusal(e) instanceof Refusal.Conflict)) {
                    throw e;
                }
                pauseBeforeRetry(attempt);
            }
        }
    }

    private static Finding triedInParts(long first) {
        return new Finding(
                "",
                "dry-run-in-parts",
                "Other writes waited for this dry run each time, so it tried the rows from row " + first
                        + " on in parts. A row of one part does not see the rows of another, and numbers of records per"
                        + " year are not compared.",
                "试运行多次与其他报送冲突，自第 " + first + " 行起改为分段试运行：不同分段的行之间未相互核对，年度记录数量也未比较。");
    }

    private Receipt appendDeferredEvents() {
        long start = System.nanoTime();
        try {
            return outbox.appendDeferred(PUBLICATION_TIMEOUT);
        } catch (DatabaseException e) {
            if (hasPassed(PUBLICATION_TIMEOUT, start)) {
                throw tooLarge();
            }
            throw e;
        }
    }

    private void requireFewRows(Chunk chunk, boolean keep) {
        if (keep && chunk.rows().getLast().number() > config.allRows()) {
            throw tooLarge();
        }
    }

    private Refusal tooLarge() {
        return new Refusal.Invalid(new Finding(
                "",
                "file-too-large",
                "With mode=all a file has at most " + config.allRows()
                        + " rows, because all of them are published at once; nothing is stored. Send it in parts, or with"
                        + " mode=rows.",
                "mode=all 的文件须一次性整体入库并发布，最多 " + config.allRows() + " 行；该文件的数据均未入库。请拆分后报送，或使用 mode=rows。"));
    }

    /** Requires that the time for the file is not over: a further attempt would take as long. */
    private void requireWithin(Duration limit, long start) {
        if (hasPassed(limit, start)) {
            throw new Refusal.Invalid(new Finding(
                    "",
                    "file-timeout",
                    "The rows of the file were not done within " + limit.toSeconds()
                            + " s, the longest time for a file with mode=all or a dry run; nothing is stored. Send it in"
                            + " parts, or with mode=rows.",
                    "文件未能在 " + limit.toSeconds() + " 秒内处理完毕（mode=all 或试运行的最长时间），数据均未入库。请拆分后报送，或使用 mode=rows。"));
        }
    }

    private static boolean hasPassed(Duration limit, long start) {
        return System.nanoTime() - start >= limit.toNanos();
    }

    /** Returns whether a write of others waits for a dry run that has worked for some time. */
    private boolean isDisturbing(long start) {
        return hasPassed(UNDISTURBED_TIME, start) && store.othersWait();
    }

    /** Returns the exception that ends the transaction of a dry run: it starts over, or goes on in parts at last. */
    private RuntimeException yieldToOthers() {
        return lastAttempt ? new TransactionUndoneException(false) : new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    private void requireNotStopping() {
        if (stopping.getAsBoolean()) {
            throw new Refusal.Unavailable(10);
        }
    }

    private void requireRoomToStore(String effect, String effectZh) {
        var usage = storage.findExceeded(context.province());
        if (usage != null) {
            throw new Refusal.QuotaExceeded(
                    "The province has stored as many bytes in this service as it may in one day. " + effect,
                    "本省当日在该服务写入的数据量已达上限。" + effectZh,
                    usage);
        }
    }

    private void storeChunk(Chunk read) {
        for (int attempt = 1; ; attempt++) {
            try {
                receipt = runInTransaction(CHUNK_TIMEOUT, () -> {
                    var chunk = refusePersonalKeys(read);
                    var outcome = handleChunk(chunk);
                    var soFar = receipt.plus(outcome.receipt());
                    recordOutcomes(chunk, outcome.outcomes(), soFar);
                    return soFar;
                });
                return;
            } catch (RuntimeException e) {
                var refusal = FailureClassifier.toRefusal(e);
                if (isServerFault(refusal)) {
                    throw e;
                }
                if (refusal instanceof Refusal.Conflict && attempt < MAX_CHUNK_ATTEMPTS) {
                    pauseBeforeRetry(attempt);
                } else {
                    splitRefusedChunk(read, refusal);
                    return;
                }
            }
        }
    }

    /** Splits a chunk to find the row that cannot be stored, so that only that row is refused. */
    private void splitRefusedChunk(Chunk chunk, Refusal refusal) {
        int size = chunk.rows().size();
        if (size > 1) {
            storeChunk(chunk.subChunk(0, size / 2));
            storeChunk(chunk.subChunk(size / 2, size));
            return;
        }
        runInTransaction(CHUNK_TIMEOUT, () -> {
            recordOutcomes(chunk, List.of(RowOutcome.refused(refusal)), receipt);
            return receipt;
        });
    }

    /** Refuses the rows whose keys look like a person. A record of an earlier version is corrected under such a key. */
    private Chunk refusePersonalKeys(Chunk chunk) {
        var keys = chunk.personalKeys();
        return keys.isEmpty() ? chunk : chunk.withPersonalKeysRefused(handler.findActiveKeys(context, keys));
    }

    private ChunkOutcome handleChunk(Chunk chunk) {
        var readable = spellings.withSpellingWarnings(chunk);
        var handled =
                readable.isEmpty() ? new ChunkOutcome(List.of(), Receipt.EMPTY) : handler.handleRows(readable, context);
        entities.flush();
        if (handled.outcomes().size() != readable.size()) {
            throw new IllegalStateException(
                    "the handler answered " + handled.outcomes().size() + " outcomes for " + readable.size() + " rows");
        }
        var outcomes = new ArrayList<RowOutcome>(chunk.rows().size());
        var next = handled.outcomes().iterator();
        for (var row : chunk.rows()) {
            outcomes.add(row.row() == null ? RowOutcome.refused(row.findings()) : next.next());
        }
        return new ChunkOutcome(spellings.withFirstLines(chunk, outcomes), handled.receipt());
    }

    /**
     * Warns about older records whose keys resemble keys that the file has created. Runs in transactions of its own,
     * because the file's own rows do not matter.
     */
    private void warnOfSimilarStoredKeys(FileKeyIndex keys) {
        var page = spellings.hasNewKeys() ? warnOfSimilarKeysOnPage(keys, "") : Optional.<String>empty();
        while (page.isPresent()) {
            requireNotStopping();
            page = warnOfSimilarKeysOnPage(keys, page.get());
        }
    }

    /** @return the last compared key after this one; empty if there are no more */
    private Optional<String> warnOfSimilarKeysOnPage(FileKeyIndex keys, String after) {
        return runInTransaction(CHUNK_TIMEOUT, () -> {
            var stored = handler.listStoredKeys(context, after);
            var warnings = spellings.findSimilarStored(stored, keys, alike -> handler.findActiveKeys(context, alike));
            store.addWarnings(context.batchId(), warnings, causes);
            return stored.isEmpty() ? Optional.empty() : Optional.of(stored.getLast());
        });
    }

    /** @param changed number of changes of the dry run before these */
    private void recordInOwnTransaction(Chunk chunk, List<RowOutcome> outcomes, List<String> changes, long changed) {
        runInTransaction(CHUNK_TIMEOUT, () -> {
            recordOutcomes(chunk, outcomes, Receipt.EMPTY);
            tried.saveLines(context.batchId(), changes, changed);
            return Receipt.EMPTY;
        });
    }

    private void recordOutcomes(Chunk chunk, List<RowOutcome> outcomes, Receipt soFar) {
        store.saveOutcomes(context, chunk, outcomes, soFar, keeper, causes, handler.yearField(context.record()));
    }

    private static <T> T runInTransaction(Duration timeout, Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout(Math.toIntExact(timeout.toSeconds()))
                .call(work);
    }

    private static boolean isServerFault(Refusal refusal) {
        return refusal instanceof Refusal.Internal || refusal instanceof Refusal.Unavailable;
    }

    /** Pauses for a short random time, so that two conflicting writers do not retry at the same time. */
    private static void pauseBeforeRetry(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 50L * attempt + 6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(5);
        }
    }

    /** Refusal of rows in mode all; none is stored. */
    static final class RowsRefusedException extends RuntimeException {
        RowsRefusedException() {
            super("rows were refused", null, false, false);
        }
    }

    /** Leaves a transaction that is not to be kept. */
    private static final class TransactionUndoneException extends RuntimeException {
        private final boolean becauseRefused;

        TransactionUndoneException(boolean becauseRefused) {
            super("undone", null, false, false);
            this.becauseRefused = becauseRefused;
        }
    }
}
