package org.voyage.kit.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes in the order in which they came. Somebody leads it while there are any. */
final class WriteLine<T> {

    private final Deque<WaitingWrite<T>> waiting = new ArrayDeque<>();
    private boolean led;

    /** @return whether it must be led from now on */
    synchronized boolean join(WaitingWrite<T> one) {
        waiting.add(one);
        if (led) {
            return false;
        }
        led = true;
        return true;
    }

    /** @return whether it waits behind others now; not if nobody leads */
    synchronized boolean joinBehind(WaitingWrite<T> one) {
        return led && waiting.add(one);
    }

    /**
     * For whoever leads: the first, and those behind it that can go with it, in their order. Of one record only one write
     * is in a transaction, and of one request id: the trail tells requests apart by it.
     */
    synchronized List<WaitingWrite<T>> take(int most) {
        List<WaitingWrite<T>> group = new ArrayList<>();
        Set<RecordKey> records = new HashSet<>();
        Set<String> requests = new HashSet<>();
        while (group.size() < most && !waiting.isEmpty()) {
            Sent<T> next = waiting.getFirst().sent();
            if (!records.add(next.key()) || !requests.add(next.cause().id())) {
                break;
            }
            group.add(waiting.removeFirst());
        }
        return group;
    }

    /** @return whether nobody waits, and so the lead is given up */
    synchronized boolean left() {
        led = !waiting.isEmpty();
        return !led;
    }

    /** @return those that wait, whom nobody will lead; the line is empty then */
    synchronized List<WaitingWrite<T>> abandoned() {
        List<WaitingWrite<T>> all = List.copyOf(waiting);
        waiting.clear();
        led = false;
        return all;
    }

    synchronized int length() {
        return waiting.size();
    }
}
