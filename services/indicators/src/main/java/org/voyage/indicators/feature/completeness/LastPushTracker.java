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
 * Tracker of the time when records were last changed. The figures track changes after the start. This class looks up
 * earlier changes in the evidence once, in the background, when the figures serve. A query never waits for it.
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

    /** The changes before the start, as far as the look-up found them. */
    record EarlierPushes(Map<ProvinceRecordYear, Instant> changes) {

        static final EarlierPushes EMPTY = new EarlierPushes(Map.of());

        /** Returns when a record about this year was last changed; null when none was. */
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

    void loadWhenFiguresReady(@ObservesAsync FiguresReadyEvent serve) {
        if (started.compareAndSet(false, true)) {
            startLoading();
        }
    }

    /**
     * Looks the changes up again after a repair of the evidence. Until the look-up ends, the earlier result stays in
     * use.
     */
    public synchronized void restartLookUp() {
        lookingUp.cancel();
        earlier = new EarlierPushes(earlier.changes());
        startLoading();
    }

    private void startLoading() {
        lookingUp = Uni.createFrom()
                .item(Unchecked.supplier(this::loadChanges))
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
     * Looks the changes up now.
     *
     * @return number of combinations of record, province and year
     */
    int loadChanges() {
        EarlierPushes asItWas = earlier;
        Map<ProvinceRecordYear, Instant> found = changes.readLastChanges(arrived.yearFields());
        replaceEarlier(asItWas, new EarlierPushes(found));
        return found.size();
    }

    /**
     * Clears the earlier changes. The caller counted the figures from the log's beginning and rebuilt the evidence with
     * them.
     */
    public synchronized void clearEarlier() {
        earlier = new EarlierPushes(Map.of());
    }

    /** Stores the result of a look-up, unless the evidence was replaced meanwhile. */
    @SuppressWarnings("ReferenceEquality") // each reset creates a new instance
    private synchronized void replaceEarlier(EarlierPushes from, EarlierPushes found) {
        if (earlier == from) {
            earlier = found;
        }
    }

    static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }
}
