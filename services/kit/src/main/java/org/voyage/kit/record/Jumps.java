package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.rules.RulesConfig;
import org.voyage.kit.web.Finding;

/**
 * Whether an amount jumps against what its sender said before, in the last version or of the year before, or is said under
 * another key already.
 */
final class Jumps<T> {

    private record Year(Province province, String series, int year) {}

    private final @Nullable Amount<T> amount;
    private final RulesConfig limits;
    private final Map<Year, Long> years = new HashMap<>();
    private final Doubles<T> doubles;

    /** @param sent all that is written together: one of them may be the year before another */
    Jumps(RecordType<T> type, VersionedTable<T> table, RulesConfig limits, List<Sent<T>> sent) {
        this.amount = type.amount();
        this.limits = limits;
        this.doubles = new Doubles<>(amount);
        Amount.Series<T> series = amount == null ? null : amount.series();
        if (amount == null || series == null) {
            return;
        }
        Set<RecordKey> names = sent.stream()
                .filter(one -> one.record() != null)
                .map(one -> new RecordKey(one.key().province(), series.name().apply(one.record())))
                .collect(Collectors.toSet());
        for (Version<T> there : names.isEmpty() ? List.<Version<T>>of() : table.series(names)) {
            keep(amount, series, there.key(), there.record());
        }
        for (Sent<T> one : sent) {
            doubles.say(one.key(), one.record());
            if (one.record() != null) {
                keep(amount, series, one.key(), one.record());
            }
        }
    }

    private void keep(Amount<T> known, Amount.Series<T> series, RecordKey key, T record) {
        doubles.say(key, record);
        years.put(year(series, key, record, 0), known.of().applyAsLong(record));
    }

    private static <T> Year year(Amount.Series<T> series, RecordKey key, T record, int later) {
        return new Year(
                key.province(), series.name().apply(record), series.year().applyAsInt(record) + later);
    }

    /** @param standing the version before; null if there is none */
    List<Finding> of(Sent<T> sent, @Nullable T standing) {
        T record = sent.record();
        if (amount == null || record == null) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(doubles.of(sent.key(), record));
        long now = amount.of().applyAsLong(record);
        if (standing != null) {
            long before = amount.of().applyAsLong(standing);
            if (jumps(before, now)) {
                found.add(Finding.field(
                        amount.field(),
                        "jump-since-last-version",
                        "It was " + before + " and is " + now + " now.",
                        "由 " + before + " 变为 " + now + "，变动过大。"));
            }
        }
        Amount.Series<T> series = amount.series();
        Long before = series == null ? null : years.get(year(series, sent.key(), record, -1));
        if (before != null && jumps(before, now)) {
            found.add(Finding.field(
                    amount.field(),
                    "jump-since-last-year",
                    "It was " + before + " the year before and is " + now + " now.",
                    "上一年为 " + before + "，本年为 " + now + "，变动过大。"));
        }
        return found;
    }

    private boolean jumps(long before, long now) {
        return far(before, now, limits);
    }

    /** Whether one number is far from the other. */
    static boolean far(long before, long now, RulesConfig limits) {
        long less = Math.min(before, now);
        long more = Math.max(before, now);
        return more - less >= limits.jumpLeast() && more > less * limits.jumpFactor();
    }
}
