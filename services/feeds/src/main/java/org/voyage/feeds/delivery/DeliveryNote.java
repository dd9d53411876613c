package org.voyage.feeds.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.queue.DeliverySnapshot;
import org.voyage.feeds.feed.FeedPosition;

/**
 * What a deliverer notes in one transaction.
 *
 * @param accepted the accepted deliveries since the last note as one; null for none
 * @param failed each failed request since the last note
 * @param setAside events whose record goes on without them
 */
record DeliveryNote(
        DeliverySnapshot snapshot,
        @Nullable DeliveryAttempt accepted,
        List<DeliveryAttempt> failed,
        List<SetAsideEvent> setAside,
        @Nullable ReplayStep replay) {

    /** Event that goes to the undelivered list. */
    record SetAsideEvent(FeedPosition position, int tries, int status) {}

    /**
     * Step of a replay.
     *
     * @param doneTo every event of it up to there is done
     * @param delivered positions that were accepted
     */
    record ReplayStep(
            String replay, FeedPosition doneTo, List<FeedPosition> delivered, int refused, boolean isFinished) {}
}
