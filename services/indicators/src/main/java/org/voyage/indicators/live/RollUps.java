package org.voyage.indicators.live;

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
final class RollUps {

    /** So many different needs are known again. */
    private static final int KNOWN = 64;

    /**
     * When rolling up is worth its memory.
     *
     * @param worth the fewest cells of which less are wanted
     * @param part a roll-up has at most this part (3: a third) of the cells that it was made of
     * @param most the most roll-ups of one figure
     * @param all they have together at most this part of the figure's cells
     */
    record Limits(int worth, int part, int most, int all) {
        static final Limits USUAL = new Limits(8_192, 4, 8, 2);
        /** Nothing is rolled up. */
        static final Limits NEVER = new Limits(Integer.MAX_VALUE, 1, 0, 1);
    }

    private final Sums finest;
    private final Limits limits;
    /** When each was used last. */
    private final Map<Sums, Long> used = new HashMap<>();
    /** By need, the one asked last at the end: from how many cells on it is to be rolled up. */
    private final Map<Need, Integer> asked = new LinkedHashMap<>(16, 0.75f, true);

    private volatile List<Sums> kept;
    private boolean rollingUp;
    private long uses;

    /** @param kept those that are there to begin with */
    RollUps(Sums finest, Limits limits, List<Sums> kept) {
        this.finest = finest;
        this.limits = limits;
        this.kept = List.copyOf(kept);
    }

    /** Adds what was added to the finest sums. By who holds the write lock. */
    void add(int[] at, long amount, int more) {
        List<Sums> all = kept;
        if (all.isEmpty()) {
            return;
        }
        for (Sums sums : all) {
            sums.add(at, amount, more);
        }
        if (tooMany(all)) {
            forgetSome();
        }
    }

    /** The smallest sums that meet a need; rolls them up where that is worth it. By who holds the read lock. */
    Sums answering(Need need) {
        Sums found;
        synchronized (this) {
            found = smallest(need);
            if (rollingUp || !isWanted(need, found)) {
                return found;
            }
            rollingUp = true;
        }
        Sums rolledUp = null;
        try {
            rolledUp = found.rolledUp(need, found.size() / limits.part());
        } finally {
            rolledUp(need, rolledUp, found.size());
        }
        return rolledUp == null ? found : rolledUp;
    }

    /** The smallest sums that are there and meet a need. By who holds the read lock. */
    synchronized Sums smallest(Need need) {
        Sums smallest = finest;
        for (Sums sums : kept) {
            if (sums.size() < smallest.size() && need.isMetBy(sums.need())) {
                smallest = sums;
            }
        }
        used.computeIfPresent(smallest, (sums, last) -> ++uses);
        return smallest;
    }

    Sums finest() {
        return finest;
    }

    List<Sums> kept() {
        return kept;
    }

    /** Not when first asked; and not again, when it did not get small enough, until there is twice as much to sum up. */
    private boolean isWanted(Need need, Sums found) {
        if (found.size() < limits.worth() || found.need().equals(need)) {
            return false;
        }
        Integer from = asked.putIfAbsent(need, 0);
        if (asked.size() > KNOWN) {
            asked.remove(asked.keySet().iterator().next());
        }
        return from != null && found.size() >= from;
    }

    private synchronized void rolledUp(Need need, @Nullable Sums rolledUp, int of) {
        rollingUp = false;
        if (rolledUp == null) {
            asked.put(need, of * 2);
        } else {
            asked.remove(need);
            List<Sums> more = new ArrayList<>(kept);
            more.add(rolledUp);
            used.put(rolledUp, ++uses);
            kept = List.copyOf(more);
            forgetSome();
        }
    }

    private boolean tooMany(List<Sums> all) {
        long cells = 0;
        for (Sums sums : all) {
            cells += sums.size();
        }
        return all.size() > limits.most() || cells > finest.size() / limits.all();
    }

    private synchronized void forgetSome() {
        List<Sums> rest = new ArrayList<>(kept);
        while (!rest.isEmpty() && tooMany(rest)) {
            Sums oldest = rest.getFirst();
            for (Sums sums : rest) {
                if (used.getOrDefault(sums, 0L) < used.getOrDefault(oldest, 0L)) {
                    oldest = sums;
                }
            }
            rest.remove(oldest);
            used.remove(oldest);
        }
        kept = List.copyOf(rest);
    }
}
