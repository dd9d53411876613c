package org.voyage.indicators.feature.verification.rebuild;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceDraft;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.feature.verification.proof.FigureProver;
import org.voyage.indicators.feature.verification.proof.ProofCertificate;
import org.voyage.indicators.feature.verification.proof.ProofRun;
import org.voyage.indicators.feature.verification.proof.ProofService;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;

/** Verifier of candidate figures before they serve. */
@ApplicationScoped
public class CandidateVerifier {

    private final FigureProver prover;
    private final ProofService proofs;
    private final Clock clock;

    CandidateVerifier(FigureProver prover, ProofService proofs, Clock clock) {
        this.prover = prover;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * @param proof the certificate, to be stored when it is clear whether the figures serve
     * @param changedCells number of cells that differ between the served figures and the candidate
     */
    public record CandidateVerdict(ProofCertificate proof, long changedCells) {
        /**
         * Returns whether every cell is proved. Derived values do not count, because a wrong derivation affects the
         * served figures too.
         */
        public boolean isProved() {
            return proof.differing() == 0;
        }
    }

    /**
     * @param candidate at the same position as the served figures
     * @param evidence the evidence rebuilt with the candidate; null for the current evidence
     * @param by the requester
     */
    public CandidateVerdict verifyCandidate(
            FiguresSnapshot candidate, @Nullable EvidenceDraft evidence, FiguresSnapshot served, String by)
            throws ProofUndecidedException, InterruptedException {
        ProofRun run = new ProofRun(UUID.randomUUID(), clock.instant(), by);
        ProofCertificate certificate =
                evidence == null ? prover.proveFigures(run, candidate) : prover.proveFigures(run, candidate, evidence);
        return new CandidateVerdict(certificate, candidate.countDifferences(served));
    }

    /** Stores the certificate of figures that serve now; it ends an alarm. */
    public void storeServing(ProofCertificate proof) {
        proofs.storeServing(proof);
    }

    /**
     * Stores the certificate of refused figures, which says nothing about the serving ones. Then it begins a proof of
     * the serving figures, which may have the same fault, unless such a proof is running.
     */
    public void storeRefused(ProofCertificate proof) {
        try {
            proofs.storeAside(proof.asCandidate());
        } finally {
            proofs.beginFollowUp(proof.by());
        }
    }
}
