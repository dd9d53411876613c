package org.voyage.indicators.live;

import org.jspecify.annotations.Nullable;

/**
 * Facts by their keys, in flat arrays: a map would have one more object for each fact, all of which the collector copies and
 * looks through while the log is read. None ever leaves. One thread adds while nobody reads.
 */
final class FactIndex {

    private static final int FIRST_CAPACITY = 64;

    private @Nullable Fact[] facts = new @Nullable Fact[FIRST_CAPACITY];
    /** Of the key of the fact in the same place: most others are told by it alone. */
    private int[] hashes = new int[FIRST_CAPACITY];

    private int size;

    @Nullable
    Fact find(String key) {
        int hash = hash(key);
        int mask = facts.length - 1;
        Fact fact;
        for (int place = hash & mask; (fact = facts[place]) != null; place = (place + 1) & mask) {
            if (hashes[place] == hash && fact.key.equals(key)) {
                return fact;
            }
        }
        return null;
    }

    /** Adds one whose key is not there yet. */
    void add(Fact fact) {
        if (size == facts.length / 2) {
            grow();
        }
        put(fact, hash(fact.key));
        size++;
    }

    int size() {
        return size;
    }

    private void grow() {
        @Nullable Fact[] all = facts;
        int[] its = hashes;
        facts = new @Nullable Fact[all.length * 2];
        hashes = new int[all.length * 2];
        for (int i = 0; i < all.length; i++) {
            Fact fact = all[i];
            if (fact != null) {
                put(fact, its[i]);
            }
        }
    }

    private void put(Fact fact, int hash) {
        int mask = facts.length - 1;
        int place = hash & mask;
        while (facts[place] != null) {
            place = (place + 1) & mask;
        }
        facts[place] = fact;
        hashes[place] = hash;
    }

    /** Keys differ in their last digits: without mixing they would crowd in a few places. */
    private static int hash(String key) {
        int hash = key.hashCode() * 0x9E3779B1;
        return hash ^ (hash >>> 15);
    }
}
