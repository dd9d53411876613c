package org.voyage.indicators.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A figure, as its file defines it.
 *
 * @param record the record type that it counts
 * @param where per field the values of which a fact must have one
 * @param except per field the values of which a fact must have none; a fact without a value stays
 * @param join per link field the record type it names; the link holds that record's source id, in the same province. A
 *     fact waits for each record that it names, and names at least one
 * @param each the dimension that takes its codes from a list, if there is one
 * @param numbers per dimension the number field that it holds, or the two dates between which it holds the days
 * @param dimensions what it can be split and filtered by; looked for in the record, then in the joined ones
 * @param lists lists of countries or colleges whose membership it can be split and filtered by
 * @param outside what readers outside see of it
 */
public record Indicator(
        String code,
        int version,
        Text name,
        Unit unit,
        String record,
        Measure measure,
        PeriodRule period,
        Map<String, Set<String>> where,
        Map<String, Set<String>> except,
        Map<String, String> join,
        Optional<Each> each,
        Map<String, List<String>> numbers,
        List<String> dimensions,
        List<String> lists,
        Outside outside,
        Text derivation)
        implements Figure {

    public Indicator {
        where = Map.copyOf(where);
        except = Map.copyOf(except);
        join = Map.copyOf(join);
        numbers = Map.copyOf(numbers);
        dimensions = List.copyOf(dimensions);
        lists = List.copyOf(lists);
    }

    @Override
    public List<Indicator> counted() {
        return List.of(this);
    }

    /** Where its fields are looked for: its own record, then the joined ones. */
    @Override
    public List<String> records() {
        List<String> records = new ArrayList<>(List.of(record));
        join.values().stream().sorted().forEach(records::add);
        return records;
    }

    @Override
    public boolean isCount() {
        return true;
    }

    @Override
    public boolean addsUp() {
        return measure.addsUp();
    }
}
