package org.voyage.kit.record.write;

import java.time.Duration;
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

/** Queue of writes in the order of arrival. It has a leader while it is not empty. */
final class WriteQueue<T> {

    /** Maximum number of examined writes, as a multiple of the group size. */
    private static final int LOOKAHEAD_FACTOR = 8;

    private final Deque<QueuedWrite<T>> waiting = new ArrayDeque<>();
    private final Set<QueuedWrite<T>> pinned = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean led;

    /** Adds a write. @return whether the queue needs a leader now */
    synchronized boolean enqueue(QueuedWrite<T> one) {
        return enqueueAll(List.of(one));
    }

    /** Adds writes that failed in another queue; {@link #moveAllTo} does not move them. @return as {@link #enqueue} */
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

    /** Adds a write to a queue with a leader. @return false if the queue has no leader */
    synchronized boolean enqueueIfLed(QueuedWrite<T> one) {
        return led && waiting.add(one);
    }

    /**
     * Takes the next group, for the leader: the first write and those behind it that fit into the same transaction, in
     * their order. A transaction has one write per record, and one per request id, by which the audit trail separates
     * requests. Other writes are skipped, so that a repeated one does not block those behind it.
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

    /** Removes the writes that wait for too long; the leader has not taken them, so nothing of them is stored. */
    synchronized List<QueuedWrite<T>> takeOverdue(Duration patience) {
        List<QueuedWrite<T>> overdue =
                waiting.stream().filter(one -> one.waitsLongerThan(patience)).toList();
        if (!overdue.isEmpty()) {
            Set<QueuedWrite<T>> removed = Collections.newSetFromMap(new IdentityHashMap<>());
            removed.addAll(overdue);
            waiting.removeIf(removed::contains);
            pinned.removeAll(removed);
        }
        return overdue;
    }

    /** Gives up the lead of an empty queue. @return whether the queue is empty */
    synchronized boolean releaseLeadershipIfEmpty() {
        led = !waiting.isEmpty();
        return !led;
    }

    /**
     * Moves all waiting writes to another queue and gives up the lead, unless a write is pinned to this queue; for the
     * leader.
     *
     * @param unled runs when the other queue needs a leader now
     * @return whether the writes were moved
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

    /** Removes all writes of a queue that gets no leader. @return the removed writes */
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
