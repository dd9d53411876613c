package org.voyage.indicators.rebuild;

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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.completeness.Pushes;
import org.voyage.indicators.evidence.EvidenceDraft;
import org.voyage.indicators.evidence.EvidenceDrafts;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.live.Batches;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions;
import org.voyage.indicators.proof.Candidates;
import org.voyage.indicators.proof.Certificate;
import org.voyage.indicators.proof.Frozen;
import org.voyage.indicators.proof.Undecided;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.database.DatabaseException;

/**
 * One rebuild: the served figures are copied at a position; new ones are counted from the log's beginning up to exactly there
 * and verified, against the evidence or together with evidence read anew; then they follow the log until they hold what the
 * served ones hold, and take their place.
 */
@ApplicationScoped
class Rebuilding {

    private static final Duration POLL = Duration.ofMillis(50);
    /** Events that are taken together: worth a transaction where the evidence is rebuilt too. */
    private static final int CHUNK = 2_000;

    private final LiveFigures live;
    private final Catalogue catalogue;
    private final Layouts layouts;
    private final Dictionaries dictionaries;
    private final Reference reference;
    private final LogReaders logs;
    private final Candidates candidates;
    private final EvidenceDrafts drafts;
    private final KnownFigures known;
    private final Pushes pushes;
    private final Duration timeout;

    Rebuilding(
            LiveFigures live,
            Catalogue catalogue,
            Layouts layouts,
            Dictionaries dictionaries,
            Reference reference,
            LogReaders logs,
            Candidates candidates,
            EvidenceDrafts drafts,
            KnownFigures known,
            Pushes pushes,
            IndicatorsConfig config) {
        this.live = live;
        this.catalogue = catalogue;
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.reference = reference;
        this.logs = logs;
        this.candidates = candidates;
        this.drafts = drafts;
        this.known = known;
        this.pushes = pushes;
        this.timeout = config.proof().readingTimeout();
    }

    /** It did not come to its end. */
    static final class Stopped extends Exception {
        private final RebuildState state;
        private final @Nullable UUID proof;

        Stopped(RebuildState state, String reason) {
            this(state, reason, (UUID) null);
        }

        Stopped(RebuildState state, String reason, @Nullable UUID proof) {
            super(reason);
            this.state = state;
            this.proof = proof;
        }

        Stopped(RebuildState state, String reason, Exception cause) {
            super(reason, cause);
            this.state = state;
            this.proof = null;
        }

        RebuildState state() {
            return state;
        }

        /** The certificate that says why. */
        @Nullable
        UUID proof() {
            return proof;
        }
    }

    /** Is told how far it is. */
    interface Progress {
        Rebuild note(UnaryOperator<Rebuild> change);
    }

    /** @return the certificate of the new figures, which serve now */
    Certificate run(String by, boolean withEvidence, Progress progress)
            throws Stopped, Undecided, InterruptedException {
        if (!withEvidence) {
            return run(by, null, progress);
        }
        try (EvidenceDraft draft = drafted(drafts::open)) {
            return run(by, draft, progress);
        }
    }

    private static <T> T drafted(Supplier<T> work) throws Stopped {
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw new Stopped(RebuildState.FAILED, "The database could not take the evidence that was read anew.", e);
        }
    }

    private Certificate run(String by, @Nullable EvidenceDraft draft, Progress progress)
            throws Stopped, Undecided, InterruptedException {
        Frozen served = Frozen.of(live);
        LiveFigures fresh = new LiveFigures(catalogue, layouts, dictionaries, reference.geography());
        fresh.holdBack();
        Batches batches = new Batches(layouts, dictionaries, () -> {});
        readTo(served.positions(), fresh, batches, draft, progress);
        progress.note(rebuild -> rebuild.in(RebuildState.VERIFYING));
        Frozen candidate = Frozen.of(fresh);
        Candidates.Verdict verdict = candidates.verify(candidate, draft, served, by);
        progress.note(rebuild -> rebuild.with(new Rebuild.Verified(
                served.positions().offsets(),
                verdict.proof().cells(),
                verdict.proof().differing(),
                verdict.unlike())));
        if (!verdict.proved()) {
            throw refused(verdict.proof());
        }
        progress.note(rebuild -> rebuild.in(RebuildState.SWITCHING));
        if (draft == null) {
            takePlace(fresh, batches, progress);
        } else {
            takePlace(draft, served, progress);
            takePlaceBesideNewEvidence(fresh, batches, progress);
        }
        candidates.serve(verdict.proof());
        return verdict.proof();
    }

    private Stopped refused(Certificate proof) {
        String reason = "The new figures are not what the evidence and the published events give; ";
        try {
            candidates.refuse(proof);
            return new Stopped(RebuildState.REFUSED, reason + "see /v1/proofs/" + proof.id() + ".", proof.id());
        } catch (DatabaseException e) {
            return new Stopped(RebuildState.REFUSED, reason + "their certificate could not be kept.", e);
        }
    }

    private void takePlace(EvidenceDraft draft, Frozen served, Progress progress) throws Stopped {
        EvidenceDraft.Replaced replaced =
                drafted(() -> draft.takePlace(served.positions().next()));
        progress.note(rebuild -> rebuild.with(new Rebuild.Replaced(true, replaced.mended(), replaced.replayed())));
        known.forgetAll();
    }

    /** Whether or not it comes to that, nothing goes on that was taken from the old evidence. */
    private void takePlaceBesideNewEvidence(LiveFigures fresh, Batches batches, Progress progress) throws Stopped {
        boolean serve = false;
        try {
            takePlace(fresh, batches, progress);
            serve = true;
        } finally {
            if (serve) {
                pushes.forget();
            } else {
                pushes.lookUpAgain();
            }
        }
    }

    private void readTo(
            Positions end, LiveFigures fresh, Batches batches, @Nullable EvidenceDraft draft, Progress progress)
            throws Stopped {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (LogReader reader = logs.open(partition -> LogReader.FROM_BEGINNING, CHUNK)) {
            if (draft != null) {
                checkBeginnings(end, reader);
            }
            do {
                LogReader.Chunk chunk = below(end, reader.poll(POLL));
                fresh.apply(batches.of(chunk));
                if (draft != null) {
                    drafted(() -> draft.take(chunk.deliveries()));
                }
                progress.note(rebuild -> rebuild.read(chunk.deliveries().size()));
                check(deadline);
            } while (!passed(reader, end));
        }
        fresh.apply(new LiveBatch(List.of(), end.byPartition()));
        fresh.countAll();
    }

    /** What Kafka no longer has could only be lost. */
    private static void checkBeginnings(Positions end, LogReader reader) throws Stopped {
        Map<TopicPartition, Long> beginnings = reader.beginnings();
        for (TopicPartition partition : end.byPartition().keySet()) {
            if (beginnings.getOrDefault(partition, 0L) > 0) {
                throw new Stopped(
                        RebuildState.FAILED, "Kafka has no longer the beginning of " + partition.topic() + ".");
            }
        }
    }

    private static boolean passed(LogReader reader, Positions end) {
        return end.byPartition().entrySet().stream()
                .allMatch(each -> reader.assigned().contains(each.getKey())
                        && reader.next(each.getKey()) >= each.getValue().offset());
    }

    private void takePlace(LiveFigures fresh, Batches batches, Progress progress) throws Stopped {
        long deadline = System.nanoTime() + timeout.toNanos();
        Positions from = fresh.read(Cut::positions);
        try (LogReader reader = logs.open(
                partition -> from.byPartition().containsKey(partition)
                        ? from.at(partition).offset()
                        : LogReader.FROM_BEGINNING,
                CHUNK)) {
            while (!live.adopt(fresh)) {
                LogReader.Chunk chunk = reader.poll(POLL);
                Map<TopicPartition, Long> next = new HashMap<>();
                reader.assigned().forEach(partition -> next.put(partition, reader.next(partition)));
                fresh.apply(batches.of(new LogReader.Chunk(chunk.deliveries(), next)));
                progress.note(rebuild -> rebuild.read(chunk.deliveries().size()));
                check(deadline);
            }
        }
    }

    private void check(long deadline) throws Stopped {
        if (System.nanoTime() - deadline > 0) {
            throw new Stopped(
                    RebuildState.FAILED, "The log could not be read up to the figures within " + timeout + ".");
        }
    }

    /** What of a poll lies before a position. */
    private static LogReader.Chunk below(Positions end, LogReader.Chunk chunk) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Delivery delivery : chunk.deliveries()) {
            if (delivery.offset()
                    < end.at(new TopicPartition(delivery.topic(), delivery.partition()))
                            .offset()) {
                deliveries.add(delivery);
            }
        }
        return new LogReader.Chunk(deliveries, Map.of());
    }
}
