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

/**
 * View of all figures at one point in time. Valid only while {@link LiveFigures#readView} runs, unless it is {@link
 * LiveFigures#freezeView frozen}.
 */
public final class FiguresView {

    private final Map<String, FigureAggregator> tallies;
    private final Map<String, FactTable> tables;
    private final DictionaryRegistry dictionaries;
    private final LogPosition positions;
    private final Map<String, Set<String>> movedFields;
    /** The facts by year of a view without tables. */
    private final Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> detachedCounts;

    FiguresView(
            Map<String, FigureAggregator> tallies,
            Map<String, FactTable> tables,
            DictionaryRegistry dictionaries,
            LogPosition positions) {
        this.tallies = tallies;
        this.tables = tables;
        this.dictionaries = dictionaries;
        this.positions = positions;
        this.movedFields = Map.of();
        this.detachedCounts = Map.of();
    }

    /**
     * A view without facts.
     *
     * @param moved per figure the fields by which it differs from the real figure
     * @param counts the facts of each record by year
     */
    FiguresView(
            Map<String, FigureAggregator> tallies,
            DictionaryRegistry dictionaries,
            LogPosition positions,
            Map<String, Set<String>> moved,
            Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> counts) {
        this.tallies = tallies;
        this.tables = Map.of();
        this.dictionaries = dictionaries;
        this.positions = positions;
        this.movedFields = moved;
        this.detachedCounts = counts;
    }

    /**
     * Returns the fields by which a counted figure differs from the real one; empty without a difference, and in views
     * without hypothetical facts. The set is empty if only several fields together show the difference.
     */
    public Optional<Set<String>> movedFields(String indicator) {
        return Optional.ofNullable(movedFields.get(indicator));
    }

    public FigureAggregator requireWhole(String indicator) {
        FigureAggregator aggregator = tallies.get(indicator);
        if (aggregator == null) {
            throw new IllegalArgumentException("no figure " + indicator);
        }
        return aggregator;
    }

    /** Returns whether the counted figures behind this one include all of their facts. */
    public boolean isReady(Figure figure) {
        return figure.countedFigures().stream()
                .noneMatch(counted -> requireWhole(counted.code()).isHeldBack());
    }

    /** Returns every counted figure, in the order of the codes. */
    public Collection<FigureAggregator> completeFigures() {
        return tallies.values();
    }

    /** Passes the contribution of each fact of a figure to the visitor. */
    public void visitContributions(String indicator, ContributionVisitor to) {
        FigureAggregator aggregator = requireWhole(indicator);
        FactTable table = tables.get(aggregator.indicator().record());
        if (table != null) {
            int[] at = aggregator.newCoordinates();
            for (Fact fact : table.facts()) {
                aggregator.forEachCell(
                        fact, 1, at, (cell, amount) -> to.visitCell(fact.key, fact.version, cell, amount));
            }
        }
    }

    /** Returns the records that a counted fact belongs to, in the order of their names. */
    public List<JoinedRecord> joinedRecords(String indicator, String key) {
        FigureAggregator aggregator = requireWhole(indicator);
        FactTable table = tables.get(aggregator.indicator().record());
        Fact fact = table == null ? null : table.findFact(key);
        return fact == null ? List.of() : aggregator.joinedRecords(fact, dictionaries);
    }

    /** Returns the facts of a record by year; the same object as long as none of them has changed. */
    public Map<Integer, FactCountsByYear.YearFactCounts> countsByYear(String record) {
        FactTable table = tables.get(record);
        return table == null
                ? detachedCounts.getOrDefault(record, Map.of())
                : table.years().countsByYear();
    }

    /** Passes on the keys of the facts of a record that have arrived. */
    public void forEachKey(String record, Consumer<String> to) {
        FactTable table = tables.get(record);
        if (table != null) {
            table.facts().stream().filter(fact -> fact.version > 0).forEach(fact -> to.accept(fact.key));
        }
    }

    /**
     * Returns the number of keys of a record whose newest version is unreadable.
     *
     * @param provinces restricts the result to these provinces; empty for all
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
