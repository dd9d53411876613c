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

    /** Returns the rules for one endpoint. */
    public static DeliveryRules of(DeliveryConfig config, boolean isBatchAllowed) {
        return new DeliveryRules(
                config.window(),
                config.inFlight(),
                config.held(),
                isBatchAllowed,
                config.batchThreshold(),
                config.batchEvents(),
                config.batchBytes(),
                config.retryPauses(),
                config.jitterPercent(),
                config.refusalsToDown(),
                config.firstProbe(),
                config.longestProbe(),
                config.longestRetryAfter(),
                config.disableAfter());
    }

    /** Returns the number of tries after which an event is set aside. */
    int maxTries() {
        return retryPauses.size() + 1;
    }
}
