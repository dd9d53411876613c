package org.voyage.feeds.delivery.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Window over the log of a feed: the events after the low-water mark, with what became of them. The mark moves over done and
 * held events only, so that nothing unfinished is ever behind it.
 */
final class DeliveryWindow {

    private final TreeMap<FeedPosition, WindowEntry> entries = new TreeMap<>();
    private final Set<FeedPosition> doneBefore;
    private FeedPosition lowWater;
    private FeedPosition last;

    /** Event of the window and its state. */
    static final class WindowEntry {
        private final QueuedEvent event;
        private EntryState state = EntryState.READY;
        private boolean isAlone;

        WindowEntry(QueuedEvent event) {
            this.event = event;
        }

        QueuedEvent event() {
            return event;
        }

        EntryState state() {
            return state;
        }

        /** Returns whether it may not be part of a batch any more. */
        boolean isAlone() {
            return isAlone;
        }

        void setState(EntryState state) {
            this.state = state;
        }

        void setAlone() {
            this.isAlone = true;
        }
    }

    /** State of an event of the window. */
    enum EntryState {
        READY,
        IN_FLIGHT,
        /** Part of the pending batch. */
        BATCHED,
        /** Accepted, set aside, or held elsewhere. */
        PASSED
    }

    DeliveryWindow(FeedPosition lowWater, Set<FeedPosition> doneAbove) {
        this.lowWater = lowWater;
        this.last = lowWater;
        this.doneBefore = new HashSet<>(doneAbove);
    }

    FeedPosition lowWater() {
        return lowWater;
    }

    /** Returns the position of the last event that was added. */
    FeedPosition last() {
        return last;
    }

    int size() {
        return entries.size();
    }

    Collection<WindowEntry> entries() {
        return entries.values();
    }

    boolean contains(FeedPosition position) {
        return entries.containsKey(position);
    }

    WindowEntry get(FeedPosition position) {
        return Objects.requireNonNull(entries.get(position), "not in the window");
    }

    WindowEntry add(QueuedEvent event) {
        if (event.position().compareTo(last) <= 0) {
            throw new IllegalArgumentException("events are added in order");
        }
        last = event.position();
        WindowEntry entry = new WindowEntry(event);
        if (doneBefore.remove(event.position())) {
            entry.setState(EntryState.PASSED);
        }
        // Those before it have expired.
        doneBefore.removeIf(each -> each.compareTo(event.position()) < 0);
        entries.put(event.position(), entry);
        return entry;
    }

    /** Moves the low-water mark over all events that are passed. */
    void advance() {
        for (Map.Entry<FeedPosition, WindowEntry> first = entries.firstEntry();
                first != null && first.getValue().state() == EntryState.PASSED;
                first = entries.firstEntry()) {
            lowWater = first.getKey();
            entries.pollFirstEntry();
        }
    }

    Set<FeedPosition> passedAbove() {
        Set<FeedPosition> passed = new HashSet<>(doneBefore);
        entries.forEach((position, entry) -> {
            if (entry.state() == EntryState.PASSED) {
                passed.add(position);
            }
        });
        return passed;
    }

    /**
     * Returns the first events that may be sent alone now: of each record the first unfinished one, and none after a reset.
     *
     * @param isFree whether an event of this order key may be sent
     */
    List<WindowEntry> findReady(int limit, Predicate<String> isFree) {
        List<WindowEntry> ready = new ArrayList<>();
        Set<String> blocked = new HashSet<>();
        for (WindowEntry entry : entries.values()) {
            if (entry.state() == EntryState.PASSED) {
                continue;
            }
            if (entry.event().isReset() && !blocked.isEmpty()) {
                return ready;
            }
            String key = entry.event().orderKey();
            if (blocked.add(key) && entry.state() == EntryState.READY && isFree.test(key)) {
                ready.add(entry);
            }
            if (entry.event().isReset() || ready.size() == limit) {
                return ready;
            }
        }
        return ready;
    }

    /** Returns the events that may be sent together now, in order. */
    List<WindowEntry> findBatchable() {
        List<WindowEntry> batchable = new ArrayList<>();
        Set<String> blocked = new HashSet<>();
        for (WindowEntry entry : entries.values()) {
            if (entry.state() == EntryState.PASSED) {
                continue;
            }
            if (entry.event().isReset()) {
                return batchable;
            }
            String key = entry.event().orderKey();
            if (entry.state() != EntryState.READY || entry.isAlone() || blocked.contains(key)) {
                blocked.add(key);
            } else {
                batchable.add(entry);
            }
        }
        return batchable;
    }
}
