package org.voyage.feeds.delivery.queue;

import java.time.Duration;
import java.util.List;
import org.voyage.feeds.delivery.config.DeliveryConfig;

/** Rules of a queue; see {@link DeliveryConfig}. */
public record DeliveryRules(
        int window,
        int inFlight,
        int held,
        boolean isBatchAllowed,
        int batchThreshold,
        int batchEvents,
        int batchBytes,
        List<Duration> retryPauses,
        int jitterPercent,
        int refusalsToDown,
        Duration firstProbe,
        Duration longestProbe,
        Duration longestRetryAfter,
        Duration disableAfter) {

    /** Events after the low-water mark that may be under way or done. */
    public static final int WINDOW_EVENTS = 256;
    /** Requests to one endpoint that run at a time. */
    public static final int MAX_REQUESTS_IN_FLIGHT = 16;
    /** Events that may wait behind refused ones of their record before all others wait. */
    private static final int MAX_HELD_EVENTS = 1_000;
    /** Events that must be ready before a batch is sent. */
    private static final int BATCH_THRESHOLD_EVENTS = 64;

    private static final int MAX_BATCH_EVENTS = 100;
    /** A larger event goes alone. */
    private static final int MAX_BATCH_BYTES = 512 * 1024;
    /** Largest part of a pause that is added at random. */
    private static final int JITTER_PERCENT = 10;
    /** Different events that must be refused in a row until the endpoint counts as down. */
    private static final int REFUSALS_TO_DOWN = 10;
    /** Longest pause between probes of an endpoint that is down. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(15);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    /** Returns the rules for one endpoint. */
    public static DeliveryRules of(DeliveryConfig config, boolean isBatchAllowed) {
        return new DeliveryRules(
                WINDOW_EVENTS,
                MAX_REQUESTS_IN_FLIGHT,
                MAX_HELD_EVENTS,
                isBatchAllowed,
                BATCH_THRESHOLD_EVENTS,
                MAX_BATCH_EVENTS,
                MAX_BATCH_BYTES,
                config.retryPauses(),
                JITTER_PERCENT,
                REFUSALS_TO_DOWN,
                config.firstProbe(),
                LONGEST_PROBE,
                LONGEST_RETRY_AFTER,
                config.disableAfter());
    }

    /** Returns the number of tries after which an event is set aside. */
    int maxTries() {
        return retryPauses.size() + 1;
    }
}
