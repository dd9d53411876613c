package org.voyage.kit.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Requests that wait for the publication of their events, and the position that is on Kafka. */
final class PublicationWaiters {

    private final NavigableMap<Long, List<PublicationWaiter>> byPosition = new TreeMap<>();
    private long reached = Long.MIN_VALUE;
    private Set<String> standing = Set.of();

    private record PublicationWaiter(Set<String> topics, CompletableFuture<Boolean> completion) {}

    /**
     * Returns a future for the publication of a receipt.
     *
     * @return completed with true when everything up to the receipt is on Kafka, with false when a blocked key in its
     *     topics makes that uncertain. The caller may complete it; the waiter is then removed
     */
    CompletableFuture<Boolean> awaitPublication(Receipt receipt) {
        long position = receipt.parts().stream()
                .mapToLong(Receipt.ReceiptPart::position)
                .max()
                .orElse(Long.MIN_VALUE);
        Set<String> topics =
                receipt.parts().stream().map(Receipt.ReceiptPart::topic).collect(Collectors.toUnmodifiableSet());
        PublicationWaiter one = new PublicationWaiter(topics, new CompletableFuture<>());
        synchronized (this) {
            if (position > reached) {
                byPosition.computeIfAbsent(position, none -> new ArrayList<>()).add(one);
                one.completion.whenComplete((published, failure) -> removeWaiter(position, one));
                return one.completion;
            }
        }
        completeWaiters(List.of(one));
        return one.completion;
    }

    /** Returns whether a request waits. */
    synchronized boolean hasWaiters() {
        return !byPosition.isEmpty();
    }

    /**
     * Completes the waiters up to a position.
     *
     * @param position everything up to it is on Kafka, except the events of blocked keys
     * @param stopped all blocked keys
     */
    void completeReached(long position, Collection<BlockedKey> stopped) {
        List<PublicationWaiter> there = new ArrayList<>();
        synchronized (this) {
            reached = Math.max(reached, position);
            standing = stopped.stream().map(BlockedKey::topic).collect(Collectors.toUnmodifiableSet());
            Iterator<Map.Entry<Long, List<PublicationWaiter>>> each =
                    byPosition.headMap(position, true).entrySet().iterator();
            while (each.hasNext()) {
                there.addAll(each.next().getValue());
                each.remove();
            }
        }
        completeWaiters(there);
    }

    private void completeWaiters(List<PublicationWaiter> there) {
        Set<String> unsure;
        synchronized (this) {
            unsure = standing;
        }
        there.forEach(one -> one.completion.complete(one.topics.stream().noneMatch(unsure::contains)));
    }

    private synchronized void removeWaiter(long position, PublicationWaiter one) {
        byPosition.computeIfPresent(position, (at, waiting) -> {
            waiting.remove(one);
            return waiting.isEmpty() ? null : waiting;
        });
    }
}
