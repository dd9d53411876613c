package org.voyage.feeds.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.queue.DeliveryQueue;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.delivery.queue.QueuedEvent;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.access.DatabaseScope;

/** Messages of a feed that are under way to one endpoint, as they may be sent now. For the thread of its deliverer. */
final class DeliveryMessages {

    /** The longest pause between two looks at the log without a sign of news. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final DeliveryServices services;
    private final FeedEndpoint endpoint;
    private final DeliveryQueue queue;
    private final Duration scopeEvery;
    private final int refillRoom;
    private final Clock clock;
    private final TreeMap<FeedPosition, FeedMessage> messages = new TreeMap<>();
    /** What may be sent now; null while nothing may. */
    private @Nullable FeedScope scope;
    /** The scope with which the messages were read. */
    private @Nullable FeedScope messagesScope;

    private Instant scopeReadAt = Instant.MIN;
    private Instant readAt = Instant.MIN;
    /** Whether the last reading ended before the end of the log. */
    private boolean isLogLeft = true;

    private boolean isNewsExpected;

    DeliveryMessages(DeliveryServices services, FeedEndpoint endpoint, DeliveryQueue queue) {
        this.services = services;
        this.endpoint = endpoint;
        this.queue = queue;
        this.scopeEvery = services.config().scopeEvery();
        this.refillRoom = services.config().window() / 4;
        this.clock = services.clock();
    }

    /** Returns what may be sent now; empty while the alliance is suspended. */
    Optional<FeedScope> readScope() {
        Instant now = clock.instant();
        if (!now.isBefore(scopeReadAt.plus(scopeEvery))) {
            scope = services.feeds().findScope(endpoint.feed()).orElse(null);
            scopeReadAt = now;
            if (scope != null && !scope.equals(messagesScope)) {
                messagesScope = scope;
                reload();
            }
        }
        return Optional.ofNullable(scope);
    }

    /** Reads the messages again: their data may be withheld by now. */
    private void reload() {
        FeedPosition after = queue.lowWater();
        while (after.compareTo(queue.readAfter()) < 0) {
            List<FeedMessage> read = read(after, services.config().window());
            if (read.isEmpty()) {
                return;
            }
            for (FeedMessage each : read) {
                messages.computeIfPresent(each.position(), (position, old) -> each);
            }
            after = read.getLast().position();
        }
    }

    /** Lets the next call of {@link #fillQueue} look at the log at once. */
    void expectNews() {
        isNewsExpected = true;
    }

    /**
     * Adds the next events of the log to the queue, as far as there is room.
     *
     * @param onExpired gets the position after which events are no longer kept
     */
    void fillQueue(Consumer<FeedPosition> onExpired) {
        int room = queue.room();
        Instant now = clock.instant();
        if (room == 0
                || (isLogLeft ? room < refillRoom : !isNewsExpected && now.isBefore(readAt.plus(LONGEST_PAUSE)))) {
            return;
        }
        isNewsExpected = false;
        readAt = now;
        FeedPosition after = queue.readAfter();
        List<FeedMessage> read = read(after, room);
        isLogLeft = read.size() == room;
        for (FeedMessage each : read) {
            if (!follows(after, each.position())) {
                onExpired.accept(after);
            }
            after = each.position();
            messages.put(each.position(), each);
            queue.add(QueuedEvent.of(each));
        }
    }

    private static boolean follows(FeedPosition before, FeedPosition position) {
        return position.epoch() == before.epoch()
                ? position.sequence() == before.sequence() + 1
                : position.sequence() == 1;
    }

    private List<FeedMessage> read(FeedPosition after, int limit) {
        return services.reader().readMessages(endpoint.feed(), after, limit, Objects.requireNonNull(scope));
    }

    /**
     * Returns how to get the messages of a request: at hand, or read again. Empty ones are no longer kept. It may be
     * called from another thread.
     */
    RequestMessages find(DeliveryRequest request) {
        List<FeedMessage> known = request.events().stream()
                .map(messages::get)
                .filter(Objects::nonNull)
                .toList();
        FeedScope current = Objects.requireNonNull(scope);
        return known.size() == request.events().size()
                ? () -> known
                : () -> DatabaseScope.runForAllProvinces(() -> request.events().stream()
                        .map(each -> readOne(each, current))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Source of the messages of one request. */
    interface RequestMessages {
        List<FeedMessage> get();
    }

    private Optional<FeedMessage> readOne(FeedPosition position, FeedScope current) {
        FeedPosition before = new FeedPosition(position.epoch(), position.sequence() - 1);
        return services.reader().readMessages(endpoint.feed(), before, 1, current).stream()
                .filter(each -> each.position().equals(position))
                .findFirst();
    }

    /** Forgets the messages that are done. */
    void forgetDone() {
        messages.headMap(queue.lowWater(), true).clear();
    }
}
