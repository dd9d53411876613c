package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactState;

/**
 * Hypothetical facts next to the real ones. Each changed fact has a double, and so has each fact that belongs to a
 * changed one. A figure would lose the contribution of the real facts and gain that of the doubles. If half of a table
 * has doubles, all of it gets them, and its figures are counted from the doubles alone. The lock on the real facts is
 * held only until the doubles are known; the contributions are computed from copies.
 */
final class HypotheticalFacts {

    private final Map<String, FactTable> tables;
    private final CodeDictionary provinces;
    /** Doubles of existing facts. */
    private final Map<Fact, Fact> hypotheticalFacts = new IdentityHashMap<>();
    /** Copies of the facts with doubles, and of the facts they belong to, made while the lock was held. */
    private final Map<Fact, Fact> copies = new IdentityHashMap<>();
    /** Facts that do not exist yet. */
    private final Map<FactTable, Map<String, Fact>> addedFacts = new LinkedHashMap<>();

    private final Map<Fact, FactEvent> changedFacts = new LinkedHashMap<>();
    /** The facts of each record by year, as they would be. */
    private final Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> countsByYear = new HashMap<>();
    /** Tables of which every fact has a double. */
    private final Set<FactTable> wholeTables = new HashSet<>();

    HypotheticalFacts(Map<String, FactTable> tables, DictionaryRegistry codes) {
        this.tables = Map.copyOf(tables);
        this.provinces = codes.dictionaryOf("province");
    }

    /** Adds a hypothetical change of one fact. */
    void changeFact(FactEvent event) {
        FactTable table = tables.get(event.record());
        if (table == null) {
            throw new IllegalArgumentException("no record " + event.record());
        }
        Fact real = table.findFact(event.key());
        Fact fact = real == null ? findOrCreateFact(table, event) : doubleOf(real);
        fact.version++;
        fact.state = event.state();
        changedFacts.put(fact, event);
        if (real != null) {
            real.dependents().forEach(this::doubleOf);
        }
    }

    /** Detaches the doubles from the real facts; no change may follow. */
    void detach() {
        completeTables();
        changedFacts.forEach(this::updateLinks);
        countYears();
        hypotheticalFacts.forEach((real, other) -> {
            Fact copy = wholeTables.contains(real.table) ? null : copyOf(real);
            for (int link = 0; link < real.joined.length; link++) {
                Fact named = real.joined[link];
                if (named != null) {
                    if (copy != null) {
                        copy.joined[link] = copyOf(named);
                    }
                    if (!changedFacts.containsKey(other)) {
                        other.joined[link] = hypotheticalOf(named);
                    }
                }
            }
        });
    }

    private void countYears() {
        Map<FactTable, FactCountsByYear> changed = new HashMap<>();
        changedFacts.keySet().forEach(fact -> {
            FactCountsByYear years =
                    changed.computeIfAbsent(fact.table, table -> table.years().copyWith(provinces));
            Fact real = fact.table.findFact(fact.key);
            if (real != null) {
                years.countFact(real.province, real.state, -1);
            }
            years.countFact(fact.province, fact.state, 1);
        });
        tables.forEach((record, table) -> countsByYear.put(
                record, changed.getOrDefault(table, table.years()).countsByYear()));
    }

    /** Returns the facts of each record by year, as they would be; empty before {@link #detach}. */
    Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> countsByYear() {
        return countsByYear;
    }

    /** Gives a double to every fact of the tables where half of them have one. */
    private void completeTables() {
        Map<FactTable, Integer> doubles = new HashMap<>();
        hypotheticalFacts.keySet().forEach(real -> doubles.merge(real.table, 1, Integer::sum));
        doubles.forEach((table, count) -> {
            if (count * 2 >= table.size()) {
                table.facts().forEach(this::doubleOf);
                wholeTables.add(table);
            }
        });
    }

    /**
     * Returns the hypothetical figures, by code, without figures that do not change.
     *
     * @param empty returns the same figure with empty cells
     */
    Map<String, HypotheticalCube> computeFigures(
            Collection<FigureAggregator> tallies, UnaryOperator<FigureAggregator> empty) {
        Map<FactTable, List<Fact>> lost = new HashMap<>();
        Map<FactTable, List<Fact>> gained = new HashMap<>();
        hypotheticalFacts.forEach((real, other) -> {
            if (!wholeTables.contains(real.table)) {
                lost.computeIfAbsent(real.table, _ -> new ArrayList<>()).add(copyOf(real));
            }
            gained.computeIfAbsent(real.table, _ -> new ArrayList<>()).add(other);
        });
        addedFacts.forEach((table, facts) ->
                gained.computeIfAbsent(table, _ -> new ArrayList<>()).addAll(facts.values()));
        Map<String, HypotheticalCube> changed = new TreeMap<>();
        for (FigureAggregator aggregator : tallies) {
            FactTable table = tables.get(aggregator.indicator().record());
            if (table != null && gained.containsKey(table)) {
                FigureAggregator moved = empty.apply(aggregator);
                lost.getOrDefault(table, List.of()).forEach(fact -> moved.countFact(fact, -1, null));
                gained.getOrDefault(table, List.of()).forEach(fact -> moved.countFact(fact, 1, null));
                (wholeTables.contains(table)
                                ? HypotheticalCube.ofRecount(aggregator, moved, empty)
                                : HypotheticalCube.ofDelta(aggregator, moved))
                        .ifPresent(cube -> changed.put(aggregator.indicator().code(), cube));
            }
        }
        return changed;
    }

    private void updateLinks(Fact fact, FactEvent event) {
        FactState state = event.state();
        for (int link = 0; link < fact.joined.length && state != null; link++) {
            String sourceId = state.links()[link];
            fact.joined[link] = sourceId == null
                    ? null
                    : findJoined(fact.table.linkedTable(link), event.province() + "/" + sourceId);
        }
    }

    /** Returns the fact that a fact would belong to, or a waiting fact if there is none. */
    private Fact findJoined(FactTable table, String key) {
        Fact real = table.findFact(key);
        if (real != null) {
            return hypotheticalOf(real);
        }
        Fact fresh = addedFacts.getOrDefault(table, Map.of()).get(key);
        return fresh == null ? new Fact(table, key, 0, 0) : fresh;
    }

    private Fact findOrCreateFact(FactTable table, FactEvent event) {
        return addedFacts
                .computeIfAbsent(table, its -> new HashMap<>())
                .computeIfAbsent(
                        event.key(),
                        key -> new Fact(table, key, provinces.numberOf(event.province()), table.linkCount()));
    }

    private Fact hypotheticalOf(Fact real) {
        Fact other = hypotheticalFacts.get(real);
        return other == null ? copyOf(real) : other;
    }

    private Fact doubleOf(Fact real) {
        return hypotheticalFacts.computeIfAbsent(real, HypotheticalFacts::copyFact);
    }

    private Fact copyOf(Fact real) {
        return copies.computeIfAbsent(real, HypotheticalFacts::copyFact);
    }

    private static Fact copyFact(Fact real) {
        Fact other = new Fact(real.table, real.key, real.province, real.table.linkCount());
        other.version = real.version;
        other.state = real.state;
        return other;
    }
}
