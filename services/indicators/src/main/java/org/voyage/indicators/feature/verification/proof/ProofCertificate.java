package org.voyage.indicators.feature.verification.proof;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.compare.CellDifference;
import org.voyage.indicators.feature.verification.compare.DerivedComparison;
import org.voyage.indicators.feature.verification.compare.DerivedDifference;
import org.voyage.indicators.feature.verification.compare.DerivedDifferenceTracer;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.feature.verification.compare.RollUpComparison;
import org.voyage.indicators.feature.verification.compare.RollUpDifference;

/**
 * The outcome of a proof, as it is kept.
 *
 * @param by who asked for it; empty for the schedule
 * @param reason why nothing could be decided; null when something was
 * @param position per topic and partition the offset of the first event that was not looked at
 * @param catalogue the version of each figure's definition
 * @param cells how many cells were compared, one that holds something by any of the three ways
 * @param facts how many records the evidence gives that a figure counts and that are not withdrawn
 * @param hash of all cells of the live figures, see {@link FiguresSnapshot#computeHash}
 * @param differing how many cells differ, those of roll-ups included
 * @param differences the first cells of figures that differ
 * @param rollUps what was found of the roll-ups; nothing in a certificate from before they were compared
 * @param derived what was found of derived figures; nothing in a certificate from before they were derived again
 * @param candidate whether it is of figures that were counted anew and refused: they never served
 */
public record ProofCertificate(
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
        List<CellDifference> differences,
        RollUpResult rollUps,
        DerivedResult derived,
        boolean candidate) {

    /**
     * How the roll-ups of the figures compare with the cells that they sum up.
     *
     * @param compared how many roll-ups
     * @param cells how many cells they have
     * @param differing how many of these differ
     * @param differences the first of them
     */
    public record RollUpResult(int compared, long cells, long differing, List<RollUpDifference> differences) {
        static final RollUpResult EMPTY = new RollUpResult(0, 0, 0, List.of());

        static RollUpResult of(RollUpComparison comparison) {
            return new RollUpResult(
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
    public record DerivedResult(
            int figures, long values, @Nullable String hash, long differing, List<DerivedDifference> differences) {
        static final DerivedResult EMPTY = new DerivedResult(0, 0, null, 0, List.of());

        static DerivedResult of(DerivedComparison comparison, DerivedDifferenceTracer tracing) {
            return new DerivedResult(
                    comparison.countFigures(),
                    comparison.values(),
                    comparison.hash(),
                    comparison.differing(),
                    comparison.shown().stream().map(tracing::traceValue).toList());
        }
    }

    /** One that was kept before roll-ups or derived figures were compared says nothing of them. */
    public ProofCertificate {
        rollUps = Objects.requireNonNullElse(rollUps, RollUpResult.EMPTY);
        derived = Objects.requireNonNullElse(derived, DerivedResult.EMPTY);
    }

    /** The same, of figures that were refused. */
    public ProofCertificate asCandidate() {
        return new ProofCertificate(
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
    long countDiffering() {
        return differing + derived.differing();
    }

    public static ProofCertificate running(ProofRun run) {
        return empty(run, run.startedAt(), ProofVerdict.RUNNING, null);
    }

    static ProofCertificate undecidedCertificate(ProofRun run, Instant finishedAt, String reason) {
        return empty(run, finishedAt, ProofVerdict.UNDECIDED, reason);
    }

    private static ProofCertificate empty(
            ProofRun run, Instant finishedAt, ProofVerdict verdict, @Nullable String reason) {
        return new ProofCertificate(
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
                RollUpResult.EMPTY,
                DerivedResult.EMPTY,
                false);
    }
}
