package org.voyage.indicators.feature.completeness;

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
import org.voyage.indicators.evidence.LastChangeQuery;
import org.voyage.indicators.evidence.LastChangeQuery.ProvinceRecordYear;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.indicators.live.FiguresReadyEvent;

/**
 * When records were last changed. What comes after the start the figures keep themselves; what came before it is looked up in
 * the evidence once, beside the questions, when the figures serve: a question never waits for it.
 */
@ApplicationScoped
public class LastPushTracker {

    private static final Logger LOG = Logger.getLogger(LastPushTracker.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final LastChangeQuery changes;
    private final RecordCounts arrived;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile EarlierPushes earlier = new EarlierPushes(Map.of());
    private volatile Cancellable lookingUp = () -> {};

    LastPushTracker(LastChangeQuery changes, RecordCounts arrived) {
        this.changes = changes;
        this.arrived = arrived;
    }

    /** What came before the start, as far as it was looked up. */
    record EarlierPushes(Map<ProvinceRecordYear, Instant> changes) {

        static final EarlierPushes EMPTY = new EarlierPushes(Map.of());

        /** When a record about this year was last changed; null when none ever was. */
        @Nullable
        Instant lastChange(String record, String province, int year, FactCountsByYear.YearFactCounts since) {
            return latest(
                    changes.get(new ProvinceRecordYear(record, province, year)),
                    since.changed().get(province));
        }
    }

    EarlierPushes earlier() {
        return earlier;
    }

    void lookUpWhenReady(@ObservesAsync FiguresReadyEvent serve) {
        if (started.compareAndSet(false, true)) {
            startLookUp();
        }
    }

    /** To be called when the evidence was mended and the figures go on; until it is looked up, what was is told. */
    public synchronized void restartLookUp() {
        lookingUp.cancel();
        earlier = new EarlierPushes(earlier.changes());
        startLookUp();
    }

    private void startLookUp() {
        lookingUp = Uni.createFrom()
                .item(Unchecked.supplier(this::lookUpChanges))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "last changes could not be looked up, again in %d s: %s",
                        RETRY_DELAY.toSeconds(), failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(RETRY_DELAY, RETRY_DELAY)
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
    int lookUpChanges() {
        EarlierPushes asItWas = earlier;
        Map<ProvinceRecordYear, Instant> found = changes.readLastChanges(arrived.yearFields());
        replaceEarlier(asItWas, new EarlierPushes(found));
        return found.size();
    }

    /** To be called when figures serve that were counted from the log's beginning, and the evidence is what that gave. */
    public synchronized void clearEarlier() {
        earlier = new EarlierPushes(Map.of());
    }

    /** What was looked up in evidence that is no more is not taken. */
    @SuppressWarnings("ReferenceEquality") // each time it is forgotten there is another one
    private synchronized void replaceEarlier(EarlierPushes from, EarlierPushes found) {
        if (earlier == from) {
            earlier = found;
        }
    }

    static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }
}
