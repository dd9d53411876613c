package org.voyage.kit.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.Finding;

/**
 * Records that speak of the same thing and year under several keys: each of them counts. Often that is a mistake, most of
 * all where two things turned out to be one; sometimes they are parts of a number.
 */
final class Doubles<T> {

    private record Year(Province province, String series, int year) {}

    private final @Nullable Amount<T> amount;
    private final Map<Year, Set<RecordKey>> keys = new HashMap<>();
    private final Map<RecordKey, Year> years = new HashMap<>();

    /** @param amount of the records; without a series there is nothing that could be said twice */
    Doubles(@Nullable Amount<T> amount) {
        this.amount = amount;
    }

    /** The record as it stands, or will. @param record null if it stands no longer */
    void say(RecordKey key, @Nullable T record) {
        Year before = years.remove(key);
        if (before != null) {
            keys.getOrDefault(before, Set.of()).remove(key);
        }
        Year year = record == null ? null : year(key, record);
        if (year != null) {
            years.put(key, year);
            keys.computeIfAbsent(year, first -> new TreeSet<>()).add(key);
        }
    }

    private @Nullable Year year(RecordKey key, T record) {
        Amount.Series<T> series = amount == null ? null : amount.series();
        return series == null
                ? null
                : new Year(
                        key.province(),
                        series.name().apply(record),
                        series.year().applyAsInt(record));
    }

    List<Finding> of(RecordKey key, T record) {
        Year year = year(key, record);
        if (amount == null || year == null) {
            return List.of();
        }
        return keys.getOrDefault(year, Set.of()).stream()
                .filter(other -> !other.equals(key))
                .map(other -> Finding.field(
                        amount.field(),
                        "counted-twice",
                        "\"" + other.sourceId() + "\" says a number of the same for " + year.year() + ": both count.",
                        "“" + other.sourceId() + "”为同一对象 " + year.year() + " 年的数据，两条均计入统计。"))
                .limit(1)
                .toList();
    }
}
