package org.voyage.feeds.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.DeliveryLogEntry.ReplayStep;
import org.voyage.feeds.delivery.endpoint.EventReplay;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.queue.DeliveryQueue;
import org.voyage.feeds.delivery.queue.DeliveryQueue.ReplayResult;
import org.voyage.feeds.delivery.queue.QueuedEvent;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedScope;

/** Replays of one endpoint: one after the other, in chunks that are noted when all their events are done. */
final class ReplayRunner {

    private static final int CHUNK_EVENTS = 64;

    private final DelivererDependencies services;
    private final FeedEndpoint endpoint;
    private final DeliveryQueue queue;
    private final List<FeedPosition> delivered = new ArrayList<>();
    private @Nullable EventReplay current;
    private @Nullable FeedPosition chunkEnd;
    private boolean isLast;
    private boolean isExhausted;
    private int refused;

    ReplayRunner(DelivererDependencies services, FeedEndpoint endpoint, DeliveryQueue queue) {
        this.services = services;
        this.endpoint = endpoint;
        this.queue = queue;
    }

    /** Loads the next chunk, if the one before is noted. A new replay restarts the deliverer, so none is missed. */
    void load(FeedScope scope) {
        collect();
        if (isExhausted || chunkEnd != null) {
            return;
        }
        EventReplay next = services.replays().findRunning(endpoint.id()).orElse(null);
        current = next;
        if (next == null) {
            isExhausted = true;
            return;
        }
        List<FeedPosition> positions = services.replays().readPositions(endpoint, next, CHUNK_EVENTS);
        isLast = positions.size() < CHUNK_EVENTS;
        chunkEnd = positions.isEmpty() ? new FeedPosition(1, 0) : positions.getLast();
        for (FeedPosition each : positions) {
            Optional<FeedMessage> message = services
                    .reader()
                    .readMessages(endpoint.feed(), new FeedPosition(each.epoch(), each.sequence() - 1), 1, scope)
                    .stream()
                    .filter(found -> found.position().equals(each))
                    .findFirst();
            if (message.isPresent()) {
                queue.addReplay(QueuedEvent.of(message.get()));
            } else {
                refused++;
            }
        }
    }

    private void collect() {
        for (ReplayResult each : queue.takeReplayResults()) {
            if (each.isAccepted()) {
                delivered.add(each.position());
            } else {
                refused++;
            }
        }
    }

    /** Returns whether a chunk is done and not noted. */
    boolean hasProgress() {
        collect();
        return chunkEnd != null && queue.openReplays() == 0;
    }

    Optional<ReplayStep> progress() {
        return hasProgress() && current != null && chunkEnd != null
                ? Optional.of(new ReplayStep(current.id(), chunkEnd, List.copyOf(delivered), refused, isLast))
                : Optional.empty();
    }

    /** Forgets the chunk that was noted. */
    void noted() {
        if (hasProgress()) {
            chunkEnd = null;
            delivered.clear();
            refused = 0;
        }
    }
}
