package org.voyage.indicators.feature.verification.proof;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.proof.VerificationRunStore.VerificationKind;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DatabaseException;

/** Service that runs proofs on a schedule and on demand, one at a time, and raises the alarm. */
@ApplicationScoped
public class ProofService {

    private static final Logger LOG = Logger.getLogger(ProofService.class);

    /** Record name in the audit trail. */
    public static final String AUDIT_RECORD = "proof";

    private final FigureProver prover;
    private final ProofStore store;
    private final VerificationRunStore runs;
    private final AuditTrail audit;
    private final Clock clock;
    private final AtomicReference<@Nullable ProofRun> running = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile @Nullable ProofCertificate newest;
    private long newestNumber;

    ProofService(
            FigureProver prover,
            ProofStore store,
            VerificationRunStore runs,
            AuditTrail audit,
            Clock clock,
            MeterRegistry metrics) {
        this.prover = prover;
        this.store = store;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
        metrics.gauge("voyage.indicators.proof.differences", this, ProofService::countDifferences);
        metrics.gauge("voyage.indicators.proof.age.seconds", this, ProofService::ageSeconds);
    }

    void start(@Observes StartupEvent event) {
        refreshNewest();
    }

    /** Reads the newest decided certificate if another instance has stored one since the last look. */
    @Scheduled(every = "10s", delayed = "10s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    public void refreshNewest() {
        try {
            store.findNewestDecided().ifPresent(this::adoptStored);
        } catch (DatabaseException e) {
            LOG.warnf("the newest certificate cannot be read: %s", e.getMessage());
        }
    }

    private synchronized void adoptStored(ProofStore.SealedCertificate stored) {
        if (stored.number() > newestNumber) {
            newestNumber = stored.number();
            newest = stored.certificate();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Thread runs = thread;
        if (runs != null) {
            runs.interrupt();
            runs.join(Duration.ofSeconds(10));
        }
    }

    @Scheduled(
            every = "${voyage.indicators.proof.every:1h}",
            delayed = "${voyage.indicators.proof.first:1m}",
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void proveOnSchedule() {
        beginProof("");
    }

    /**
     * Begins a proof in the background. A proof on demand leaves an entry in the audit trail, or does not begin.
     *
     * @param by the requester; empty for the schedule
     * @return empty when one is running
     */
    public Optional<ProofRun> beginProof(String by) {
        return beginProof(by, run -> {
            if (!by.isEmpty()) {
                audit.appendInOwnTransaction(AuditEntry.done(
                        "proof-begun", AUDIT_RECORD, null, run.id().toString(), Map.of()));
            }
        });
    }

    /**
     * Begins a proof as a consequence of another action, which is in the audit trail already.
     *
     * @param by the requester of that action
     * @return empty when one is running
     */
    public Optional<ProofRun> beginFollowUp(String by) {
        return beginProof(by, _ -> {});
    }

    private Optional<ProofRun> beginProof(String by, Consumer<ProofRun> first) {
        ProofRun run = new ProofRun(UUID.randomUUID(), clock.instant(), by);
        if (!running.compareAndSet(null, run)) {
            return Optional.empty();
        }
        boolean begun = false;
        try {
            if (!runs.beginRun(VerificationKind.PROOF, run.id(), run)) {
                return Optional.empty();
            }
            first.accept(run);
            thread = Thread.ofPlatform().name("voyage-proof").start(() -> runProof(run));
            begun = true;
        } finally {
            if (!begun) {
                endRun(run);
            }
        }
        return Optional.of(run);
    }

    private void endRun(ProofRun run) {
        runs.endRun(run.id(), run);
        running.set(null);
    }

    /** Returns the proof that runs now, in whichever instance. */
    public Optional<ProofRun> findRunningProof() {
        return Optional.ofNullable(running.get()).or(() -> runs.findRunning(VerificationKind.PROOF, ProofRun.class));
    }

    /** Returns the newest decided certificate of serving figures. */
    public Optional<ProofCertificate> findNewest() {
        return Optional.ofNullable(newest);
    }

    /** Returns whether the newest decided proof of serving figures found a difference. */
    public boolean isAlarmRaised() {
        ProofCertificate last = newest;
        return last != null && last.verdict() == ProofVerdict.DIFFERS;
    }

    /** Stores a certificate of serving figures, and reports its verdict even when the store fails. */
    public void storeServing(ProofCertificate certificate) {
        try {
            noteStored(certificate, store.storeCertificate(certificate));
        } finally {
            reportVerdict(certificate);
        }
    }

    /** An undecided certificate must not hide an older decided one of another instance. */
    private synchronized void noteStored(ProofCertificate certificate, long number) {
        if (certificate.verdict() != ProofVerdict.UNDECIDED) {
            newestNumber = Math.max(newestNumber, number);
        }
    }

    /** Stores a certificate that is not about serving figures. */
    public void storeAside(ProofCertificate certificate) {
        store.storeCertificate(certificate);
    }

    private void runProof(ProofRun run) {
        try {
            storeServing(createCertificate(run));
        } catch (DatabaseException e) {
            LOG.errorf(e, "the certificate of proof %s cannot be kept", run.id());
        } catch (InterruptedException e) {
            LOG.info("a proof was given up: the service stops");
        } finally {
            endRun(run);
        }
    }

    private ProofCertificate createCertificate(ProofRun run) throws InterruptedException {
        try {
            return prover.proveFigures(run);
        } catch (ProofUndecidedException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warnf(e, "nothing is proved: %s", e.reason());
            return ProofCertificate.undecidedCertificate(run, clock.instant(), e.reason());
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.error("a proof failed", e);
            return ProofCertificate.undecidedCertificate(
                    run, clock.instant(), "The proof failed; the log of the service says why.");
        } catch (OutOfMemoryError e) {
            LOG.error("there is no memory to prove the figures", e);
            return ProofCertificate.undecidedCertificate(
                    run, clock.instant(), "There is no memory for a proof: give it more heap.");
        }
    }

    /**
     * Logs the first difference as an error, which raises the alarm. The metric and every certificate show that it
     * continues.
     */
    private synchronized void reportVerdict(ProofCertificate certificate) {
        if (certificate.verdict() == ProofVerdict.UNDECIDED) {
            return;
        }
        boolean before = isAlarmRaised();
        newest = certificate;
        if (certificate.verdict() == ProofVerdict.DIFFERS) {
            LOG.logf(
                    before ? Logger.Level.WARN : Logger.Level.ERROR,
                    "FIGURES DIFFER: %d of %d cells and %d of %d derived values,"
                            + " see GET /v1/proofs/%s; the first: %s",
                    certificate.differing(),
                    certificate.cells(),
                    certificate.derived().differing(),
                    certificate.derived().values(),
                    certificate.id(),
                    firstDifference(certificate));
        } else {
            LOG.infof(
                    "proved: %d cells of %d figures from %d facts, and %d values of %d derived figures",
                    certificate.cells(),
                    certificate.catalogue().size() - certificate.derived().figures(),
                    certificate.facts(),
                    certificate.derived().values(),
                    certificate.derived().figures());
        }
    }

    private static Object firstDifference(ProofCertificate certificate) {
        return Stream.of(certificate.differences(), certificate.derived().differences())
                .<Object>flatMap(List::stream)
                .findFirst()
                .orElse("");
    }

    private double countDifferences() {
        ProofCertificate last = newest;
        return last == null ? Double.NaN : last.countDiffering();
    }

    private double ageSeconds() {
        ProofCertificate last = newest;
        return last == null
                ? Double.NaN
                : Duration.between(last.finishedAt(), clock.instant()).toMillis() / 1000.0;
    }
}
