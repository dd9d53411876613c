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

    private final RecordType<T> type;
    private final RulesConfig limits;
    private final List<Version<T>> there;
    private final Jumps<T> jumps;
    private final Doubles<T> doubles;

    /** @param sent all that is written together: one of them may be the neighbour of another */
    Neighbours(RecordType<T> type, VersionedTable<T> table, RulesConfig limits, List<Sent<T>> sent) {
        this(type, limits, there(type, table, sent), sent);
    }

    private Neighbours(RecordType<T> type, RulesConfig limits, List<Version<T>> there, List<Sent<T>> sent) {
        this.type = type;
        this.limits = limits;
        this.there = there;
        this.jumps = new Jumps<>(type.amount(), limits);
        this.doubles = new Doubles<>(type.amount());
        there.forEach(one -> say(one.key(), one.record()));
        sent.forEach(one -> say(one.key(), one.record()));
    }

    private static <T> List<Version<T>> there(RecordType<T> type, VersionedTable<T> table, List<Sent<T>> sent) {
        Set<RecordKey> series = new HashSet<>();
        for (Sent<T> one : sent) {
            SeriesYear year = one.record() == null ? null : SeriesYear.of(type.amount(), one.key(), one.record());
            if (year != null) {
                series.add(year.name());
            }
        }
        return series.isEmpty() ? List.of() : table.series(series);
    }

    /** The same beside those only that were taken: what is refused is nobody's neighbour. */
    Neighbours<T> only(List<Sent<T>> taken) {
        return new Neighbours<>(type, limits, there, taken);
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
