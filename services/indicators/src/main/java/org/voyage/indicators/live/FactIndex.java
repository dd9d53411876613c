package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts by their numbers and by their keys, in flat arrays: a map would have one more object for each fact, and what refers to
 * a fact in no order is looked through by the collector again and again while the log is read. None ever leaves. One thread
 * adds while nobody reads.
 */
final class FactIndex {

    private static final int FIRST_CAPACITY = 64;
    /** The lower half of a place. */
    private static final long NUMBER = 0xFFFF_FFFFL;

    private final List<Fact> facts = new ArrayList<>();
    /** The hash of a key, and one more than the number of its fact; 0 where there is none. */
    private long[] places = new long[FIRST_CAPACITY];

    @Nullable
    Fact find(String key) {
        int hash = hash(key);
        int mask = places.length - 1;
        long at;
        for (int place = hash & mask; (at = places[place]) != 0; place = (place + 1) & mask) {
            if ((int) (at >>> Integer.SIZE) == hash) {
                Fact fact = facts.get((int) (at & NUMBER) - 1);
                if (fact.key.equals(key)) {
                    return fact;
                }
            }
        }
        return null;
    }

    /** Adds the one whose number comes next, if its key is not there yet. */
    void add(Fact fact) {
        if (facts.size() == places.length / 2) {
            grow();
        }
        facts.add(fact);
        put((long) hash(fact.key) << Integer.SIZE | facts.size());
    }

    int size() {
        return facts.size();
    }

    /** By the number of each. */
    List<Fact> facts() {
        return Collections.unmodifiableList(facts);
    }

    private void grow() {
        long[] all = places;
        places = new long[all.length * 2];
        for (long at : all) {
            if (at != 0) {
                put(at);
            }
        }
    }

    private void put(long at) {
        int mask = places.length - 1;
        int place = (int) (at >>> Integer.SIZE) & mask;
        while (places[place] != 0) {
            place = (place + 1) & mask;
        }
        places[place] = at;
    }

    /** Keys differ in their last digits: without mixing they would crowd in a few places. */
    private static int hash(String key) {
        int hash = key.hashCode() * 0x9E3779B1;
        return hash ^ (hash >>> 15);
    }
}
