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
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Failures;
import org.voyage.kit.web.Refusal;

/** Carries the chunks of one batch through its transactions. */
final class BatchWork {
    private final BulkConfig config;
    private final BatchStore store;
    private final EntityManager entities;
    private final TriedChanges tried;
    private final RowHandler handler;
    private final BatchContext context;
    private final RowKeeper keeper;
    private final OtherSpellings spellings;
    private final Causes causes;
    private final BooleanSupplier stopping;
    private Receipt receipt;

    /**
     * @param begun what an earlier life of this batch has committed
     * @param stopping whether this instance is going away
     */
    BatchWork(
            BulkConfig config,
            BatchStore store,
            EntityManager entities,
            TriedChanges tried,
            RowHandler handler,
            BatchContext context,
            RowKeeper keeper,
            OtherSpellings spellings,
            Causes causes,
            Receipt begun,
            BooleanSupplier stopping) {
        this.config = config;
        this.store = store;
        this.entities = entities;
        this.tried = tried;
        this.handler = handler;
        this.context = context;
        this.keeper = keeper;
        this.spellings = spellings;
        this.causes = causes;
        this.receipt = begun;
        this.stopping = stopping;
    }

    /** What was committed so far. */
    Receipt receipt() {
        return receipt;
    }

    /** A transaction for each chunk. */
    Receipt chunkByChunk(ChunksAhead chunks) {
        while (!chunks.done()) {
            goOn();
            settle(chunks.next());
        }
        lookAtStored(chunks.keys());
        return transaction(config.chunkTimeout(), () -> {
            store.warned(context.batchId(), handler.atEnd(context, chunks.rows()), causes);
            return receipt;
        });
    }

    /**
     * One transaction for everything. Outcomes and progress are written beside it, so that they can be seen meanwhile
     * and afterwards.
     *
     * @param keep false for a dry run
     * @param last done at the end of the transaction, if it is kept: then either both hold or neither
     * @throws RowsRefused if rows are to be kept and one was refused; nothing is stored then
     */
    Receipt together(ChunksAhead chunks, boolean keep, Consumer<Receipt> last) {
        try {
            receipt = transaction(config.fileTimeout(), () -> {
                var all = Receipt.NOTHING;
                boolean refused = false;
                long changed = 0;
                while (!chunks.done()) {
                    goOn();
                    var chunk = chunks.next();
                    var outcome = handle(chunk);
                    entities.clear();
                    all = all.and(outcome.receipt());
                    refused |= outcome.outcomes().stream().anyMatch(RowOutcome.Refused.class::isInstance);
                    var changes = context.dryRun() ? tried.take() : List.<String>of();
                    beside(chunk, outcome.outcomes(), changes, changed);
                    changed += changes.size();
                }
                boolean fails = keep && refused;
                if (keep && !fails) {
                    lookAtStored(chunks.keys());
                }
                if (!fails) {
                    var warnings = handler.atEnd(context, chunks.rows());
                    transaction(config.chunkTimeout(), () -> {
                        store.warned(context.batchId(), warnings, causes);
                        return Receipt.NOTHING;
                    });
                }
                if (fails || !keep) {
                    throw new Undone(fails);
                }
                last.accept(all);
                return all;
            });
        } catch (Undone undone) {
            if (undone.becauseRefused) {
                throw new RowsRefused();
            }
            // Nothing is held up by it any more.
            lookAtStored(chunks.keys());
        }
        return receipt;
    }

    private void goOn() {
        if (stopping.getAsBoolean()) {
            throw new Refusal.Unavailable(10);
        }
    }

    private void settle(Chunk chunk) {
        for (int attempt = 1; ; attempt++) {
            try {
                receipt = transaction(config.chunkTimeout(), () -> {
                    var outcome = handle(chunk);
                    var soFar = receipt.and(outcome.receipt());
                    record(chunk, outcome.outcomes(), soFar);
                    return soFar;
                });
                return;
            } catch (RuntimeException e) {
                var refusal = Failures.refusal(e);
                if (ours(refusal)) {
                    throw e;
                }
                if (refusal instanceof Refusal.Conflict && attempt < config.attempts()) {
                    pause(attempt);
                } else {
                    divide(chunk, refusal);
                    return;
                }
            }
        }
    }

    /** Finds the row that cannot be stored, so that only that one is refused. */
    private void divide(Chunk chunk, Refusal refusal) {
        int size = chunk.rows().size();
        if (size > 1) {
            settle(chunk.part(0, size / 2));
            settle(chunk.part(size / 2, size));
            return;
        }
        transaction(config.chunkTimeout(), () -> {
            record(chunk, List.of(RowOutcome.refused(refusal)), receipt);
            return receipt;
        });
    }

    private ChunkOutcome handle(Chunk chunk) {
        var readable = spellings.told(chunk);
        var handled =
                readable.isEmpty() ? new ChunkOutcome(List.of(), Receipt.NOTHING) : handler.handle(readable, context);
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
        return new ChunkOutcome(spellings.withFirst(chunk, outcomes), handled.receipt());
    }

    /**
     * Warns of records that were there before the file under keys like those that it has brought; in transactions of its
     * own, for what the file itself has stored does not matter.
     */
    private void lookAtStored(KeysOfFile keys) {
        var page = spellings.any() ? lookAtStored(keys, "") : Optional.<String>empty();
        while (page.isPresent()) {
            goOn();
            page = lookAtStored(keys, page.get());
        }
    }

    /** @return the last of the stored keys behind this one that were looked at; empty if there are no more */
    private Optional<String> lookAtStored(KeysOfFile keys, String after) {
        return transaction(config.chunkTimeout(), () -> {
            var stored = handler.storedKeys(context, after);
            var warnings = spellings.beside(stored, keys, alike -> handler.standing(context, alike));
            store.warned(context.batchId(), warnings, causes);
            return stored.isEmpty() ? Optional.empty() : Optional.of(stored.getLast());
        });
    }

    /** @param changed how many changes of a dry run there were before these */
    private void beside(Chunk chunk, List<RowOutcome> outcomes, List<String> changes, long changed) {
        transaction(config.chunkTimeout(), () -> {
            record(chunk, outcomes, Receipt.NOTHING);
            tried.keep(context.batchId(), changes, changed);
            return Receipt.NOTHING;
        });
    }

    private void record(Chunk chunk, List<RowOutcome> outcomes, Receipt soFar) {
        store.record(context, chunk, outcomes, soFar, keeper, causes, handler.yearField(context.record()));
    }

    private static <T> T transaction(Duration timeout, Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout(Math.toIntExact(timeout.toSeconds()))
                .call(work);
    }

    private static boolean ours(Refusal refusal) {
        return refusal instanceof Refusal.Internal || refusal instanceof Refusal.Unavailable;
    }

    /** A little, and not the same for both who got in each other's way. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 50L * attempt + 6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(5);
        }
    }

    /** Rows of mode all were refused, so none is stored. */
    static final class RowsRefused extends RuntimeException {
        RowsRefused() {
            super("rows were refused", null, false, false);
        }
    }

    /** Leaves a transaction that is not to be kept. */
    private static final class Undone extends RuntimeException {
        private final boolean becauseRefused;

        Undone(boolean becauseRefused) {
            super("undone", null, false, false);
            this.becauseRefused = becauseRefused;
        }
    }
}
