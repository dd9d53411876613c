package org.voyage.feeds.assigner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.assigner.WaitingRecognitionStore.WaitingCount;

/** Metrics of the assigner. */
@ApplicationScoped
class AssignerMetrics {

    private final Timer steps;
    private final Counter events;
    private final Counter resets;
    private final AtomicLong scans = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();
    private volatile WaitingCount waiting = new WaitingCount(0, null, 0);
    private final AtomicLong deadLetters = new AtomicLong();

    AssignerMetrics(MeterRegistry registry, Clock clock) {
        this.steps = Timer.builder("voyage.feeds.assigner.step")
                .description("time of one step of the assigner")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.events = registry.counter("voyage.feeds.assigner.events");
        this.resets = registry.counter("voyage.feeds.assigner.resets");
        registry.gauge("voyage.feeds.assigner.scans", scans);
        registry.gauge("voyage.feeds.assigner.stopped.feeds", stopped);
        registry.gauge("voyage.feeds.assigner.waiting.recognitions", this, its -> its.waiting.all());
        registry.gauge("voyage.feeds.assigner.overdue.recognitions", this, its -> its.waiting.overdue());
        registry.gauge(
                "voyage.feeds.assigner.waiting.seconds",
                this,
                its -> computeAgeSeconds(its.waiting.oldestSince(), clock));
        registry.gauge("voyage.feeds.assigner.dead.letters", deadLetters);
    }

    void noteStep(long nanos, long appended) {
        steps.record(nanos, TimeUnit.NANOSECONDS);
        events.increment(appended);
    }

    /** Notes the recognitions whose standard is not known, and the dead letters that no later event has healed. */
    void noteWaiting(WaitingCount recognitions, long openDeadLetters) {
        waiting = recognitions;
        deadLetters.set(openDeadLetters);
    }

    /** Notes that another instance leads and reports these numbers. */
    void noteStandby() {
        noteWaiting(new WaitingCount(0, null, 0), 0);
        noteFeeds(List.of());
    }

    void noteReset() {
        resets.increment();
    }

    void noteFeeds(Collection<FeedRow> feeds) {
        scans.set(feeds.stream().filter(feed -> feed.scan() != null).count());
        stopped.set(feeds.stream().filter(feed -> feed.stoppedReason() != null).count());
    }

    long countStopped() {
        return stopped.get();
    }

    private static double computeAgeSeconds(@Nullable Instant time, Clock clock) {
        return time == null ? 0 : Duration.between(time, clock.instant()).toMillis() / 1000.0;
    }
}
