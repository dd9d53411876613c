package org.voyage.indicators.completeness;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.LastChanges;
import org.voyage.indicators.evidence.LastChanges.Of;
import org.voyage.indicators.live.ByYear;
import org.voyage.indicators.live.FiguresServe;

/**
 * When records were last changed. What comes after the start the figures keep themselves; what came before it is looked up in
 * the evidence once, beside the questions, when the figures serve: a question never waits for it.
 */
@ApplicationScoped
public class Pushes {

    private static final Logger LOG = Logger.getLogger(Pushes.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final LastChanges changes;
    private final Arrived arrived;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Before before = new Before(Map.of());
    private volatile Cancellable lookingUp = () -> {};

    Pushes(LastChanges changes, Arrived arrived) {
        this.changes = changes;
        this.arrived = arrived;
    }

    /** What came before the start, as far as it was looked up. */
    record Before(Map<Of, Instant> changes) {

        static final Before NOTHING = new Before(Map.of());

        /** When a record about this year was last changed; null when none ever was. */
        @Nullable
        Instant last(String record, String province, int year, ByYear.Seen since) {
            return later(
                    changes.get(new Of(record, province, year)), since.changed().get(province));
        }
    }

    Before before() {
        return before;
    }

    void lookUp(@ObservesAsync FiguresServe serve) {
        if (begun.compareAndSet(false, true)) {
            begin();
        }
    }

    /** To be called when the evidence was mended and the figures go on; until it is looked up, what was is told. */
    public synchronized void lookUpAgain() {
        lookingUp.cancel();
        before = new Before(before.changes());
        begin();
    }

    private void begin() {
        lookingUp = Uni.createFrom()
                .item(Unchecked.supplier(this::lookUp))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "last changes could not be looked up, again in %d s: %s",
                        AGAIN.toSeconds(), failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(AGAIN, AGAIN)
                .indefinitely()
                .subscribe()
                .with(found -> LOG.infof("last changes of %d records, provinces and years looked up", found));
    }

    void stop(@Observes ShutdownEvent event) {
        lookingUp.cancel();
    }

    /**
     * Looks it up now.
     *
     * @return of how many records, provinces and years it is
     */
    int lookUp() {
        Before asItWas = before;
        Map<Of, Instant> found = changes.of(arrived.yearFields());
        take(asItWas, new Before(found));
        return found.size();
    }

    /** To be called when figures serve that were counted from the log's beginning, and the evidence is what that gave. */
    public synchronized void forget() {
        before = new Before(Map.of());
    }

    /** What was looked up in evidence that is no more is not taken. */
    @SuppressWarnings("ReferenceEquality") // each time it is forgotten there is another one
    private synchronized void take(Before from, Before found) {
        if (before == from) {
            before = found;
        }
    }

    static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }
}
