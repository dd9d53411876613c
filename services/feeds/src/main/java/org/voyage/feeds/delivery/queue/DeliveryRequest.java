package org.voyage.feeds.delivery.queue;

import java.util.List;
import java.util.Set;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Request that is to be sent, or is under way. Two requests are never equal.
 *
 * @param events in order; one, or the composition of a batch
 * @param isFirstTry of a batch, whose composition must be stored before it is sent
 * @param bytes of the bodies; estimated for an event that was held before the last start
 */
public record DeliveryRequest(
        long number,
        RequestSource source,
        List<FeedPosition> events,
        Set<String> orderKeys,
        boolean isFirstTry,
        long bytes) {

    /** Part of the queue that a request comes from. */
    public enum RequestSource {
        WINDOW,
        BATCH,
        HELD,
        REPLAY
    }

    public boolean isBatch() {
        return source == RequestSource.BATCH;
    }
}
