package org.voyage.kit.record.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordKey;

/**
 * Check for records of the same subject and year under several keys, each of which counts. Often that is a mistake,
 * most of all after two subjects turned out to be one; sometimes the records are parts of a number.
 */
public final class DuplicateSeriesCheck<T> {

    private final @Nullable PlausibilityMeasure<T> amount;
    private final Map<SeriesYear, Set<RecordKey>> keys = new HashMap<>();
    private final Map<RecordKey, SeriesYear> years = new HashMap<>();

    /** @param amount of the records; without a series there are no duplicates */
    public DuplicateSeriesCheck(@Nullable PlausibilityMeasure<T> amount) {
        this.amount = amount;
    }

    /** Adds the current or the new state of a record. @param record null if it is no longer active */
    public void addRecord(RecordKey key, @Nullable T record) {
        SeriesYear before = years.remove(key);
        if (before != null) {
            keys.getOrDefault(before, Set.of()).remove(key);
        }
        SeriesYear year = record == null ? null : SeriesYear.of(amount, key, record);
        if (year != null) {
            years.put(key, year);
            keys.computeIfAbsent(year, first -> new TreeSet<>()).add(key);
        }
    }

    public List<Finding> findDuplicates(RecordKey key, T record) {
        SeriesYear year = SeriesYear.of(amount, key, record);
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
