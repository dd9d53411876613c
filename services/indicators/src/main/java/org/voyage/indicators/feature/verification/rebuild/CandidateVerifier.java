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

/** Proves figures before they serve. */
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
     * @param proof the certificate, to be kept when it is clear whether the figures serve
     * @param changedCells how many cells of the served figures are not as those of the candidate
     */
    public record CandidateVerdict(ProofCertificate proof, long changedCells) {
        /** Whether every cell is; a derivation that is wrong would be as wrong about any others. */
        public boolean isProved() {
            return proof.differing() == 0;
        }
    }

    /**
     * @param candidate at the same position as the served figures
     * @param evidence that was read anew together with the candidate; null for the evidence that serves
     * @param by who asks for it
     */
    public CandidateVerdict verifyCandidate(
            FiguresSnapshot candidate, @Nullable EvidenceDraft evidence, FiguresSnapshot served, String by)
            throws ProofUndecidedException, InterruptedException {
        ProofRun run = new ProofRun(UUID.randomUUID(), clock.instant(), by);
        ProofCertificate certificate =
                evidence == null ? prover.proveFigures(run, candidate) : prover.proveFigures(run, candidate, evidence);
        return new CandidateVerdict(certificate, candidate.countDifferences(served));
    }

    /** Keeps the certificate of figures that serve now; it ends an alarm. */
    public void storeServing(ProofCertificate proof) {
        proofs.storeServing(proof);
    }

    /**
     * Keeps the certificate of figures that do not serve, which says nothing of those that do. These are proved at once, for what
     * was found may be wrong about them too; unless they are being proved.
     */
    public void storeRefused(ProofCertificate proof) {
        try {
            proofs.storeAside(proof.asCandidate());
        } finally {
            proofs.beginFollowUp(proof.by());
        }
    }
}
