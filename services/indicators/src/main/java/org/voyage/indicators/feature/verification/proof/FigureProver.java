package org.voyage.indicators.feature.verification.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.EvidenceDraft;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.indicators.feature.verification.compare.CellComparison;
import org.voyage.indicators.feature.verification.compare.DerivedComparison;
import org.voyage.indicators.feature.verification.compare.DerivedDifferenceTracer;
import org.voyage.indicators.feature.verification.compare.DerivedQuery;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.feature.verification.compare.RebuiltFigures;
import org.voyage.indicators.feature.verification.compare.ServedValues;
import org.voyage.indicators.feature.verification.recount.EventLogScanner;
import org.voyage.indicators.feature.verification.recount.EvidenceStateSource;
import org.voyage.indicators.feature.verification.recount.LogStateSource;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.recount.RecountDefinitions;
import org.voyage.indicators.feature.verification.recount.RecountPass;
import org.voyage.indicators.feature.verification.trace.CellEventHistory;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.ConsumerOffsets;

/**
 * Prover of the figures. It recounts a copy of the live figures at the same position, record by record, from evidence
 * and log, and compares every cell. It compares served derived values with recounted cells.
 *
 * <p>Apart from the copy, memory holds the states of parent records, the newest states of one topic, and the cells of
 * the figures of one record.
 */
@ApplicationScoped
public class FigureProver {

    /** How long a proof waits until the evidence holds the events of the live figures. */
    private static final Duration EVIDENCE_WAIT = Duration.ofMinutes(1);
    /** Differing cells that a certificate lists; the same limit applies to derived values. */
    private static final int MAX_SHOWN_CELLS = 100;
    /** Listed cells for which a proof locates the first diverging event. */
    private static final int MAX_NARROWED_CELLS = 50;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final LiveFigures live;
    private final LiveFiguresUpdater updater;
    private final FigureCatalogue catalogue;
    private final FigureCalculator figures;
    private final EvidenceHistory evidence;
    private final ConsumerOffsets progress;
    private final EventLogScanner log;
    private final DeadLetterStore deadLetters;
    private final ReferenceData reference;
    private final Clock clock;

    FigureProver(
            LiveFigures live,
            LiveFiguresUpdater updater,
            FigureCatalogue catalogue,
            FigureCalculator figures,
            EvidenceHistory evidence,
            ConsumerOffsets progress,
            EventLogScanner log,
            DeadLetterStore deadLetters,
            ReferenceData reference,
            Clock clock) {
        this.live = live;
        this.updater = updater;
        this.catalogue = catalogue;
        this.figures = figures;
        this.evidence = evidence;
        this.progress = progress;
        this.log = log;
        this.deadLetters = deadLetters;
        this.reference = reference;
        this.clock = clock;
    }

    ProofCertificate proveFigures(ProofRun run) throws ProofUndecidedException, InterruptedException {
        awaitCondition("The figures are still being filled.", updater::hasCaughtUp);
        return proveFigures(run, FiguresSnapshot.capture(live));
    }

    /** Proves candidate figures that do not serve. */
    public ProofCertificate proveFigures(ProofRun run, FiguresSnapshot frozen)
            throws ProofUndecidedException, InterruptedException {
        return proveFigures(
                run,
                frozen,
                (records, visitor) -> evidence.forEachNewest(
                        new Checkpoint(run.startedAt(), frozen.positions().nextOffsets()), records, visitor),
                deadLetters::findOffsets);
    }

    /** Proves candidate figures together with the rebuilt evidence. */
    public ProofCertificate proveFigures(ProofRun run, FiguresSnapshot frozen, EvidenceDraft draft)
            throws ProofUndecidedException, InterruptedException {
        return proveFigures(run, frozen, draft::forEachNewest, draft::unreadableOffsets);
    }

    private ProofCertificate proveFigures(
            ProofRun run,
            FiguresSnapshot frozen,
            EvidenceStateSource.NewestVersionSource source,
            EventLogScanner.UnreadableOffsets unreadable)
            throws ProofUndecidedException, InterruptedException {
        Map<TopicPartition, Long> until = frozen.positions().nextOffsets();
        awaitCondition(
                "The evidence does not reach the position of the figures.",
                () -> includesAll(progress.nextOffsets(), until));
        Checkpoint checkpoint = new Checkpoint(run.startedAt(), until);
        RecountDefinitions definitions = new RecountDefinitions(frozen.indicators(), reference.geography());
        RecountPass stored = new RecountPass(new EvidenceStateSource(source, definitions), definitions);
        RecountPass published = new RecountPass(new LogStateSource(log, until, unreadable, definitions), definitions);
        CellComparison comparison = new CellComparison(frozen, MAX_SHOWN_CELLS);
        Clock day = Clock.fixed(run.startedAt(), clock.getZone());
        DerivedComparison derived = compareDerived(frozen, LocalDate.now(day));
        for (String record : definitions.records()) {
            RecountPass.RecountResult counted = published.countRecord(record);
            comparison.compareAll(definitions.recountsOf(record), stored.countRecord(record), counted);
            derived.addCells(definitions.recountsOf(record), counted);
        }
        ServedValues served = new ServedValues(figures, day, frozen.view());
        derived.compareAll(served);
        long differing = comparison.differingCellCount();
        DifferenceTracer tracing = new DifferenceTracer(
                new DivergenceLocator(definitions, new RebuiltFigures(reference.geography())),
                recount -> new CellEventHistory(log, evidence, checkpoint, definitions, recount));
        Map<String, Integer> versions = new TreeMap<>();
        frozen.indicators().forEach(figure -> versions.put(figure.code(), figure.version()));
        derived.questions()
                .forEach(question ->
                        versions.put(question.figure().code(), question.figure().version()));
        return new ProofCertificate(
                run.id(),
                run.startedAt(),
                clock.instant(),
                run.by(),
                differing + derived.differingValueCount() == 0 ? ProofVerdict.PROVED : ProofVerdict.DIFFERS,
                null,
                frozen.positions().offsetsByTopic(),
                versions,
                comparison.cells(),
                comparison.facts(),
                frozen.computeHash(),
                differing,
                tracing.traceCells(comparison.shown(), MAX_NARROWED_CELLS),
                ProofCertificate.DerivedResult.of(
                        derived,
                        new DerivedDifferenceTracer(
                                served, derived.totals(), LocalDate.now(day), comparison.figures())),
                false);
    }

    private DerivedComparison compareDerived(FiguresSnapshot frozen, LocalDate today) {
        return new DerivedComparison(
                DerivedQuery.queriesAbout(catalogue.figures(), frozen, today), reference, today, MAX_SHOWN_CELLS);
    }

    /**
     * Waits for a condition. The evidence may be behind or ahead of the live figures; offsets exclude what is ahead.
     */
    private void awaitCondition(String otherwise, BooleanSupplier condition)
            throws ProofUndecidedException, InterruptedException {
        long deadline = System.nanoTime() + EVIDENCE_WAIT.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new ProofUndecidedException(otherwise);
                }
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (DatabaseException e) {
            throw new ProofUndecidedException("The evidence cannot be read.", e);
        }
    }

    private static boolean includesAll(Map<TopicPartition, Long> next, Map<TopicPartition, Long> until) {
        return until.entrySet().stream().allMatch(each -> next.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }
}
