package org.voyage.indicators.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A figure, as its file defines it.
 *
 * @param record the record type that it counts
 * @param includedCodes per field the values of which a fact must have one
 * @param excludedCodes per field the values of which a fact must have none; a fact without a value stays
 * @param joins per link field the record type it names; the link holds that record's source id, in the same province. A
 *     fact waits for each record that it names, and names at least one
 * @param multiValued the dimension that takes its codes from a list, if there is one
 * @param numbers per dimension the number field that it holds, or the two dates between which it holds the days
 * @param dimensions what it can be split and filtered by; looked for in the record, then in the joined ones
 * @param lists lists of countries or colleges whose membership it can be split and filtered by
 * @param publicAccess what readers outside see of it
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

    /** Where its fields are looked for: its own record, then the joined ones. */
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
