package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.Slot;

/** Every fact of one record type, the figures that count it, and the figures that look at it from a joined record. */
final class FactTable {

    private final Map<String, Fact> facts = new LinkedHashMap<>();
    /** By key the newest version that could not be read, 0 when it is not known. */
    private final Map<String, Integer> stale = new HashMap<>();

    private final List<Tally> tallies = new ArrayList<>();
    private final Dictionary provinces;
    private final ByYear years;
    /** By link: the table it leads to. */
    private final FactTable[] linked;

    /** @param year where a fact's year or first day stands; null when no figure counts the record */
    FactTable(Dictionary provinces, int links, @Nullable Slot year) {
        this.provinces = provinces;
        this.years = new ByYear(provinces, year);
        this.linked = new FactTable[links];
    }

    void counts(Tally tally) {
        tallies.add(tally);
    }

    void link(int link, FactTable table) {
        linked[link] = table;
    }

    @Nullable
    Fact find(String key) {
        return facts.get(key);
    }

    ByYear years() {
        return years;
    }

    int links() {
        return linked.length;
    }

    FactTable linked(int link) {
        return linked[link];
    }

    /** In the order in which they came; none ever leaves. */
    Collection<Fact> facts() {
        return facts.values();
    }

    int size() {
        return facts.size();
    }

    Set<String> stale() {
        return stale.keySet();
    }

    /**
     * Takes note that a version of this key could not be read. What comes later and can be read heals it: a newer version,
     * or the one that is held when its service republishes it. A repeat does not.
     *
     * @param version 0 for one that is newer than what is held
     */
    void spoil(String key, int version) {
        Fact fact = facts.get(key);
        if (version == 0 || fact == null || fact.version < version) {
            stale.merge(key, version, Math::max);
        }
    }

    /** @param micros when the change was made, or {@link ByYear#NO_TIME} */
    void apply(FactEvent event, long micros, @Nullable Touched touched) {
        Fact fact = facts.get(event.key());
        if (fact == null) {
            fact = add(event.key(), event.province());
        }
        if (event.version() <= fact.version) {
            years.changed(fact.province, event.state(), micros);
            if (event.version() == fact.version && event.isRepublished()) {
                heal(event);
            }
            return;
        }
        years.changed(fact.province, event.state() == null ? fact.state : event.state(), micros);
        years.count(fact.province, fact.state, -1);
        years.count(fact.province, event.state(), 1);
        countAll(fact, -1, touched);
        fact.version = event.version();
        fact.state = event.state();
        if (linked.length > 0 && event.state() != null) {
            follow(fact, event.province(), event.state());
        }
        countAll(fact, 1, touched);
        heal(event);
    }

    private void heal(FactEvent event) {
        if (!stale.isEmpty()) {
            stale.computeIfPresent(event.key(), (key, version) -> version > event.version() ? version : null);
        }
    }

    private void countAll(Fact fact, int sign, @Nullable Touched touched) {
        count(fact, sign, touched);
        for (Fact dependent : fact.dependents()) {
            dependent.table.count(dependent, sign, touched);
        }
    }

    private void count(Fact fact, int sign, @Nullable Touched touched) {
        for (Tally tally : tallies) {
            tally.count(fact, sign, touched);
        }
    }

    private void follow(Fact fact, String province, FactState state) {
        for (int link = 0; link < linked.length; link++) {
            String sourceId = state.links()[link];
            String key = sourceId == null ? null : province + "/" + sourceId;
            Fact before = fact.joined[link];
            if (before != null && before.key.equals(key)) {
                continue;
            }
            if (before != null) {
                before.removeDependent(fact);
            }
            fact.joined[link] = null;
            if (key != null) {
                FactTable table = linked[link];
                Fact after = table.facts.get(key);
                if (after == null) {
                    after = table.add(key, province);
                }
                after.addDependent(fact);
                fact.joined[link] = after;
            }
        }
    }

    private Fact add(String key, String province) {
        Fact fact = new Fact(this, key, provinces.number(province), linked.length);
        facts.put(key, fact);
        return fact;
    }
}
