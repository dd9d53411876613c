package org.voyage.kit.record;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a bureau sent of one record is no record.
 *
 * @param years those of which something is outstanding, in their order; first what says no year
 */
record Outstanding(List<OfYear> years) {

    static final Outstanding NOTHING = new Outstanding(List.of());

    /**
     * @param year null for what says no year that can be read
     * @param waiting rows of files and single writes that wait now
     * @param refused single writes that were refused since the service counts them
     */
    record OfYear(@Nullable Integer year, long waiting, long refused) {}

    /**
     * As it is when so many wait, and so many more were refused.
     *
     * @param waiting by year; the key is null for those that say none
     */
    Outstanding now(Map<@Nullable Integer, Long> waiting, Map<@Nullable Integer, Long> refusedSince) {
        Map<@Nullable Integer, OfYear> now = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        years.forEach(each -> now.put(each.year(), new OfYear(each.year(), 0, each.refused())));
        waiting.forEach((year, rows) -> now.merge(year, new OfYear(year, rows, 0), Outstanding::sum));
        refusedSince.forEach((year, writes) -> now.merge(year, new OfYear(year, 0, writes), Outstanding::sum));
        return new Outstanding(now.values().stream()
                .filter(each -> each.waiting() > 0 || each.refused() > 0)
                .toList());
    }

    private static OfYear sum(OfYear one, OfYear other) {
        return new OfYear(one.year(), one.waiting() + other.waiting(), one.refused() + other.refused());
    }
}
