package org.voyage.indicators.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.DictionaryRegistry;

/** All figures at one moment. Valid only while {@link LiveFigures#readView} runs, unless it is {@link LiveFigures#freezeView frozen}. */
public final class FiguresView {

    private final Map<String, FigureAggregator> tallies;
    private final Map<String, FactTable> tables;
    private final DictionaryRegistry dictionaries;
    private final LogPosition positions;
    private final Map<String, Set<String>> movedFields;

    FiguresView(
            Map<String, FigureAggregator> tallies,
            Map<String, FactTable> tables,
            DictionaryRegistry dictionaries,
            LogPosition positions) {
        this(tallies, tables, dictionaries, positions, Map.of());
    }

    /** @param moved by figure the fields by which it is otherwise than it really is */
    FiguresView(
            Map<String, FigureAggregator> tallies,
            Map<String, FactTable> tables,
            DictionaryRegistry dictionaries,
            LogPosition positions,
            Map<String, Set<String>> moved) {
        this.tallies = tallies;
        this.tables = tables;
        this.dictionaries = dictionaries;
        this.positions = positions;
        this.movedFields = moved;
    }

    /**
     * The fields by which a counted figure is otherwise here than it really is; empty when it is not, and in figures that
     * nobody imagined. One that is otherwise by several fields together only has none of them.
     */
    public Optional<Set<String>> movedFields(String indicator) {
        return Optional.ofNullable(movedFields.get(indicator));
    }

    public FigureAggregator requireWhole(String indicator) {
        FigureAggregator tally = tallies.get(indicator);
        if (tally == null) {
            throw new IllegalArgumentException("no figure " + indicator);
        }
        return tally;
    }

    /** Whether the figures that this one is counted from count all of their facts. */
    public boolean isReady(Figure figure) {
        return figure.countedFigures().stream()
                .noneMatch(counted -> requireWhole(counted.code()).isHeldBack());
    }

    /** Every figure that is counted, in the order of the codes. */
    public Collection<FigureAggregator> wholeFigures() {
        return tallies.values();
    }

    /** Shows what each fact gives to a figure. */
    public void visitContributions(String indicator, ContributionVisitor to) {
        FigureAggregator tally = requireWhole(indicator);
        FactTable table = tables.get(tally.indicator().record());
        if (table != null) {
            int[] at = tally.newCoordinates();
            for (Fact fact : table.facts()) {
                tally.forEachCell(fact, 1, at, (cell, amount) -> to.visitCell(fact.key, fact.version, cell, amount));
            }
        }
    }

    /** The records that a fact belongs to which a figure counts, in the order of their names. */
    public List<JoinedRecord> joinedRecords(String indicator, String key) {
        FigureAggregator tally = requireWhole(indicator);
        FactTable table = tables.get(tally.indicator().record());
        Fact fact = table == null ? null : table.findFact(key);
        return fact == null ? List.of() : tally.joinedRecords(fact, dictionaries);
    }

    /** By year what there is of a record; the same object as long as nothing of it has changed. */
    public Map<Integer, FactCountsByYear.YearFactCounts> countsByYear(String record) {
        FactTable table = tables.get(record);
        return table == null ? Map.of() : table.years().countsByYear();
    }

    /** The keys of the facts of a record that have arrived. */
    public void forEachKey(String record, Consumer<String> to) {
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
    public long countStale(String record, Set<String> provinces) {
        FactTable table = tables.get(record);
        if (table == null) {
            return 0;
        }
        return provinces.isEmpty()
                ? table.staleKeys().size()
                : table.staleKeys().stream()
                        .filter(key -> provinces.stream().anyMatch(province -> key.startsWith(province + "/")))
                        .count();
    }

    public CodeDictionary dictionaryOf(String field) {
        return dictionaries.dictionaryOf(field);
    }

    public LogPosition positions() {
        return positions;
    }
}
