package org.voyage.indicators.proof;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a proof, as it is kept.
 *
 * @param by who asked for it; empty for the schedule
 * @param reason why nothing could be decided; null when something was
 * @param position per topic and partition the offset of the first event that was not looked at
 * @param catalogue the version of each figure's definition
 * @param cells how many cells were compared, one that holds something by any of the three ways
 * @param facts how many records the evidence gives that a figure counts and that are not withdrawn
 * @param hash of all cells of the live figures, see {@link Frozen#hash}
 * @param differing how many cells differ, those of roll-ups included
 * @param differences the first cells of figures that differ
 * @param rollUps what was found of the roll-ups; nothing in a certificate from before they were compared
 * @param derived what was found of derived figures; nothing in a certificate from before they were derived again
 * @param candidate whether it is of figures that were counted anew and refused: they never served
 */
public record Certificate(
        UUID id,
        Instant startedAt,
        Instant finishedAt,
        String by,
        ProofVerdict verdict,
        @Nullable String reason,
        Map<String, Map<String, Long>> position,
        Map<String, Integer> catalogue,
        long cells,
        long facts,
        @Nullable String hash,
        long differing,
        List<Difference> differences,
        RolledUp rollUps,
        DerivedAgain derived,
        boolean candidate) {

    /**
     * How the roll-ups of the figures compare with the cells that they sum up.
     *
     * @param compared how many roll-ups
     * @param cells how many cells they have
     * @param differing how many of these differ
     * @param differences the first of them
     */
    record RolledUp(int compared, long cells, long differing, List<RollUpDifference> differences) {
        static final RolledUp NONE = new RolledUp(0, 0, 0, List.of());

        static RolledUp of(RollUpComparison comparison) {
            return new RolledUp(
                    comparison.rollUps(), comparison.cells(), comparison.differing(), List.copyOf(comparison.shown()));
        }
    }

    /**
     * How the values of derived figures compare with what follows from the cells that were counted again.
     *
     * @param figures how many figures
     * @param values how many values they have
     * @param hash of what is answered, see {@link DerivedComparison#hash}; null when nothing was compared
     * @param differing how many values differ
     * @param differences the first of them
     */
    record DerivedAgain(
            int figures, long values, @Nullable String hash, long differing, List<DerivedDifference> differences) {
        static final DerivedAgain NONE = new DerivedAgain(0, 0, null, 0, List.of());

        static DerivedAgain of(DerivedComparison comparison, DerivedTracing tracing) {
            return new DerivedAgain(
                    comparison.figures(),
                    comparison.values(),
                    comparison.hash(),
                    comparison.differing(),
                    comparison.shown().stream().map(tracing::trace).toList());
        }
    }

    /** One that was kept before roll-ups or derived figures were compared says nothing of them. */
    public Certificate {
        rollUps = Objects.requireNonNullElse(rollUps, RolledUp.NONE);
        derived = Objects.requireNonNullElse(derived, DerivedAgain.NONE);
    }

    /** The same, of figures that were refused. */
    Certificate ofCandidate() {
        return new Certificate(
                id,
                startedAt,
                finishedAt,
                by,
                verdict,
                reason,
                position,
                catalogue,
                cells,
                facts,
                hash,
                differing,
                differences,
                rollUps,
                derived,
                true);
    }

    /** How many cells and derived values differ. */
    long allDiffering() {
        return differing + derived.differing();
    }

    static Certificate running(ProofRun run) {
        return empty(run, run.startedAt(), ProofVerdict.RUNNING, null);
    }

    static Certificate undecided(ProofRun run, Instant finishedAt, String reason) {
        return empty(run, finishedAt, ProofVerdict.UNDECIDED, reason);
    }

    private static Certificate empty(ProofRun run, Instant finishedAt, ProofVerdict verdict, @Nullable String reason) {
        return new Certificate(
                run.id(),
                run.startedAt(),
                finishedAt,
                run.by(),
                verdict,
                reason,
                Map.of(),
                Map.of(),
                0,
                0,
                null,
                0,
                List.of(),
                RolledUp.NONE,
                DerivedAgain.NONE,
                false);
    }
}
