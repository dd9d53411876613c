package org.voyage.indicators.feature.verification.rebuild;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.EvidenceDraft;
import org.voyage.indicators.evidence.EvidenceDraftFactory;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.feature.completeness.LastPushTracker;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.feature.verification.proof.ProofCertificate;
import org.voyage.indicators.feature.verification.recount.EventLogScanner;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveBatchDecoder;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LogPosition;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;

/**
 * Job of one rebuild, in these steps:
 *
 * <ul>
 *   <li>It copies the served figures at a position.
 *   <li>It counts new figures from the log's beginning to exactly this position.
 *   <li>It verifies them against the evidence, or together with rebuilt evidence.
 *   <li>The new figures follow the log until they hold all that the served ones hold, and replace them.
 * </ul>
 */
@ApplicationScoped
class RebuildJob {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);
    /** Number of events of a chunk; large enough for a transaction when the evidence is rebuilt too. */
    private static final int CHUNK_EVENTS = 2_000;

    static final String NO_MEMORY_REASON = "There is no memory for a second set of figures: give it more heap.";

    private final LiveFigures live;
    private final FigureCatalogue catalogue;
    private final RecordLayoutRegistry layouts;
    private final DictionaryRegistry dictionaries;
    private final ReferenceData reference;
    private final LogReaderFactory logs;
    private final CandidateVerifier candidates;
    private final EvidenceDraftFactory drafts;
    private final AsOfFigures asOfFigures;
    private final LastPushTracker pushes;

    RebuildJob(
            LiveFigures live,
            FigureCatalogue catalogue,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            ReferenceData reference,
            LogReaderFactory logs,
            CandidateVerifier candidates,
            EvidenceDraftFactory drafts,
            AsOfFigures known,
            LastPushTracker pushes) {
        this.live = live;
        this.catalogue = catalogue;
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.reference = reference;
        this.logs = logs;
        this.candidates = candidates;
        this.drafts = drafts;
        this.asOfFigures = known;
        this.pushes = pushes;
    }

    /** Thrown when the rebuild did not complete. */
    static final class RebuildStoppedException extends Exception {
        private final RebuildState state;
        private final @Nullable UUID proof;

        RebuildStoppedException(RebuildState state, String reason) {
            this(state, reason, (UUID) null);
        }

        RebuildStoppedException(RebuildState state, String reason, @Nullable UUID proof) {
            super(reason);
            this.state = state;
            this.proof = proof;
        }

        RebuildStoppedException(RebuildState state, String reason, Exception cause) {
            super(reason, cause);
            this.state = state;
            this.proof = null;
        }

        RebuildState state() {
            return state;
        }

        /** Returns the certificate with the reason. */
        @Nullable
        UUID proof() {
            return proof;
        }
    }

    /** Listener for the progress of a rebuild. */
    interface RebuildProgressListener {
        RebuildProgress updateProgress(UnaryOperator<RebuildProgress> change);
    }

    /** @return the certificate of the new figures, which serve now */
    ProofCertificate rebuild(String by, boolean withEvidence, RebuildProgressListener progress)
            throws RebuildStoppedException, ProofUndecidedException, InterruptedException {
        if (!withEvidence) {
            return rebuild(by, null, progress);
        }
        try (EvidenceDraft draft = runDraft(drafts::openDraft)) {
            return rebuild(by, draft, progress);
        }
    }

    private static <T> T runDraft(Supplier<T> work) throws RebuildStoppedException {
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw new RebuildStoppedException(
                    RebuildState.FAILED, "The database could not store the evidence that was read again.", e);
        }
    }

    private ProofCertificate rebuild(String by, @Nullable EvidenceDraft draft, RebuildProgressListener progress)
            throws RebuildStoppedException, ProofUndecidedException, InterruptedException {
        FiguresSnapshot served = FiguresSnapshot.capture(live);
        LiveFigures fresh = new LiveFigures(catalogue, layouts, dictionaries, reference.geography());
        fresh.deferCounting();
        LiveBatchDecoder batches = new LiveBatchDecoder(layouts, dictionaries, () -> {});
        readUpTo(served.positions(), fresh, batches, draft, progress);
        progress.updateProgress(rebuild -> rebuild.withState(RebuildState.VERIFYING));
        FiguresSnapshot candidate = FiguresSnapshot.capture(fresh);
        CandidateVerifier.CandidateVerdict verdict = candidates.verifyCandidate(candidate, draft, served, by);
        progress.updateProgress(rebuild -> rebuild.withResult(new RebuildProgress.RebuildVerification(
                served.positions().offsetsByTopic(),
                verdict.proof().cells(),
                verdict.proof().differing(),
                verdict.changedCells())));
        if (!verdict.isProved()) {
            throw refuseCandidate(verdict.proof());
        }
        progress.updateProgress(rebuild -> rebuild.withState(RebuildState.SWITCHING));
        if (draft == null) {
            replaceServing(fresh, batches, progress);
        } else {
            replaceServing(draft, served, progress);
            replaceAfterNewEvidence(fresh, batches, progress);
        }
        candidates.storeServing(verdict.proof());
        return verdict.proof();
    }

    private RebuildStoppedException refuseCandidate(ProofCertificate proof) {
        String reason = "The new figures are not what the evidence and the published events give; ";
        try {
            candidates.storeRefused(proof);
            return new RebuildStoppedException(
                    RebuildState.REFUSED, reason + "see /v1/proofs/" + proof.id() + ".", proof.id());
        } catch (DatabaseException e) {
            return new RebuildStoppedException(
                    RebuildState.REFUSED, reason + "their certificate could not be kept.", e);
        }
    }

    private void replaceServing(EvidenceDraft draft, FiguresSnapshot served, RebuildProgressListener progress)
            throws RebuildStoppedException {
        EvidenceDraft.DraftReplacement replaced =
                runDraft(() -> draft.replaceEvidence(served.positions().nextOffsets()));
        progress.updateProgress(rebuild -> rebuild.withResult(
                new RebuildProgress.EvidenceReplacement(true, replaced.repaired(), replaced.replayed())));
        asOfFigures.clearCache();
    }

    /**
     * Replaces the served figures. Then it clears the change times of the old evidence, or on failure looks them up
     * again.
     */
    private void replaceAfterNewEvidence(LiveFigures fresh, LiveBatchDecoder batches, RebuildProgressListener progress)
            throws RebuildStoppedException {
        boolean serve = false;
        try {
            replaceServing(fresh, batches, progress);
            serve = true;
        } finally {
            if (serve) {
                pushes.clearEarlier();
            } else {
                pushes.restartLookUp();
            }
        }
    }

    private void readUpTo(
            LogPosition end,
            LiveFigures fresh,
            LiveBatchDecoder batches,
            @Nullable EvidenceDraft draft,
            RebuildProgressListener progress)
            throws RebuildStoppedException {
        long deadline = System.nanoTime() + EventLogScanner.READING_TIMEOUT.toNanos();
        try (LogReader reader = logs.openReader(partition -> LogReader.FROM_BEGINNING, CHUNK_EVENTS)) {
            if (draft != null) {
                requireCompleteLog(end, reader);
            }
            do {
                LogReader.LogChunk chunk = truncateChunk(end, reader.pollChunk(POLL_TIMEOUT));
                fresh.applyBatch(batches.decode(chunk));
                if (draft != null) {
                    runDraft(() -> draft.addMessages(chunk.messages()));
                }
                progress.updateProgress(
                        rebuild -> rebuild.withEventsRead(chunk.messages().size()));
                requireInTime(deadline);
                requireMemory();
            } while (!hasPassed(reader, end));
        }
        fresh.applyBatch(new LiveBatch(List.of(), end.byPartition()));
        fresh.countAll();
    }

    /** Requires the complete log, because events that Kafka has deleted would be lost. */
    private static void requireCompleteLog(LogPosition end, LogReader reader) throws RebuildStoppedException {
        Map<TopicPartition, Long> beginnings = reader.beginningOffsets();
        for (TopicPartition partition : end.byPartition().keySet()) {
            if (beginnings.getOrDefault(partition, 0L) > 0) {
                throw new RebuildStoppedException(
                        RebuildState.FAILED, "Kafka has no longer the beginning of " + partition.topic() + ".");
            }
        }
    }

    private static boolean hasPassed(LogReader reader, LogPosition end) {
        return end.byPartition().entrySet().stream()
                .allMatch(each -> reader.assigned().contains(each.getKey())
                        && reader.nextOffset(each.getKey()) >= each.getValue().offset());
    }

    private void replaceServing(LiveFigures fresh, LiveBatchDecoder batches, RebuildProgressListener progress)
            throws RebuildStoppedException {
        long deadline = System.nanoTime() + EventLogScanner.READING_TIMEOUT.toNanos();
        LogPosition from = fresh.readView(FiguresView::positions);
        try (LogReader reader = logs.openReader(
                partition -> from.byPartition().containsKey(partition)
                        ? from.positionOf(partition).offset()
                        : LogReader.FROM_BEGINNING,
                CHUNK_EVENTS)) {
            while (!live.replaceWith(fresh)) {
                LogReader.LogChunk chunk = reader.pollChunk(POLL_TIMEOUT);
                Map<TopicPartition, Long> next = new HashMap<>();
                reader.assigned().forEach(partition -> next.put(partition, reader.nextOffset(partition)));
                fresh.applyBatch(batches.decode(new LogReader.LogChunk(chunk.messages(), next)));
                progress.updateProgress(
                        rebuild -> rebuild.withEventsRead(chunk.messages().size()));
                requireInTime(deadline);
            }
        }
    }

    /** Requires room before the memory is used up: that would end the process, and the served figures with it. */
    private static void requireMemory() throws RebuildStoppedException {
        if (HeapHeadroom.isUsedUp()) {
            throw new RebuildStoppedException(RebuildState.FAILED, NO_MEMORY_REASON);
        }
    }

    private void requireInTime(long deadline) throws RebuildStoppedException {
        if (System.nanoTime() - deadline > 0) {
            throw new RebuildStoppedException(
                    RebuildState.FAILED,
                    "The log could not be read up to the figures within " + EventLogScanner.READING_TIMEOUT + ".");
        }
    }

    /** Returns the part of a chunk before a position. */
    private static LogReader.LogChunk truncateChunk(LogPosition end, LogReader.LogChunk chunk) {
        List<LogMessage> deliveries = new ArrayList<>();
        for (LogMessage message : chunk.messages()) {
            if (message.offset()
                    < end.positionOf(new TopicPartition(message.topic(), message.partition()))
                            .offset()) {
                deliveries.add(message);
            }
        }
        return new LogReader.LogChunk(deliveries, Map.of());
    }
}
