package org.voyage.kit.record.pending;

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
record PendingSubmissions(List<PendingYear> years) {

    static final PendingSubmissions EMPTY = new PendingSubmissions(List.of());

    /**
     * @param year null for what says no year that can be read
     * @param waiting rows of files and single writes that wait now
     * @param refused single writes that were refused since the service counts them
     */
    record PendingYear(@Nullable Integer year, long waiting, long refused) {}

    /**
     * As it is when so many wait, and so many more were refused.
     *
     * @param waiting by year; the key is null for those that say none
     */
    PendingSubmissions withCounts(Map<@Nullable Integer, Long> waiting, Map<@Nullable Integer, Long> refusedSince) {
        Map<@Nullable Integer, PendingYear> now = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        years.forEach(each -> now.put(each.year(), new PendingYear(each.year(), 0, each.refused())));
        waiting.forEach((year, rows) -> now.merge(year, new PendingYear(year, rows, 0), PendingSubmissions::addCounts));
        refusedSince.forEach(
                (year, writes) -> now.merge(year, new PendingYear(year, 0, writes), PendingSubmissions::addCounts));
        return new PendingSubmissions(now.values().stream()
                .filter(each -> each.waiting() > 0 || each.refused() > 0)
                .toList());
    }

    private static PendingYear addCounts(PendingYear one, PendingYear other) {
        return new PendingYear(one.year(), one.waiting() + other.waiting(), one.refused() + other.refused());
    }
}
