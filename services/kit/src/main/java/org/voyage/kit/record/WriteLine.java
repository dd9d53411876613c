package org.voyage.kit.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The writes of a province in the order in which they came. One at a time leads; without one nobody waits. */
final class WriteLine<T> {

    private final Deque<WaitingWrite<T>> waiting = new ArrayDeque<>();
    private boolean led;

    /** @return whether it leads at once */
    synchronized boolean join(WaitingWrite<T> one) {
        waiting.add(one);
        if (led) {
            return false;
        }
        led = true;
        return true;
    }

    /** For the one that leads: itself and those behind it that can go with it, in their order. */
    synchronized List<WaitingWrite<T>> take(int most) {
        List<WaitingWrite<T>> group = new ArrayList<>();
        while (group.size() < most && !waiting.isEmpty() && fits(waiting.getFirst(), group)) {
            group.add(waiting.removeFirst());
        }
        return group;
    }

    private static <T> boolean fits(WaitingWrite<T> one, List<WaitingWrite<T>> group) {
        return group.stream().allMatch(one::goesWith);
    }

    /** Gives the lead to the first that waits. */
    synchronized void next() {
        if (waiting.isEmpty()) {
            led = false;
        } else {
            waiting.getFirst().told(new Turn.Lead<>());
        }
    }
}
