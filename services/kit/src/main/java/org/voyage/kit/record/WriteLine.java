package org.voyage.kit.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Writes in the order in which they came. Somebody leads it while there are any. */
final class WriteLine<T> {

    /** So many times as many as can be taken are looked at. */
    private static final int LOOKED_AT = 8;

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
     * is in a transaction, and of one request id: the trail tells requests apart by it. Others are passed over, so that who
     * repeats one does not keep those behind him waiting.
     */
    synchronized List<WaitingWrite<T>> take(int most) {
        List<WaitingWrite<T>> group = new ArrayList<>();
        Set<RecordKey> records = new HashSet<>();
        Set<String> requests = new HashSet<>();
        Iterator<WaitingWrite<T>> each = waiting.iterator();
        for (int seen = 0; each.hasNext() && group.size() < most && seen < most * LOOKED_AT; seen++) {
            WaitingWrite<T> next = each.next();
            boolean newRecord = records.add(next.sent().key());
            boolean newRequest = requests.add(next.sent().cause().id());
            if (newRecord && newRequest) {
                group.add(next);
                each.remove();
            }
        }
        return group;
    }

    /** @return whether nobody waits, and so the lead is given up */
    synchronized boolean left() {
        led = !waiting.isEmpty();
        return !led;
    }

    /** For whoever leads: all that wait, to go elsewhere. */
    synchronized List<WaitingWrite<T>> takeAll() {
        List<WaitingWrite<T>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** @return those that wait, whom nobody will lead; the line is empty then */
    synchronized List<WaitingWrite<T>> abandoned() {
        led = false;
        return takeAll();
    }

    synchronized int length() {
        return waiting.size();
    }
}
