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

/** How far the outbox is on Kafka, and who waits to hear that his events are. */
final class Awaited {

    private final NavigableMap<Long, List<Waiting>> byPosition = new TreeMap<>();
    private long reached = Long.MIN_VALUE;
    private Set<String> standing = Set.of();

    private record Waiting(Set<String> topics, CompletableFuture<Boolean> told) {}

    /**
     * @return completed with true when everything up to the receipt is on Kafka, with false when a key of its topics stands
     *     still, so that nobody can say; may be completed, and is forgotten then, by the caller
     */
    CompletableFuture<Boolean> until(Receipt receipt) {
        long position =
                receipt.parts().stream().mapToLong(Receipt.Part::position).max().orElse(Long.MIN_VALUE);
        Set<String> topics = receipt.parts().stream().map(Receipt.Part::topic).collect(Collectors.toUnmodifiableSet());
        Waiting one = new Waiting(topics, new CompletableFuture<>());
        synchronized (this) {
            if (position > reached) {
                byPosition.computeIfAbsent(position, none -> new ArrayList<>()).add(one);
                one.told.whenComplete((published, failure) -> forget(position, one));
                return one.told;
            }
        }
        tell(List.of(one));
        return one.told;
    }

    /** Whether anybody waits. */
    synchronized boolean any() {
        return !byPosition.isEmpty();
    }

    /**
     * @param position everything up to it is on Kafka, but what is behind a key that stands still
     * @param stopped those keys, all of them
     */
    void reached(long position, Collection<StoppedKey> stopped) {
        List<Waiting> there = new ArrayList<>();
        synchronized (this) {
            reached = Math.max(reached, position);
            standing = stopped.stream().map(StoppedKey::topic).collect(Collectors.toUnmodifiableSet());
            Iterator<Map.Entry<Long, List<Waiting>>> each =
                    byPosition.headMap(position, true).entrySet().iterator();
            while (each.hasNext()) {
                there.addAll(each.next().getValue());
                each.remove();
            }
        }
        tell(there);
    }

    private void tell(List<Waiting> there) {
        Set<String> unsure;
        synchronized (this) {
            unsure = standing;
        }
        there.forEach(one -> one.told.complete(one.topics.stream().noneMatch(unsure::contains)));
    }

    private synchronized void forget(long position, Waiting one) {
        byPosition.computeIfPresent(position, (at, waiting) -> {
            waiting.remove(one);
            return waiting.isEmpty() ? null : waiting;
        });
    }
}
