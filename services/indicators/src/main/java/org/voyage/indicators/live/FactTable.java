package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.FieldSlot;

/**
 * Table of every fact of one record type, with the figures that count it and the figures that use it as a joined
 * record.
 */
final class FactTable {

    private final Map<String, Fact> facts = new LinkedHashMap<>();
    /** Newest unreadable version by key, 0 when the version is unknown. */
    private final Map<String, Integer> stale = new HashMap<>();

    private final List<FigureAggregator> tallies = new ArrayList<>();
    private final CodeDictionary provinces;
    private final FactCountsByYear years;
    /** The linked table, by link. */
    private final FactTable[] linked;

    /** @param year slot of a fact's year or first day; null when no figure counts the record */
    FactTable(CodeDictionary provinces, int links, @Nullable FieldSlot year) {
        this.provinces = provinces;
        this.years = new FactCountsByYear(provinces, year);
        this.linked = new FactTable[links];
    }

    void addFigure(FigureAggregator aggregator) {
        tallies.add(aggregator);
    }

    void setLink(int link, FactTable table) {
        linked[link] = table;
    }

    @Nullable
    Fact findFact(String key) {
        return facts.get(key);
    }

    FactCountsByYear years() {
        return years;
    }

    int linkCount() {
        return linked.length;
    }

    FactTable linkedTable(int link) {
        return linked[link];
    }

    /** Returns the facts in the order of their arrival; none is ever removed. */
    Collection<Fact> facts() {
        return facts.values();
    }

    int size() {
        return facts.size();
    }

    Set<String> staleKeys() {
        return stale.keySet();
    }

    /**
     * Marks a version of this key as unreadable. A later readable event heals the key: a newer version, or a
     * republication of the current version. A repeated event does not.
     *
     * @param version 0 for an unknown version, which is newer than the current one
     */
    void markUnreadable(String key, int version) {
        Fact fact = facts.get(key);
        if (version == 0 || fact == null || fact.version < version) {
            stale.merge(key, version, Math::max);
        }
    }

    /**
     * Applies an event.
     *
     * @param micros time of the change, or {@link FactCountsByYear#NO_TIME}
     */
    void applyEvent(FactEvent event, long micros, @Nullable CellChangeSink touched) {
        Fact fact = findOrAddFact(event.key(), event.province());
        if (event.version() <= fact.version) {
            years.noteChange(fact.province, event.state(), micros);
            if (event.version() == fact.version && event.isRepublished()) {
                clearUnreadable(event);
            } else if (event.version() == fact.version && !FactState.haveSameFields(fact.state, event.state())) {
                // Of two contents of one version the first counts, and the key is reported until a later version.
                stale.merge(event.key(), event.version(), Math::max);
            }
            return;
        }
        years.noteChange(fact.province, event.state() == null ? fact.state : event.state(), micros);
        years.countFact(fact.province, fact.state, -1);
        years.countFact(fact.province, event.state(), 1);
        countWithDependents(fact, -1, touched);
        fact.version = event.version();
        fact.state = event.state();
        if (linked.length > 0 && event.state() != null) {
            updateLinks(fact, event.province(), event.state());
        }
        countWithDependents(fact, 1, touched);
        clearUnreadable(event);
    }

    private void clearUnreadable(FactEvent event) {
        if (!stale.isEmpty()) {
            stale.computeIfPresent(event.key(), (key, version) -> version > event.version() ? version : null);
        }
    }

    private void countWithDependents(Fact fact, int sign, @Nullable CellChangeSink touched) {
        countFact(fact, sign, touched);
        for (Fact dependent : fact.dependents()) {
            dependent.table.countFact(dependent, sign, touched);
        }
    }

    private void countFact(Fact fact, int sign, @Nullable CellChangeSink touched) {
        for (FigureAggregator aggregator : tallies) {
            aggregator.countFact(fact, sign, touched);
        }
    }

    private void updateLinks(Fact fact, String province, FactState state) {
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
                Fact after = linked[link].findOrAddFact(key, province);
                after.addDependent(fact);
                fact.joined[link] = after;
            }
        }
    }

    private Fact findOrAddFact(String key, String province) {
        return facts.computeIfAbsent(key, added -> new Fact(this, added, provinces.numberOf(province), linked.length));
    }
}
