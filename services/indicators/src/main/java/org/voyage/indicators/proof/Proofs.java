package org.voyage.indicators.proof;

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
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DatabaseException;

/** Proves on a schedule and on demand, one proof at a time, and raises the alarm. */
@ApplicationScoped
class Proofs {

    private static final Logger LOG = Logger.getLogger(Proofs.class);

    /** As entries of the audit trail name it. */
    static final String RECORD = "proof";

    private final Prover prover;
    private final ProofStore store;
    private final AuditTrail audit;
    private final Clock clock;
    private final AtomicReference<@Nullable ProofRun> running = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Certificate newest;

    Proofs(Prover prover, ProofStore store, AuditTrail audit, Clock clock, MeterRegistry metrics) {
        this.prover = prover;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        metrics.gauge("voyage.indicators.proof.differences", this, Proofs::differences);
        metrics.gauge("voyage.indicators.proof.age.seconds", this, Proofs::ageSeconds);
    }

    void start(@Observes StartupEvent event) {
        try {
            store.newestDecided().ifPresent(kept -> newest = kept.certificate());
        } catch (DatabaseException e) {
            LOG.warn("the newest certificate cannot be read", e);
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
    void onSchedule() {
        begin("");
    }

    /**
     * Begins a proof, which goes on by itself. One that somebody asks for leaves an entry in the audit trail, or does not
     * begin.
     *
     * @param by who asks for it; empty for the schedule
     * @return empty when one is running
     */
    Optional<ProofRun> begin(String by) {
        return begin(by, run -> {
            if (!by.isEmpty()) {
                audit.appendInOwnTransaction(AuditEntry.done("proof-begun", RECORD, null, run.id().toString(), Map.of()));
            }
        });
    }

    /**
     * Begins a proof that follows from something else, of which the audit trail tells already.
     *
     * @param by who asked for that
     * @return empty when one is running
     */
    Optional<ProofRun> beginAfter(String by) {
        return begin(by, _ -> {});
    }

    private Optional<ProofRun> begin(String by, Consumer<ProofRun> first) {
        ProofRun run = new ProofRun(UUID.randomUUID(), clock.instant(), by);
        if (!running.compareAndSet(null, run)) {
            return Optional.empty();
        }
        boolean begun = false;
        try {
            first.accept(run);
            thread = Thread.ofPlatform().name("voyage-proof").start(() -> run(run));
            begun = true;
        } finally {
            if (!begun) {
                running.set(null);
            }
        }
        return Optional.of(run);
    }

    Optional<ProofRun> running() {
        return Optional.ofNullable(running.get());
    }

    /** Whether the newest proof of figures that serve which decided something found a difference. */
    boolean alarm() {
        Certificate last = newest;
        return last != null && last.verdict() == ProofVerdict.DIFFERS;
    }

    /** Keeps a certificate of figures that serve, and tells what it says whether or not it can be kept. */
    void keep(Certificate certificate) {
        try {
            store.keep(certificate);
        } finally {
            tell(certificate);
        }
    }

    /** Keeps a certificate that says nothing of figures that serve. */
    void keepAside(Certificate certificate) {
        store.keep(certificate);
    }

    private void run(ProofRun run) {
        try {
            keep(certificate(run));
        } catch (DatabaseException e) {
            LOG.errorf(e, "the certificate of proof %s cannot be kept", run.id());
        } catch (InterruptedException e) {
            LOG.info("a proof was given up: the service stops");
        } finally {
            running.set(null);
        }
    }

    private Certificate certificate(ProofRun run) throws InterruptedException {
        try {
            return prover.prove(run);
        } catch (Undecided e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warnf(e, "nothing is proved: %s", e.reason());
            return Certificate.undecided(run, clock.instant(), e.reason());
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.error("a proof failed", e);
            return Certificate.undecided(run, clock.instant(), "The proof failed; the log of the service says why.");
        } catch (OutOfMemoryError e) {
            LOG.error("there is no memory to prove the figures", e);
            return Certificate.undecided(run, clock.instant(), "There is no memory for a proof: give it more heap.");
        }
    }

    /** Once at the level that wakes somebody: what goes on being wrong is in the metric and in every certificate. */
    private synchronized void tell(Certificate certificate) {
        if (certificate.verdict() == ProofVerdict.UNDECIDED) {
            return;
        }
        boolean before = alarm();
        newest = certificate;
        if (certificate.verdict() == ProofVerdict.DIFFERS) {
            LOG.logf(
                    before ? Logger.Level.WARN : Logger.Level.ERROR,
                    "FIGURES DIFFER: %d of %d cells (%d of these of roll-ups) and %d of %d derived values,"
                            + " see GET /v1/proofs/%s; the first: %s",
                    certificate.differing(),
                    certificate.cells() + certificate.rollUps().cells(),
                    certificate.rollUps().differing(),
                    certificate.derived().differing(),
                    certificate.derived().values(),
                    certificate.id(),
                    first(certificate));
        } else {
            LOG.infof(
                    "proved: %d cells of %d figures from %d facts, %d roll-ups, and %d values of %d derived figures",
                    certificate.cells(),
                    certificate.catalogue().size() - certificate.derived().figures(),
                    certificate.facts(),
                    certificate.rollUps().compared(),
                    certificate.derived().values(),
                    certificate.derived().figures());
        }
    }

    private static Object first(Certificate certificate) {
        return Stream.of(
                        certificate.differences(),
                        certificate.rollUps().differences(),
                        certificate.derived().differences())
                .<Object>flatMap(List::stream)
                .findFirst()
                .orElse("");
    }

    private double differences() {
        Certificate last = newest;
        return last == null ? Double.NaN : last.allDiffering();
    }

    private double ageSeconds() {
        Certificate last = newest;
        return last == null
                ? Double.NaN
                : Duration.between(last.finishedAt(), clock.instant()).toMillis() / 1000.0;
    }
}
