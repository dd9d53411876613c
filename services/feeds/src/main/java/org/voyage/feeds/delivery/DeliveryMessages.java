package org.voyage.feeds.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.queue.DeliveryQueue;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.delivery.queue.DeliveryRules;
import org.voyage.feeds.delivery.queue.QueuedEvent;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.access.DatabaseScope;

/** Messages of a feed that are under way to one endpoint, as they may be sent now. For the thread of its deliverer. */
final class DeliveryMessages {

    /** The grants of an alliance are read again this often while its events are sent. */
    private static final Duration SCOPE_INTERVAL = Duration.ofSeconds(1);

    /** The longest pause between two looks at the log without a sign of news. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final DelivererDependencies services;
    private final FeedEndpoint endpoint;
    private final DeliveryQueue queue;
    private final int refillRoom;
    private final Clock clock;
    /** Messages for which there was memory. */
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

    DeliveryMessages(DelivererDependencies services, FeedEndpoint endpoint, DeliveryQueue queue) {
        this.services = services;
        this.endpoint = endpoint;
        this.queue = queue;
        this.refillRoom = DeliveryRules.WINDOW_EVENTS / 4;
        this.clock = services.clock();
    }

    /** Returns what may be sent now; empty while the alliance is suspended. */
    Optional<FeedScope> readScope() throws InterruptedException {
        Instant now = clock.instant();
        if (!now.isBefore(scopeReadAt.plus(SCOPE_INTERVAL)) && refreshScope()) {
            try (DeliveryMemory.MemoryRoom _ = services.memory().awaitPage()) {
                reload();
            }
        }
        return Optional.ofNullable(scope);
    }

    /** @return whether messages are to be read again by another scope than before */
    private boolean refreshScope() {
        scope = services.feeds().findScope(endpoint.feed()).orElse(null);
        scopeReadAt = clock.instant();
        if (scope == null || scope.equals(messagesScope)) {
            return false;
        }
        messagesScope = scope;
        return true;
    }

    /** Reads the messages again: their data may be withheld by now. */
    private void reload() {
        FeedPosition after = queue.lowWater();
        while (after.compareTo(queue.readAfter()) < 0) {
            List<FeedMessage> read = readBy(Objects.requireNonNull(scope), after, DeliveryRules.WINDOW_EVENTS);
            if (read.isEmpty()) {
                return;
            }
            read.stream().filter(each -> messages.containsKey(each.position())).forEach(this::keep);
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
    void fillQueue(Consumer<FeedPosition> onExpired) throws InterruptedException {
        int room = queue.room();
        Instant now = clock.instant();
        if (room == 0
                || (isLogLeft ? room < refillRoom : !isNewsExpected && now.isBefore(readAt.plus(LONGEST_PAUSE)))) {
            return;
        }
        isNewsExpected = false;
        readAt = now;
        try (DeliveryMemory.MemoryRoom _ = services.memory().awaitPage()) {
            addPage(room, onExpired);
        }
    }

    private void addPage(int room, Consumer<FeedPosition> onExpired) {
        FeedPosition after = queue.readAfter();
        List<FeedMessage> read = read(after, room);
        isLogLeft = read.size() == room;
        for (FeedMessage each : read) {
            if (!follows(after, each.position())) {
                onExpired.accept(after);
            }
            after = each.position();
            keep(each);
            queue.add(QueuedEvent.of(each));
        }
    }

    /** Keeps a message, in place of a former one, if there is memory for it; else it is read again. */
    private void keep(FeedMessage message) {
        forget(messages.remove(message.position()));
        if (services.memory().reserveAhead(message.body().length)) {
            messages.put(message.position(), message);
        }
    }

    private void forget(@Nullable FeedMessage message) {
        if (message != null) {
            services.memory().releaseAhead(message.body().length);
        }
    }

    private static boolean follows(FeedPosition before, FeedPosition position) {
        return position.epoch() == before.epoch()
                ? position.sequence() == before.sequence() + 1
                : position.sequence() == 1;
    }

    private List<FeedMessage> read(FeedPosition after, int limit) {
        List<FeedMessage> read = readBy(Objects.requireNonNull(scope), after, limit);
        if (FeedReader.isScopeInDoubt(read) && refreshScope()) {
            reload();
            return readBy(Objects.requireNonNull(scope), after, limit);
        }
        return read;
    }

    private List<FeedMessage> readBy(FeedScope by, FeedPosition after, int limit) {
        return services.reader().readMessages(endpoint.feed(), after, limit, by);
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
        Map<FeedPosition, FeedMessage> done = messages.headMap(queue.lowWater(), true);
        done.values().forEach(this::forget);
        done.clear();
    }

    /** Forgets all messages, at the end of the deliverer. */
    void forgetAll() {
        messages.values().forEach(this::forget);
        messages.clear();
    }
}
