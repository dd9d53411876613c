package org.voyage.indicators.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceDraft;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.Progress;
import org.voyage.indicators.evidence.SetAsides;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.database.DatabaseException;

/**
 * Copies the live figures, counts each again by both roads at the same position, record by record, and compares every cell;
 * roll-ups are compared with the cells that they sum up, and what is answered about derived figures with what follows from the
 * cells that were counted again.
 * Beside the copy it holds the states of records that others belong to, one topic's newest states, and the cells of the
 * figures of one record.
 */
@ApplicationScoped
public class Prover {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final LiveFigures live;
    private final LiveReader reader;
    private final Catalogue catalogue;
    private final Figures figures;
    private final PastEvidence evidence;
    private final Progress progress;
    private final PublishedLog log;
    private final SetAsides setAsides;
    private final Reference reference;
    private final IndicatorsConfig.Proof config;
    private final Clock clock;

    Prover(
            LiveFigures live,
            LiveReader reader,
            Catalogue catalogue,
            Figures figures,
            PastEvidence evidence,
            Progress progress,
            PublishedLog log,
            SetAsides setAsides,
            Reference reference,
            IndicatorsConfig config,
            Clock clock) {
        this.live = live;
        this.reader = reader;
        this.catalogue = catalogue;
        this.figures = figures;
        this.evidence = evidence;
        this.progress = progress;
        this.log = log;
        this.setAsides = setAsides;
        this.reference = reference;
        this.config = config.proof();
        this.clock = clock;
    }

    Certificate prove(ProofRun run) throws Undecided, InterruptedException {
        await("The figures are still being filled.", reader::caughtUp);
        return prove(run, Frozen.of(live));
    }

    /** Proves figures that were counted beside the live ones. */
    Certificate prove(ProofRun run, Frozen frozen) throws Undecided, InterruptedException {
        return prove(
                run,
                frozen,
                (records, visitor) -> evidence.read(
                        new Horizon(run.startedAt(), frozen.positions().next()), records, visitor),
                setAsides::offsets);
    }

    /** Proves figures and evidence that were read anew, beside those that serve. */
    Certificate prove(ProofRun run, Frozen frozen, EvidenceDraft draft) throws Undecided, InterruptedException {
        return prove(run, frozen, draft::read, draft::unreadable);
    }

    private Certificate prove(
            ProofRun run, Frozen frozen, EvidenceStates.Source source, PublishedLog.Unreadable unreadable)
            throws Undecided, InterruptedException {
        Map<TopicPartition, Long> until = frozen.positions().next();
        await("The evidence does not reach the position of the figures.", () -> holds(progress.next(), until));
        Horizon horizon = new Horizon(run.startedAt(), until);
        Definitions definitions = new Definitions(frozen.indicators(), reference.geography());
        Road stored = new Road(new EvidenceStates(source, definitions), definitions);
        Road published = new Road(new LogStates(log, until, unreadable, definitions), definitions);
        Comparison comparison = new Comparison(frozen, config.shown());
        Clock day = Clock.fixed(run.startedAt(), clock.getZone());
        DerivedComparison derived = derived(frozen, LocalDate.now(day));
        for (String record : definitions.records()) {
            Road.Counted counted = published.count(record);
            comparison.compare(definitions.of(record), stored.count(record), counted);
            derived.take(definitions.of(record), counted);
        }
        RollUpComparison rollUps = frozen.rollUps(config.shown());
        Served served = new Served(figures, day, frozen.cut());
        derived.compare(served);
        long differing = comparison.differing() + rollUps.differing();
        Tracing tracing = new Tracing(
                new Narrowing(definitions, new FreshFold(reference.geography())),
                recount -> new Trail(log, evidence, horizon, definitions, recount));
        Map<String, Integer> versions = new TreeMap<>();
        frozen.indicators().forEach(indicator -> versions.put(indicator.code(), indicator.version()));
        derived.questions()
                .forEach(question ->
                        versions.put(question.figure().code(), question.figure().version()));
        return new Certificate(
                run.id(),
                run.startedAt(),
                clock.instant(),
                run.by(),
                differing + derived.differing() == 0 ? ProofVerdict.PROVED : ProofVerdict.DIFFERS,
                null,
                frozen.positions().offsets(),
                versions,
                comparison.cells(),
                comparison.facts(),
                frozen.hash(),
                differing,
                tracing.trace(comparison.shown(), config.narrowed()),
                Certificate.RolledUp.of(rollUps),
                Certificate.DerivedAgain.of(
                        derived,
                        new DerivedTracing(served, derived.totals(), LocalDate.now(day), comparison.figures())),
                false);
    }

    private DerivedComparison derived(Frozen frozen, LocalDate today) {
        return new DerivedComparison(
                Question.about(catalogue.figures(), frozen, today), reference, today, config.shown());
    }

    /** The evidence may be behind the live figures, and ahead of them; what is ahead is left out by its offset. */
    private void await(String otherwise, BooleanSupplier condition) throws Undecided, InterruptedException {
        long deadline = System.nanoTime() + config.evidenceWait().toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new Undecided(otherwise);
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (DatabaseException e) {
            throw new Undecided("The evidence cannot be read.", e);
        }
    }

    private static boolean holds(Map<TopicPartition, Long> next, Map<TopicPartition, Long> until) {
        return until.entrySet().stream().allMatch(each -> next.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }
}
