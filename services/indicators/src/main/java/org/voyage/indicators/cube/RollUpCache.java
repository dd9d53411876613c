package org.voyage.indicators.cube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one figure by less than all of its coordinates, each kept because questions came that needed no more. They
 * are exact at every moment: what is added to the figure is added to each of them before anybody reads.
 *
 * <p>What a question needs for the second time is rolled up while it is asked, from the smallest sums that have it, if it
 * has far fewer cells than these. What was not used for the longest goes when there are too many.
 */
public final class RollUpCache {

    /** So many different needs are known again. */
    private static final int MAX_KNOWN_REQUIREMENTS = 64;

    /**
     * When rolling up is worth its memory.
     *
     * @param minCells the fewest cells of which less are wanted
     * @param minReduction a roll-up has at most this part (3: a third) of the cells that it was made of
     * @param maxRollUps the most roll-ups of one figure
     * @param maxCellsDivisor they have together at most this part of the figure's cells
     */
    public record RollUpLimits(int minCells, int minReduction, int maxRollUps, int maxCellsDivisor) {
        public static final RollUpLimits DEFAULT = new RollUpLimits(8_192, 4, 8, 2);
        /** Nothing is rolled up. */
        public static final RollUpLimits NEVER = new RollUpLimits(Integer.MAX_VALUE, 1, 0, 1);
    }

    private final AggregateTable finest;
    private final RollUpLimits limits;
    /** When each was used last. */
    private final Map<AggregateTable, Long> lastUse = new HashMap<>();
    /** By need, the one asked last at the end: from how many cells on it is to be rolled up. */
    private final Map<RollUpRequirement, Integer> minCellsByRequirement = new LinkedHashMap<>(16, 0.75f, true);

    private volatile List<AggregateTable> cached;
    private boolean rollingUp;
    private long useCount;

    /** @param kept those that are there to begin with */
    RollUpCache(AggregateTable finest, RollUpLimits limits, List<AggregateTable> kept) {
        this.finest = finest;
        this.limits = limits;
        this.cached = List.copyOf(kept);
    }

    /** Adds what was added to the finest sums. By who holds the write lock. */
    void addToAll(int[] at, long amount, int more) {
        List<AggregateTable> all = cached;
        if (all.isEmpty()) {
            return;
        }
        for (AggregateTable sums : all) {
            sums.addCell(at, amount, more);
        }
        if (exceedsLimits(all)) {
            evictLeastUsed();
        }
    }

    /** The smallest sums that meet a need; rolls them up where that is worth it. By who holds the read lock. */
    AggregateTable findOrRollUp(RollUpRequirement need) {
        AggregateTable found;
        synchronized (this) {
            found = findSmallest(need);
            if (rollingUp || !isWorthRollingUp(need, found)) {
                return found;
            }
            rollingUp = true;
        }
        AggregateTable rolledUp = null;
        try {
            rolledUp = found.rollUp(need, found.size() / limits.minReduction());
        } finally {
            storeRollUp(need, rolledUp, found.size());
        }
        return rolledUp == null ? found : rolledUp;
    }

    /** The smallest sums that are there and meet a need. By who holds the read lock. */
    synchronized AggregateTable findSmallest(RollUpRequirement need) {
        AggregateTable smallest = finest;
        for (AggregateTable sums : cached) {
            if (sums.size() < smallest.size() && need.isSatisfiedBy(sums.requirement())) {
                smallest = sums;
            }
        }
        lastUse.computeIfPresent(smallest, (sums, last) -> ++useCount);
        return smallest;
    }

    AggregateTable finest() {
        return finest;
    }

    List<AggregateTable> cached() {
        return cached;
    }

    /** Not when first asked; and not again, when it did not get small enough, until there is twice as much to sum up. */
    private boolean isWorthRollingUp(RollUpRequirement need, AggregateTable found) {
        if (found.size() < limits.minCells() || found.requirement().equals(need)) {
            return false;
        }
        Integer from = minCellsByRequirement.putIfAbsent(need, 0);
        if (minCellsByRequirement.size() > MAX_KNOWN_REQUIREMENTS) {
            minCellsByRequirement.remove(
                    minCellsByRequirement.keySet().iterator().next());
        }
        return from != null && found.size() >= from;
    }

    private synchronized void storeRollUp(RollUpRequirement need, @Nullable AggregateTable rolledUp, int of) {
        rollingUp = false;
        if (rolledUp == null) {
            minCellsByRequirement.put(need, of * 2);
        } else {
            minCellsByRequirement.remove(need);
            List<AggregateTable> more = new ArrayList<>(cached);
            more.add(rolledUp);
            lastUse.put(rolledUp, ++useCount);
            cached = List.copyOf(more);
            evictLeastUsed();
        }
    }

    private boolean exceedsLimits(List<AggregateTable> all) {
        long cells = 0;
        for (AggregateTable sums : all) {
            cells += sums.size();
        }
        return all.size() > limits.maxRollUps() || cells > finest.size() / limits.maxCellsDivisor();
    }

    private synchronized void evictLeastUsed() {
        List<AggregateTable> rest = new ArrayList<>(cached);
        while (!rest.isEmpty() && exceedsLimits(rest)) {
            AggregateTable oldest = rest.getFirst();
            for (AggregateTable sums : rest) {
                if (lastUse.getOrDefault(sums, 0L) < lastUse.getOrDefault(oldest, 0L)) {
                    oldest = sums;
                }
            }
            rest.remove(oldest);
            lastUse.remove(oldest);
        }
        cached = List.copyOf(rest);
    }
}
