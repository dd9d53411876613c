package org.voyage.indicators.live;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactState;

/**
 * Some facts as they would be, beside the real ones. Each changed fact has a double, and so has each that belongs to one;
 * the figures would lose what the real ones give and gain what the doubles give.
 */
final class Imagined {

    private final Map<String, FactTable> tables;
    private final Dictionary provinces;
    /** Of facts that are there. */
    private final Map<Fact, Fact> doubles = new IdentityHashMap<>();
    /** Of facts that are not there yet. */
    private final Map<FactTable, Map<String, Fact>> added = new LinkedHashMap<>();

    private final Map<Fact, FactEvent> changed = new LinkedHashMap<>();
    private final Shift shift = new Shift();

    Imagined(Map<String, FactTable> tables, Dictionaries codes) {
        this.tables = tables;
        this.provinces = codes.of("province");
    }

    /** Imagines one fact otherwise. */
    void change(FactEvent event) {
        FactTable table = tables.get(event.record());
        if (table == null) {
            throw new IllegalArgumentException("no record " + event.record());
        }
        Fact real = table.find(event.key());
        Fact fact = real == null ? newFact(table, event) : doubleOf(real);
        fact.version++;
        fact.state = event.state();
        changed.put(fact, event);
        if (real != null) {
            real.dependents().forEach(this::doubleOf);
        }
    }

    /**
     * The figures as they would be; those that are not whole yet stay so.
     *
     * @param copy gives the same figure, to be counted on
     */
    Map<String, Tally> count(Map<String, Tally> tallies, UnaryOperator<Tally> copy) {
        changed.forEach(this::follow);
        doubles.forEach((real, other) -> {
            if (!changed.containsKey(other)) {
                for (int link = 0; link < real.joined.length; link++) {
                    Fact named = real.joined[link];
                    other.joined[link] = named == null ? null : doubles.getOrDefault(named, named);
                }
            }
        });
        Map<String, Tally> counted = new TreeMap<>(tallies);
        tallies.forEach((code, tally) -> {
            FactTable table = tables.get(tally.indicator().record());
            List<Fact> gone = doubles.keySet().stream()
                    .filter(fact -> fact.table == table)
                    .toList();
            Map<String, Fact> fresh = table == null ? Map.of() : added.getOrDefault(table, Map.of());
            if (tally.isWhole() && (!gone.isEmpty() || !fresh.isEmpty())) {
                Tally other = copy.apply(tally);
                gone.forEach(fact -> {
                    other.count(fact, -1, shift);
                    other.count(doubleOf(fact), 1, shift);
                });
                fresh.values().forEach(fact -> other.count(fact, 1, shift));
                counted.put(code, other);
            }
        });
        return counted;
    }

    /** What {@link #count} found that would be otherwise, as {@link Shift#fields} says it. */
    Map<String, Set<String>> moved() {
        return shift.fields();
    }

    private void follow(Fact fact, FactEvent event) {
        FactState state = event.state();
        for (int link = 0; link < fact.joined.length && state != null; link++) {
            String sourceId = state.links()[link];
            fact.joined[link] =
                    sourceId == null ? null : named(fact.table.linked(link), event.province() + "/" + sourceId);
        }
    }

    /** What a fact would belong to; something that waits, if it is nowhere. */
    private Fact named(FactTable table, String key) {
        Fact real = table.find(key);
        if (real != null) {
            return doubles.getOrDefault(real, real);
        }
        Fact fresh = added.getOrDefault(table, Map.of()).get(key);
        return fresh == null ? new Fact(table, key, 0, 0, 0) : fresh;
    }

    private Fact newFact(FactTable table, FactEvent event) {
        return added.computeIfAbsent(table, its -> new HashMap<>())
                .computeIfAbsent(
                        event.key(), key -> new Fact(table, key, provinces.number(event.province()), 0, table.links()));
    }

    private Fact doubleOf(Fact real) {
        Fact known = doubles.get(real);
        if (known != null) {
            return known;
        }
        Fact other = new Fact(real.table, real.key, real.province, real.number, real.table.links());
        other.version = real.version;
        other.state = real.state;
        doubles.put(real, other);
        return other;
    }
}
