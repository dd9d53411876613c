package org.voyage.indicators.feature.verification.recount;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Totals of the counted operands of derived figures, from the recounted cells. Callers register the wanted values
 * first. Then each figure's cells are summed when they are recounted, and need not be stored.
 */
public final class RecountedTotals implements IndependentDeriver.RecountedValues {

    /** Number of date ranges summed at once, which is the length of a row. */
    private static final int MAX_TIMES_AT_ONCE = 16;

    private final ReferenceData reference;
    private final LocalDate today;
    private final Map<TotalsKey, Set<DateRange>> wantedDates = new LinkedHashMap<>();
    private final Map<TotalsKey, List<TotalsTable>> tables = new HashMap<>();

    public RecountedTotals(ReferenceData reference, LocalDate today) {
        this.reference = reference;
        this.today = today;
    }

    private record TotalsKey(String figure, List<String> breakdowns, Map<String, Set<String>> conditions) {
        static TotalsKey of(ValueSpec spec) {
            return new TotalsKey(spec.figure().code(), spec.breakdowns(), spec.conditions());
        }
    }

    private record TotalsTable(List<DateRange> spans, Map<List<String>, long[]> sums) {}

    /** @param counted spec of a counted figure */
    public void collectKeys(ValueSpec counted) {
        wantedDates
                .computeIfAbsent(TotalsKey.of(counted), split -> new LinkedHashSet<>())
                .add(counted.dates());
    }

    public void sumWanted(FigureRecount recount, Map<CellKey, Long> cells) {
        wantedDates.forEach((split, spans) -> {
            if (split.figure().equals(recount.indicator().code())) {
                List<DateRange> all = List.copyOf(spans);
                List<TotalsTable> found = new ArrayList<>();
                for (int from = 0; from < all.size(); from += MAX_TIMES_AT_ONCE) {
                    List<DateRange> some = all.subList(from, Math.min(all.size(), from + MAX_TIMES_AT_ONCE));
                    found.add(new TotalsTable(
                            some,
                            new RecountTabulation(
                                            recount, split.breakdowns(), split.conditions(), some, reference, today)
                                    .sumCells(cells)));
                }
                tables.put(split, found);
            }
        });
    }

    @Override
    public Map<List<String>, BigDecimal> valuesOf(ValueSpec counted) {
        List<TotalsTable> found = tables.get(TotalsKey.of(counted));
        if (found == null) {
            throw new IllegalStateException(counted.figure().code() + " was not counted again");
        }
        Map<List<String>, BigDecimal> values = new HashMap<>();
        for (TotalsTable table : found) {
            int place = table.spans().indexOf(counted.dates());
            if (place >= 0) {
                table.sums().forEach((codes, sums) -> {
                    if (sums[place] != 0) {
                        values.put(codes, BigDecimal.valueOf(sums[place]));
                    }
                });
            }
        }
        return values;
    }
}
