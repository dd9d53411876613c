package org.voyage.indicators.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceDraft;

/** Proves figures before they serve. */
@ApplicationScoped
public class Candidates {

    private final Prover prover;
    private final Proofs proofs;
    private final Clock clock;

    Candidates(Prover prover, Proofs proofs, Clock clock) {
        this.prover = prover;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * @param proof the certificate, to be kept when it is clear whether the figures serve
     * @param unlike how many cells of the served figures are not as those of the candidate
     */
    public record Verdict(Certificate proof, long unlike) {
        /** Whether every cell is; a derivation that is wrong would be as wrong about any others. */
        public boolean proved() {
            return proof.differing() == 0;
        }
    }

    /**
     * @param candidate at the same position as the served figures
     * @param evidence that was read anew together with the candidate; null for the evidence that serves
     * @param by who asks for it
     */
    public Verdict verify(Frozen candidate, @Nullable EvidenceDraft evidence, Frozen served, String by)
            throws Undecided, InterruptedException {
        ProofRun run = new ProofRun(UUID.randomUUID(), clock.instant(), by);
        Certificate certificate =
                evidence == null ? prover.prove(run, candidate) : prover.prove(run, candidate, evidence);
        return new Verdict(certificate, candidate.unlike(served));
    }

    /** Keeps the certificate of figures that serve now; it ends an alarm. */
    public void serve(Certificate proof) {
        proofs.keep(proof);
    }

    /**
     * Keeps the certificate of figures that do not serve, which says nothing of those that do. These are proved at once, for what
     * was found may be wrong about them too; unless they are being proved.
     */
    public void refuse(Certificate proof) {
        try {
            proofs.keepAside(proof.ofCandidate());
        } finally {
            proofs.beginAfter(proof.by());
        }
    }
}
