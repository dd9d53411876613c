package org.voyage.kit.record.pending;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pending submissions of a bureau to one record type: parked rows and refused writes, by year.
 *
 * @param years years with pending submissions, in their order; first the submissions without a year
 */
record PendingSubmissions(List<PendingYear> years) {

    static final PendingSubmissions EMPTY = new PendingSubmissions(List.of());

    /**
     * @param year null for submissions without a readable year
     * @param waiting currently parked rows of files and single writes
     * @param refused single writes that were refused since the service counts them
     */
    record PendingYear(@Nullable Integer year, long waiting, long refused) {}

    /**
     * Returns this count with new numbers of waiting rows and more refused ones.
     *
     * @param waiting by year; the key is null for rows without a year
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
