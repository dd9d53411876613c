package org.voyage.indicators.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
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
     * @param differing how many cells of the candidate are not as evidence and published events give
     * @param unlike how many cells of the served figures are not as those of the candidate
     */
    public record Verdict(Certified proof, long cells, long differing, long unlike) {
        /** Whether every cell is; a derivation that is wrong would be as wrong about any others. */
        public boolean proved() {
            return differing == 0;
        }
    }

    /** A certificate that is not kept yet. */
    public static final class Certified {
        private final Certificate certificate;

        private Certified(Certificate certificate) {
            this.certificate = certificate;
        }

        public UUID id() {
            return certificate.id();
        }
    }

    /** Nothing can be said for or against the candidate. */
    public static final class Unknown extends Exception {
        Unknown(Undecided cause) {
            super(cause.reason(), cause);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param candidate at the same position as the served figures
     * @param by who asks for it
     */
    public Verdict verify(Frozen candidate, Frozen served, String by) throws Unknown, InterruptedException {
        return verify(candidate, served, by, run -> prover.prove(run, candidate));
    }

    /** The same of a candidate that was read anew together with the evidence. */
    public Verdict verify(Frozen candidate, EvidenceDraft evidence, Frozen served, String by)
            throws Unknown, InterruptedException {
        return verify(candidate, served, by, run -> prover.prove(run, candidate, evidence));
    }

    private interface Proving {
        Certificate prove(ProofRun run) throws Undecided, InterruptedException;
    }

    private Verdict verify(Frozen candidate, Frozen served, String by, Proving proving)
            throws Unknown, InterruptedException {
        try {
            Certificate certificate = proving.prove(new ProofRun(UUID.randomUUID(), clock.instant(), by));
            return new Verdict(
                    new Certified(certificate), certificate.cells(), certificate.differing(), candidate.unlike(served));
        } catch (Undecided e) {
            throw new Unknown(e);
        }
    }

    /** Keeps the certificate of figures that serve now; it ends an alarm. */
    public void serve(Certified proof) {
        proofs.keep(proof.certificate);
    }

    /**
     * Keeps the certificate of figures that do not serve, which says nothing of those that do. These are proved at once, for what
     * was found may be wrong about them too; unless they are being proved.
     */
    public void refuse(Certified proof) {
        try {
            proofs.keepAside(proof.certificate.ofCandidate());
        } finally {
            proofs.beginAfter(proof.certificate.by());
        }
    }
}
