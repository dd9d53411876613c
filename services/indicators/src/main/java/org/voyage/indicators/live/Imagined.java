package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactState;

/**
 * Some facts as they would be, beside the real ones. Each changed fact has a double, and so has each that belongs to one;
 * the figures would lose what the real ones give and gain what the doubles give. While the real ones are held it is only found
 * out which these are; what they give is counted on copies.
 */
final class Imagined {

    private final Map<String, FactTable> tables;
    private final Dictionary provinces;
    /** Of facts that are there. */
    private final Map<Fact, Fact> doubles = new IdentityHashMap<>();
    /** As they were when they were looked at: those that have doubles, and what belongs to whom. */
    private final Map<Fact, Fact> copies = new IdentityHashMap<>();
    /** Of facts that are not there yet. */
    private final Map<FactTable, Map<String, Fact>> added = new LinkedHashMap<>();

    private final Map<Fact, FactEvent> changed = new LinkedHashMap<>();

    Imagined(Map<String, FactTable> tables, Dictionaries codes) {
        this.tables = Map.copyOf(tables);
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

    /** No more will change; nothing depends on the real facts any more afterwards. */
    void leave() {
        changed.forEach(this::follow);
        doubles.forEach((real, other) -> {
            Fact copy = copyOf(real);
            for (int link = 0; link < real.joined.length; link++) {
                Fact named = real.joined[link];
                if (named != null) {
                    copy.joined[link] = copyOf(named);
                    if (!changed.containsKey(other)) {
                        other.joined[link] = then(named);
                    }
                }
            }
        });
    }

    /**
     * By how much figures would be otherwise, by their codes; one that would not is not there.
     *
     * @param empty gives the same figure with nothing in its cells
     */
    Map<String, Shift> count(Collection<Tally> tallies, UnaryOperator<Tally> empty) {
        Map<FactTable, List<Fact>> lost = new HashMap<>();
        Map<FactTable, List<Fact>> gained = new HashMap<>();
        doubles.forEach((real, other) -> {
            lost.computeIfAbsent(real.table, _ -> new ArrayList<>()).add(copyOf(real));
            gained.computeIfAbsent(real.table, _ -> new ArrayList<>()).add(other);
        });
        added.forEach((table, facts) ->
                gained.computeIfAbsent(table, _ -> new ArrayList<>()).addAll(facts.values()));
        Map<String, Shift> shifts = new TreeMap<>();
        for (Tally tally : tallies) {
            FactTable table = tables.get(tally.indicator().record());
            if (table != null && gained.containsKey(table)) {
                Tally moved = empty.apply(tally);
                lost.getOrDefault(table, List.of()).forEach(fact -> moved.count(fact, -1, null));
                gained.getOrDefault(table, List.of()).forEach(fact -> moved.count(fact, 1, null));
                Shift shift = new Shift(moved);
                if (!shift.isNothing()) {
                    shifts.put(tally.indicator().code(), shift);
                }
            }
        }
        return shifts;
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
            return then(real);
        }
        Fact fresh = added.getOrDefault(table, Map.of()).get(key);
        return fresh == null ? new Fact(table, key, 0, 0) : fresh;
    }

    private Fact newFact(FactTable table, FactEvent event) {
        return added.computeIfAbsent(table, its -> new HashMap<>())
                .computeIfAbsent(
                        event.key(), key -> new Fact(table, key, provinces.number(event.province()), table.links()));
    }

    private Fact then(Fact real) {
        Fact other = doubles.get(real);
        return other == null ? copyOf(real) : other;
    }

    private Fact doubleOf(Fact real) {
        return doubles.computeIfAbsent(real, Imagined::another);
    }

    private Fact copyOf(Fact real) {
        return copies.computeIfAbsent(real, Imagined::another);
    }

    private static Fact another(Fact real) {
        Fact other = new Fact(real.table, real.key, real.province, real.table.links());
        other.version = real.version;
        other.state = real.state;
        return other;
    }
}
