package org.voyage.kit.record.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.voyage.kit.record.RecordKey;

/** Writes in the order in which they came. Somebody leads it while there are any. */
final class WriteQueue<T> {

    /** So many times as many as can be taken are looked at. */
    private static final int LOOKAHEAD_FACTOR = 8;

    private final Deque<QueuedWrite<T>> waiting = new ArrayDeque<>();
    private final Set<QueuedWrite<T>> pinned = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean led;

    /** @return whether it must be led from now on */
    synchronized boolean enqueue(QueuedWrite<T> one) {
        return enqueueAll(List.of(one));
    }

    /** For what could not be written elsewhere: it does not {@link #moveAllTo} another line. @return as {@link #enqueue} */
    synchronized boolean enqueuePinned(List<QueuedWrite<T>> all) {
        pinned.addAll(all);
        return enqueueAll(all);
    }

    private synchronized boolean enqueueAll(Collection<QueuedWrite<T>> all) {
        waiting.addAll(all);
        boolean unled = !led;
        led = true;
        return unled;
    }

    /** @return whether it waits behind others now; not if nobody leads */
    synchronized boolean enqueueIfLed(QueuedWrite<T> one) {
        return led && waiting.add(one);
    }

    /**
     * For whoever leads: the first, and those behind it that can go with it, in their order. Of one record only one write
     * is in a transaction, and of one request id: the trail tells requests apart by it. Others are passed over, so that who
     * repeats one does not keep those behind him waiting.
     */
    synchronized List<QueuedWrite<T>> takeGroup(int most) {
        List<QueuedWrite<T>> group = new ArrayList<>();
        Set<RecordKey> records = new HashSet<>();
        Set<String> requests = new HashSet<>();
        Iterator<QueuedWrite<T>> each = waiting.iterator();
        for (int seen = 0; each.hasNext() && group.size() < most && seen < most * LOOKAHEAD_FACTOR; seen++) {
            QueuedWrite<T> next = each.next();
            boolean newRecord = records.add(next.sent().key());
            boolean newRequest = requests.add(next.sent().cause().id());
            if (newRecord && newRequest) {
                group.add(next);
                pinned.remove(next);
                each.remove();
            }
        }
        return group;
    }

    /** @return whether nobody waits, and so the lead is given up */
    synchronized boolean releaseLeadershipIfEmpty() {
        led = !waiting.isEmpty();
        return !led;
    }

    /**
     * For whoever leads: gives up the lead, and lets all that wait go on in another line, unless one of them was sent here.
     *
     * @param unled is told when the other line must be led from now on
     * @return whether it is so
     */
    synchronized boolean moveAllTo(WriteQueue<T> other, Runnable unled) {
        if (!pinned.isEmpty()) {
            return false;
        }
        List<QueuedWrite<T>> all = takeAbandoned();
        if (!all.isEmpty() && other.enqueueAll(all)) {
            unled.run();
        }
        return true;
    }

    /** @return those that wait, whom nobody will lead; the line is empty then */
    synchronized List<QueuedWrite<T>> takeAbandoned() {
        List<QueuedWrite<T>> all = List.copyOf(waiting);
        waiting.clear();
        pinned.clear();
        led = false;
        return all;
    }

    synchronized int length() {
        return waiting.size();
    }
}
