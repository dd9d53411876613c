package org.voyage.feeds.delivery.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/** Events that wait behind a refused one, by their record: of each record only the first may be tried. */
final class HeldEvents {

    private final Map<String, TreeMap<FeedPosition, HeldEvent>> byKey = new HashMap<>();
    private int size;

    HeldEvents(List<HeldEvent> held) {
        held.forEach(this::put);
    }

    void put(HeldEvent event) {
        if (byKey.computeIfAbsent(event.orderKey(), key -> new TreeMap<>()).put(event.position(), event) == null) {
            size++;
        }
    }

    void remove(HeldEvent event) {
        TreeMap<FeedPosition, HeldEvent> record = Objects.requireNonNull(byKey.get(event.orderKey()));
        record.remove(event.position());
        size--;
        if (record.isEmpty()) {
            byKey.remove(event.orderKey());
        }
    }

    Optional<HeldEvent> find(String orderKey, FeedPosition position) {
        return Optional.ofNullable(byKey.get(orderKey)).map(record -> record.get(position));
    }

    boolean holds(String orderKey) {
        return byKey.containsKey(orderKey);
    }

    /** Returns the first event of each record. */
    List<HeldEvent> heads() {
        return byKey.values().stream()
                .map(record -> record.firstEntry().getValue())
                .toList();
    }

    /** Returns the head that is to be tried next. */
    Optional<HeldEvent> findEarliestHead() {
        return heads().stream().min(java.util.Comparator.comparing(HeldEvents::dueTime));
    }

    int size() {
        return size;
    }

    List<HeldEvent> toList() {
        List<HeldEvent> all = new ArrayList<>(size);
        byKey.values().forEach(record -> all.addAll(record.values()));
        return all;
    }

    static boolean isDue(@Nullable Instant nextTryAt, Instant now) {
        return nextTryAt == null || !nextTryAt.isAfter(now);
    }

    private static Instant dueTime(HeldEvent event) {
        return event.nextTryAt() == null ? Instant.MIN : event.nextTryAt();
    }
}
