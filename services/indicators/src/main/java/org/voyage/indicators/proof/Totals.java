package org.voyage.indicators.proof;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.reference.Reference;

/**
 * The values of counted figures that derived ones are made of, by the cells that were counted again. What is wanted is said
 * before; then each figure's cells are summed up when they are there, and need not be kept.
 */
final class Totals implements Deriver.Counts {

    /** So many times are summed up at once: rows are as long. */
    private static final int AT_ONCE = 16;

    private final Reference reference;
    private final LocalDate today;
    private final Map<Split, Set<Span>> wanted = new LinkedHashMap<>();
    private final Map<Split, List<Table>> tables = new HashMap<>();

    Totals(Reference reference, LocalDate today) {
        this.reference = reference;
        this.today = today;
    }

    private record Split(String figure, List<String> by, Map<String, Set<String>> where) {
        static Split of(Sought sought) {
            return new Split(sought.figure().code(), sought.by(), sought.where());
        }
    }

    private record Table(List<Span> spans, Map<List<String>, long[]> sums) {}

    /** @param counted a figure that is counted */
    void want(Sought counted) {
        wanted.computeIfAbsent(Split.of(counted), split -> new LinkedHashSet<>())
                .add(counted.span());
    }

    void take(Recount recount, Map<At, Long> cells) {
        wanted.forEach((split, spans) -> {
            if (split.figure().equals(recount.indicator().code())) {
                List<Span> all = List.copyOf(spans);
                List<Table> found = new ArrayList<>();
                for (int from = 0; from < all.size(); from += AT_ONCE) {
                    List<Span> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
                    found.add(new Table(
                            some,
                            new Tabulation(recount, split.by(), split.where(), some, reference, today).sums(cells)));
                }
                tables.put(split, found);
            }
        });
    }

    @Override
    public Map<List<String>, BigDecimal> of(Sought counted) {
        List<Table> found = tables.get(Split.of(counted));
        if (found == null) {
            throw new IllegalStateException(counted.figure().code() + " was not counted again");
        }
        Map<List<String>, BigDecimal> values = new HashMap<>();
        for (Table table : found) {
            int place = table.spans().indexOf(counted.span());
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
