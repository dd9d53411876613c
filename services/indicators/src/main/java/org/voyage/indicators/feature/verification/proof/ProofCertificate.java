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

/**
 * Certificate of a proof, as stored. Certificates of earlier releases have more fields, which are ignored.
 *
 * @param by the requester; empty for the schedule
 * @param reason why the proof is undecided; null when it is decided
 * @param position per topic and partition the offset of the first event that was not compared
 * @param catalogue the version of each figure's definition
 * @param cells number of compared cells; a cell counts when it is not empty in any of the three sources
 * @param facts number of records in the evidence that a figure counts and that are not withdrawn
 * @param hash of all cells of the live figures, see {@link FiguresSnapshot#computeHash}
 * @param differing number of differing cells
 * @param differences the first cells of figures that differ
 * @param derived result for the derived figures; empty in certificates older than this comparison
 * @param candidate whether it is about rebuilt figures that were refused and never served
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
        DerivedResult derived,
        boolean candidate) {

    /**
     * Result of the comparison of derived values with the values that follow from the recounted cells.
     *
     * @param figures number of figures
     * @param values number of their values
     * @param hash of the served values, see {@link DerivedComparison#hash}; null when nothing was compared
     * @param differing number of differing values
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
                    comparison.differingValueCount(),
                    comparison.shown().stream().map(tracing::traceValue).toList());
        }
    }

    /** Certificates from before the comparison of derived figures lack its result. */
    public ProofCertificate {
        derived = Objects.requireNonNullElse(derived, DerivedResult.EMPTY);
    }

    /** Returns the certificate marked as one of refused figures. */
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
                derived,
                true);
    }

    /** Returns the number of differing cells and derived values. */
    public long countDiffering() {
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
                DerivedResult.EMPTY,
                false);
    }
}
