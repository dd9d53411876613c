package org.voyage.indicators.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;

/** All figures at one moment. Valid only while {@link LiveFigures#read} runs, unless it is {@link LiveFigures#freeze frozen}. */
public final class Cut {

    private final Map<String, Tally> tallies;
    private final Map<String, FactTable> tables;
    private final Dictionaries dictionaries;
    private final Positions positions;
    private final Map<String, Set<String>> moved;

    Cut(Map<String, Tally> tallies, Map<String, FactTable> tables, Dictionaries dictionaries, Positions positions) {
        this(tallies, tables, dictionaries, positions, Map.of());
    }

    /** @param moved by figure the fields by which it is otherwise than it really is */
    Cut(
            Map<String, Tally> tallies,
            Map<String, FactTable> tables,
            Dictionaries dictionaries,
            Positions positions,
            Map<String, Set<String>> moved) {
        this.tallies = tallies;
        this.tables = tables;
        this.dictionaries = dictionaries;
        this.positions = positions;
        this.moved = moved;
    }

    /**
     * The fields by which a counted figure is otherwise here than it really is; empty when it is not, and in figures that
     * nobody imagined. One that is otherwise by several fields together only has none of them.
     */
    public Optional<Set<String>> moved(String indicator) {
        return Optional.ofNullable(moved.get(indicator));
    }

    public Tally tally(String indicator) {
        Tally tally = tallies.get(indicator);
        if (tally == null) {
            throw new IllegalArgumentException("no figure " + indicator);
        }
        return tally;
    }

    /** Whether the figures that this one is counted from count all of their facts. */
    public boolean has(Figure figure) {
        return figure.counted().stream()
                .noneMatch(counted -> tally(counted.code()).isHeldBack());
    }

    /** Every figure that is counted, in the order of the codes. */
    public Collection<Tally> tallies() {
        return tallies.values();
    }

    /** Shows what each fact gives to a figure. */
    public void contributions(String indicator, Contributions to) {
        Tally tally = tally(indicator);
        FactTable table = tables.get(tally.indicator().record());
        if (table != null) {
            int[] at = tally.room();
            for (Fact fact : table.facts()) {
                tally.each(fact, 1, at, (cell, amount) -> to.cell(fact.key, fact.version, cell, amount));
            }
        }
    }

    /** The records that a fact belongs to which a figure counts, in the order of their names. */
    public List<Joined> joined(String indicator, String key) {
        Tally tally = tally(indicator);
        FactTable table = tables.get(tally.indicator().record());
        Fact fact = table == null ? null : table.find(key);
        return fact == null ? List.of() : tally.joined(fact, dictionaries);
    }

    /** By year what there is of a record; the same object as long as nothing of it has changed. */
    public Map<Integer, ByYear.Seen> years(String record) {
        FactTable table = tables.get(record);
        return table == null ? Map.of() : table.years().seen();
    }

    /** The keys of the facts of a record that have arrived. */
    public void keys(String record, Consumer<String> to) {
        FactTable table = tables.get(record);
        if (table != null) {
            table.facts().stream().filter(fact -> fact.version > 0).forEach(fact -> to.accept(fact.key));
        }
    }

    /**
     * How many keys of a record have a newest version that could not be read.
     *
     * @param provinces only those of these; empty for all
     */
    public long stale(String record, Set<String> provinces) {
        FactTable table = tables.get(record);
        if (table == null) {
            return 0;
        }
        return provinces.isEmpty()
                ? table.stale().size()
                : table.stale().stream()
                        .filter(key -> provinces.stream().anyMatch(province -> key.startsWith(province + "/")))
                        .count();
    }

    public Dictionary dictionary(String field) {
        return dictionaries.of(field);
    }

    public Positions positions() {
        return positions;
    }
}
