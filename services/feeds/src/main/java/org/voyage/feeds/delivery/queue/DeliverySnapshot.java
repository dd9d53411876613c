package org.voyage.feeds.delivery.queue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * State of a queue as it is stored. What was in flight is sent again after a crash, with the same id.
 *
 * @param lowWater every event up to it is done, or held
 * @param doneAbove events after it that are done, or held
 * @param circuit null while the endpoint is up
 */
public record DeliverySnapshot(
        FeedPosition lowWater,
        Set<FeedPosition> doneAbove,
        List<HeldEvent> held,
        @Nullable PendingBatch batch,
        @Nullable CircuitState circuit) {

    /** Returns the state of a new endpoint, whose first event is the one after the position. */
    public static DeliverySnapshot startAfter(FeedPosition position) {
        return new DeliverySnapshot(position, Set.of(), List.of(), null, null);
    }
}
