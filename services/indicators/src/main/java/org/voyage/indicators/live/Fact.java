package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.FactState;

/**
 * Fact in its newest known version. Version 0 is a fact that others name but that has not arrived: the others wait for
 * it, and count after its arrival.
 */
final class Fact {

    private static final @Nullable Fact[] NO_FACTS = {};

    final FactTable table;
    final String key;
    final int province;
    int version;

    @Nullable
    FactState state;
    /** The facts that this one belongs to, by link. */
    final @Nullable Fact[] joined;

    private @Nullable List<Fact> dependents;

    Fact(FactTable table, String key, int province, int links) {
        this.table = table;
        this.key = key;
        this.province = province;
        this.joined = links == 0 ? NO_FACTS : new @Nullable Fact[links];
    }

    List<Fact> dependents() {
        return dependents == null ? List.of() : dependents;
    }

    void addDependent(Fact fact) {
        if (dependents == null) {
            dependents = new ArrayList<>(2);
        }
        dependents.add(fact);
    }

    void removeDependent(Fact fact) {
        if (dependents != null) {
            dependents.remove(fact);
        }
    }
}
