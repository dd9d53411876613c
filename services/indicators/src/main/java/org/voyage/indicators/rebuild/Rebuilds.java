package org.voyage.indicators.rebuild;

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
import org.voyage.indicators.proof.Certificate;
import org.voyage.indicators.proof.Undecided;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.audit.AuditUnavailableException;
import org.voyage.kit.database.DatabaseException;

/** One rebuild at a time. The last one is remembered until the service stops. */
@ApplicationScoped
class Rebuilds {

    private static final Logger LOG = Logger.getLogger(Rebuilds.class);

    /** As entries of the audit trail name it. */
    static final String RECORD = "rebuild";

    private final Rebuilding rebuilding;
    private final AuditTrail audit;
    private final Clock clock;
    private @Nullable Rebuild last;
    private volatile @Nullable Thread thread;

    Rebuilds(Rebuilding rebuilding, AuditTrail audit, Clock clock) {
        this.rebuilding = rebuilding;
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
     * Begins a rebuild, which goes on by itself. Its begin and its end are entries of the audit trail, both under the request
     * of whoever asked for it.
     *
     * @return empty when one is running
     */
    synchronized Optional<Rebuild> begin(String by, boolean evidence) {
        if (last != null && !last.state().ended()) {
            return Optional.empty();
        }
        Rebuild.Begun begun = new Rebuild.Begun(UUID.randomUUID(), clock.instant(), by, evidence);
        Rebuild rebuild = Rebuild.begin(begun);
        audit.appendInOwnTransaction(AuditEntry.done("rebuild-begun", RECORD, null, begun.id().toString(), Map.of("evidence", evidence)));
        String requestId = audit.currentOrigin().requestId();
        last = rebuild;
        thread = Thread.ofPlatform().name("voyage-rebuild").start(() -> run(rebuild, requestId));
        return Optional.of(rebuild);
    }

    synchronized Optional<Rebuild> find(UUID id) {
        return Optional.ofNullable(last).filter(rebuild -> rebuild.begun().id().equals(id));
    }

    private void run(Rebuild begun, String requestId) {
        Rebuild ended = run(begun);
        try {
            audit.appendInOwnTransaction(AuditEntry.done(
                            "rebuild-ended",
                            RECORD,
                            null,
                            ended.begun().id().toString(),
                            Map.of(
                                    "state",
                                    ended.state().code(),
                                    "mended",
                                    ended.verified().mended(),
                                    "evidenceReplaced",
                                    ended.replaced().done(),
                                    "mendedVersions",
                                    ended.replaced().versions(),
                                    "replayed",
                                    ended.replaced().replayed()))
                    .withActor(ended.begun().by(), requestId));
        } catch (AuditUnavailableException e) {
            LOG.errorf(
                    e, "the end of rebuild %s cannot be audited", ended.begun().id());
        }
    }

    private Rebuild run(Rebuild begun) {
        try {
            Certificate proof =
                    rebuilding.run(begun.begun().by(), begun.begun().evidence(), change -> note(begun, change));
            Rebuild done = end(begun, RebuildState.DONE, null, proof.id());
            LOG.infof(
                    "rebuilt the live figures from %d events; %d cells are mended",
                    done.events(), done.verified().mended());
            return done;
        } catch (Rebuilding.Stopped e) {
            return stopped(begun, e.state(), String.valueOf(e.getMessage()), e.proof(), e);
        } catch (Undecided e) {
            return failed(begun, e.reason(), e);
        } catch (InterruptedException e) {
            return failed(begun, "The service stops.", e);
        } catch (DatabaseException e) {
            LOG.error("the certificate of rebuilt figures cannot be kept", e);
            return end(begun, RebuildState.DONE, "The certificate could not be kept; prove the figures again.", null);
        } catch (RuntimeException | OutOfMemoryError e) {
            // What reads in parts tells of it as a cause.
            return failed(
                    begun,
                    e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError
                            ? "There is no memory for a second set of figures: give it more heap."
                            : "It failed; the log of the service says why.",
                    e);
        }
    }

    private Rebuild failed(Rebuild begun, String reason, Throwable cause) {
        return stopped(begun, RebuildState.FAILED, reason, null, cause);
    }

    private Rebuild stopped(Rebuild begun, RebuildState state, String reason, @Nullable UUID proof, Throwable cause) {
        Rebuild ended = end(begun, state, reason, proof);
        LOG.warnf(
                cause,
                "the rebuild has ended, the old figures go on serving beside %s evidence: %s",
                ended.replaced().done() ? "new" : "the old",
                reason);
        return ended;
    }

    private Rebuild end(Rebuild begun, RebuildState state, @Nullable String reason, @Nullable UUID proof) {
        return note(begun, rebuild -> rebuild.ended(state, new Rebuild.End(clock.instant(), reason, proof)));
    }

    private synchronized Rebuild note(Rebuild begun, UnaryOperator<Rebuild> change) {
        Rebuild noted = change.apply(last == null ? begun : last);
        last = noted;
        return noted;
    }
}
