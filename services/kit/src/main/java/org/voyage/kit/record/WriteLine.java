package org.voyage.kit.record;

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

/** Writes in the order in which they came. Somebody leads it while there are any. */
final class WriteLine<T> {

    /** So many times as many as can be taken are looked at. */
    private static final int LOOKED_AT = 8;

    private final Deque<WaitingWrite<T>> waiting = new ArrayDeque<>();
    private final Set<WaitingWrite<T>> sentHere = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean led;

    /** @return whether it must be led from now on */
    synchronized boolean join(WaitingWrite<T> one) {
        return joinAll(List.of(one));
    }

    /** For what could not be written elsewhere: it does not {@link #goOnIn} another line. @return as {@link #join} */
    synchronized boolean sendHere(List<WaitingWrite<T>> all) {
        sentHere.addAll(all);
        return joinAll(all);
    }

    private synchronized boolean joinAll(Collection<WaitingWrite<T>> all) {
        waiting.addAll(all);
        boolean unled = !led;
        led = true;
        return unled;
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
                sentHere.remove(next);
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

    /**
     * For whoever leads: gives up the lead, and lets all that wait go on in another line, unless one of them was sent here.
     *
     * @param unled is told when the other line must be led from now on
     * @return whether it is so
     */
    synchronized boolean goOnIn(WriteLine<T> other, Runnable unled) {
        if (!sentHere.isEmpty()) {
            return false;
        }
        List<WaitingWrite<T>> all = abandoned();
        if (!all.isEmpty() && other.joinAll(all)) {
            unled.run();
        }
        return true;
    }

    /** @return those that wait, whom nobody will lead; the line is empty then */
    synchronized List<WaitingWrite<T>> abandoned() {
        List<WaitingWrite<T>> all = List.copyOf(waiting);
        waiting.clear();
        sentHere.clear();
        led = false;
        return all;
    }

    synchronized int length() {
        return waiting.size();
    }
}
