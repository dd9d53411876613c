package org.voyage.indicators.cube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the roll-ups of one figure: sums by fewer coordinates, kept for repeated queries. They are always exact:
 * each addition to the figure reaches every roll-up before the next read.
 *
 * <p>The second query with the same requirement creates the roll-up, from the smallest table that meets it. The roll-up
 * must have far fewer cells than that table. Beyond the limit, the least recently used roll-up is removed.
 */
public final class RollUpCache {

    /** Maximum number of requirements that the cache remembers. */
    private static final int MAX_KNOWN_REQUIREMENTS = 64;

    /**
     * Limits that decide when a roll-up is worth its memory.
     *
     * @param minCells minimum size of a table that is rolled up
     * @param minReduction a roll-up has at most this part (3: a third) of the cells of its source
     * @param maxRollUps maximum number of roll-ups of one figure
     * @param maxCellsDivisor all roll-ups together have at most this part of the figure's cells
     */
    public record RollUpLimits(int minCells, int minReduction, int maxRollUps, int maxCellsDivisor) {
        public static final RollUpLimits DEFAULT = new RollUpLimits(8_192, 4, 8, 2);
        /** No roll-ups. */
        public static final RollUpLimits NO_ROLL_UPS = new RollUpLimits(Integer.MAX_VALUE, 1, 0, 1);
    }

    private final AggregateTable finest;
    private final RollUpLimits limits;
    /** Time of the last use of each roll-up. */
    private final Map<AggregateTable, Long> lastUse = new HashMap<>();
    /** Minimum size of a source table by requirement, in order of the last query. */
    private final Map<RollUpRequirement, Integer> minCellsByRequirement = new LinkedHashMap<>(16, 0.75f, true);

    private volatile List<AggregateTable> cached;
    private boolean rollingUp;
    private long useCount;

    /** @param kept the initial roll-ups */
    RollUpCache(AggregateTable finest, RollUpLimits limits, List<AggregateTable> kept) {
        this.finest = finest;
        this.limits = limits;
        this.cached = List.copyOf(kept);
    }

    /** Adds to all roll-ups an amount that was added to the finest table. The caller holds the write lock. */
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

    /**
     * Returns the smallest table that meets a requirement, and rolls up where that is worth it. The caller holds the
     * read lock.
     */
    AggregateTable findOrRollUp(RollUpRequirement need) {
        AggregateTable found;
        synchronized (this) {
            found = findSmallest(need);
            if (rollingUp || !isWorthRollingUp(need, found)) {
                return found;
            }
            rollingUp = true;
        }
        AggregateTable rolledUp = rollUp(found, need);
        return rolledUp == null ? found : rolledUp;
    }

    private @Nullable AggregateTable rollUp(AggregateTable from, RollUpRequirement need) {
        AggregateTable rolledUp = null;
        try {
            rolledUp = from.rollUp(need, from.size() / limits.minReduction());
        } finally {
            storeRollUp(need, rolledUp, from.size());
        }
        return rolledUp;
    }

    /**
     * Rolls up for queries that are known to come, if the table then has far fewer cells. The caller holds the read
     * lock or uses a frozen cube.
     */
    void rollUpAhead(RollUpRequirement need) {
        AggregateTable found;
        synchronized (this) {
            found = findSmallest(need);
            if (rollingUp
                    || found.size() < limits.minCells()
                    || found.requirement().equals(need)) {
                return;
            }
            rollingUp = true;
        }
        rollUp(found, need);
    }

    /** Returns the smallest existing table that meets a requirement. The caller holds the read lock. */
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

    List<AggregateTable> listRollUps() {
        return cached;
    }

    /**
     * Returns false on the first query. After a roll-up that was too large, returns false until the source has twice
     * the cells.
     */
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
