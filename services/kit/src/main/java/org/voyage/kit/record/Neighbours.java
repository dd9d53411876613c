package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.rules.RulesConfig;
import org.voyage.kit.web.Finding;

/** What a record's number looks like beside those that its sender said of the same thing, under other keys or for other years. */
final class Neighbours<T> {

    private final Jumps<T> jumps;
    private final Doubles<T> doubles;

    /** @param sent all that is written together: one of them may be the neighbour of another */
    Neighbours(RecordType<T> type, VersionedTable<T> table, RulesConfig limits, List<Sent<T>> sent) {
        this.jumps = new Jumps<>(type.amount(), limits);
        this.doubles = new Doubles<>(type.amount());
        Set<RecordKey> series = new HashSet<>();
        for (Sent<T> one : sent) {
            SeriesYear year = one.record() == null ? null : SeriesYear.of(type.amount(), one.key(), one.record());
            if (year != null) {
                series.add(year.name());
            }
        }
        if (!series.isEmpty()) {
            table.series(series).forEach(there -> say(there.key(), there.record()));
        }
        sent.forEach(one -> say(one.key(), one.record()));
    }

    private void say(RecordKey key, @Nullable T record) {
        jumps.say(key, record);
        doubles.say(key, record);
    }

    /** @param standing the version before; null if there is none */
    List<Finding> of(Sent<T> sent, @Nullable T standing) {
        T record = sent.record();
        if (record == null) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(doubles.of(sent.key(), record));
        found.addAll(jumps.of(sent.key(), record, standing));
        return found;
    }
}
