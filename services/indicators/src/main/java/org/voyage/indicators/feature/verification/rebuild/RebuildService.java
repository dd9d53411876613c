package org.voyage.indicators.feature.verification.rebuild;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.proof.ProofCertificate;
import org.voyage.indicators.feature.verification.proof.VerificationRunStore;
import org.voyage.indicators.feature.verification.proof.VerificationRunStore.VerificationKind;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.audit.AuditUnavailableException;
import org.voyage.kit.database.DatabaseException;

/** Service that runs one rebuild at a time, over all instances, which all know of it. */
@ApplicationScoped
class RebuildService {

    private static final Logger LOG = Logger.getLogger(RebuildService.class);

    /** Interval at which other instances learn of the progress. */
    private static final long STORE_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /** Record name in the audit trail. */
    static final String AUDIT_RECORD = "rebuild";

    private final RebuildJob rebuilding;
    private final VerificationRunStore runs;
    private final AuditTrail audit;
    private final Clock clock;
    private @Nullable RebuildProgress lastRebuild;
    private volatile @Nullable Thread thread;
    private volatile long storedAt = System.nanoTime();

    RebuildService(RebuildJob rebuilding, VerificationRunStore runs, AuditTrail audit, Clock clock) {
        this.rebuilding = rebuilding;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Thread runs = thread;
        if (runs != null) {
            runs.interrupt();
            runs.join(Duration.ofSeconds(10));
        }
    }

    /**
     * Begins a rebuild in the background. The audit trail gets entries for its begin and its end, both under the
     * request of the caller.
     *
     * @return empty when one is running
     */
    synchronized Optional<RebuildProgress> beginRebuild(String by, boolean evidence) {
        if (lastRebuild != null && !lastRebuild.state().isFinal()) {
            return Optional.empty();
        }
        RebuildProgress.RebuildRequest begun =
                new RebuildProgress.RebuildRequest(UUID.randomUUID(), clock.instant(), by, evidence);
        RebuildProgress rebuild = RebuildProgress.started(begun);
        if (!runs.beginRun(VerificationKind.REBUILD, begun.id(), RebuildResponse.of(rebuild))) {
            return Optional.empty();
        }
        try {
            audit.appendInOwnTransaction(AuditEntry.done(
                    "rebuild-begun", AUDIT_RECORD, null, begun.id().toString(), Map.of("evidence", evidence)));
        } catch (RuntimeException e) {
            runs.endRun(begun.id(), RebuildResponse.of(rebuild));
            throw e;
        }
        String requestId = audit.currentOrigin().requestId();
        lastRebuild = rebuild;
        thread = Thread.ofPlatform().name("voyage-rebuild").start(() -> runInRequest(rebuild, requestId));
        return Optional.of(rebuild);
    }

    /** Returns a rebuild of any instance; of one whose instance has fallen silent, that it has failed. */
    Optional<RebuildResponse> findRebuild(UUID id) {
        return findOwn(id)
                .map(RebuildResponse::of)
                .or(() -> runs.findRun(VerificationKind.REBUILD, id, RebuildResponse.class)
                        .map(run -> run.isAbandoned()
                                        || !run.isRunning()
                                                && !run.content().state().isFinal()
                                ? run.content().asFailed("The instance that ran it has stopped.")
                                : run.content()));
    }

    private synchronized Optional<RebuildProgress> findOwn(UUID id) {
        return Optional.ofNullable(lastRebuild)
                .filter(rebuild -> rebuild.begun().id().equals(id));
    }

    private void runInRequest(RebuildProgress begun, String requestId) {
        RebuildProgress ended = runRebuild(begun);
        try {
            audit.appendInOwnTransaction(AuditEntry.done(
                            "rebuild-ended",
                            AUDIT_RECORD,
                            null,
                            ended.begun().id().toString(),
                            Map.of(
                                    "state",
                                    ended.state().code(),
                                    "repaired",
                                    ended.verified().repaired(),
                                    "evidenceReplaced",
                                    ended.replaced().isDone(),
                                    "repairedVersions",
                                    ended.replaced().versions(),
                                    "replayed",
                                    ended.replaced().replayed()))
                    .withActor(ended.begun().requestedBy(), requestId));
        } catch (AuditUnavailableException e) {
            LOG.errorf(
                    e, "the end of rebuild %s cannot be audited", ended.begun().id());
        }
    }

    private RebuildProgress runRebuild(RebuildProgress begun) {
        try {
            ProofCertificate proof = rebuilding.rebuild(
                    begun.begun().requestedBy(), begun.begun().evidence(), change -> updateProgress(begun, change));
            RebuildProgress done = endRebuild(begun, RebuildState.DONE, null, proof.id());
            LOG.infof(
                    "rebuilt the live figures from %d events; %d cells are repaired",
                    done.events(), done.verified().repaired());
            return done;
        } catch (RebuildJob.RebuildStoppedException e) {
            return endStopped(begun, e.state(), String.valueOf(e.getMessage()), e.proof(), e);
        } catch (ProofUndecidedException e) {
            return endFailed(begun, e.reason(), e);
        } catch (InterruptedException e) {
            return endFailed(begun, "The service stops.", e);
        } catch (DatabaseException e) {
            LOG.error("the certificate of rebuilt figures cannot be kept", e);
            return endRebuild(
                    begun, RebuildState.DONE, "The certificate could not be kept; prove the figures again.", null);
        } catch (RuntimeException | Error e) {
            // A chunked reader wraps this exception as a cause.
            return endFailed(
                    begun,
                    e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError
                            ? RebuildJob.NO_MEMORY_REASON
                            : "It failed; the log of the service says why.",
                    e);
        }
    }

    private RebuildProgress endFailed(RebuildProgress begun, String reason, Throwable cause) {
        return endStopped(begun, RebuildState.FAILED, reason, null, cause);
    }

    private RebuildProgress endStopped(
            RebuildProgress begun, RebuildState state, String reason, @Nullable UUID proof, Throwable cause) {
        RebuildProgress ended = endRebuild(begun, state, reason, proof);
        LOG.warnf(
                cause,
                "the rebuild has ended, the old figures go on serving with %s evidence: %s",
                ended.replaced().isDone() ? "new" : "the old",
                reason);
        return ended;
    }

    private RebuildProgress endRebuild(
            RebuildProgress begun, RebuildState state, @Nullable String reason, @Nullable UUID proof) {
        return updateProgress(
                begun,
                rebuild -> rebuild.withEnd(state, new RebuildProgress.RebuildEnd(clock.instant(), reason, proof)));
    }

    private RebuildProgress updateProgress(RebuildProgress begun, UnaryOperator<RebuildProgress> change) {
        RebuildProgress noted = noteProgress(begun, change);
        if (noted.state().isFinal()) {
            runs.endRun(noted.begun().id(), RebuildResponse.of(noted));
        } else if (System.nanoTime() - storedAt > STORE_INTERVAL_NANOS) {
            storedAt = System.nanoTime();
            runs.updateRun(noted.begun().id(), RebuildResponse.of(noted));
        }
        return noted;
    }

    private synchronized RebuildProgress noteProgress(RebuildProgress begun, UnaryOperator<RebuildProgress> change) {
        RebuildProgress noted = change.apply(lastRebuild == null ? begun : lastRebuild);
        lastRebuild = noted;
        return noted;
    }
}
