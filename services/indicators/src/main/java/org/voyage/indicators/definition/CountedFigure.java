package org.voyage.indicators.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Figure that is counted from records, as its definition file describes it.
 *
 * @param record the record type that it counts
 * @param includedCodes allowed values per field; a fact must have one of them
 * @param excludedCodes excluded values per field; a fact without a value counts
 * @param joins record type that each link field names; the link holds that record's source id, in the same province. A
 *     fact waits for each record that it names, and names at least one
 * @param multiValued the dimension that takes its codes from a list, if there is one
 * @param numbers per dimension its number field, or the two dates whose distance in days it holds
 * @param dimensions dimensions for breakdowns and filters; looked up in the record, then in the joined ones
 * @param lists lists of countries or colleges for breakdowns and filters
 * @param publicAccess view of external readers
 */
public record CountedFigure(
        String code,
        int version,
        LocalizedText name,
        Unit unit,
        String record,
        Measure measure,
        PeriodRule period,
        Map<String, Set<String>> includedCodes,
        Map<String, Set<String>> excludedCodes,
        Map<String, String> joins,
        Optional<MultiValuedDimension> multiValued,
        Map<String, List<String>> numbers,
        List<String> dimensions,
        List<String> lists,
        PublicAccess publicAccess,
        LocalizedText derivation)
        implements Figure {

    public CountedFigure {
        includedCodes = Map.copyOf(includedCodes);
        excludedCodes = Map.copyOf(excludedCodes);
        joins = Map.copyOf(joins);
        numbers = Map.copyOf(numbers);
        dimensions = List.copyOf(dimensions);
        lists = List.copyOf(lists);
    }

    @Override
    public List<CountedFigure> countedFigures() {
        return List.of(this);
    }

    @Override
    public List<CountedFigure> reportedFigures() {
        return List.of(this);
    }

    /** Returns the record types that have its fields: its own record, then the joined ones. */
    @Override
    public List<String> records() {
        List<String> records = new ArrayList<>(List.of(record));
        joins.values().stream().sorted().forEach(records::add);
        return records;
    }

    @Override
    public boolean isCount() {
        return true;
    }

    @Override
    public boolean isAdditive() {
        return measure.isAdditive();
    }
}
