package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.rules.RulesConfig;
import org.voyage.kit.web.Finding;

/** Whether an amount jumps against what its sender said before: in the last version, or of the year before. */
final class Jumps<T> {

    private final @Nullable Amount<T> amount;
    private final RulesConfig limits;
    private final Map<SeriesYear, Long> years = new HashMap<>();

    /** @param amount of the records; without one nothing jumps */
    Jumps(@Nullable Amount<T> amount, RulesConfig limits) {
        this.amount = amount;
        this.limits = limits;
    }

    /** The record as it stands, or will: it may be the year before another. */
    void say(RecordKey key, @Nullable T record) {
        SeriesYear year = record == null ? null : SeriesYear.of(amount, key, record);
        if (amount != null && record != null && year != null) {
            years.put(year, amount.of().applyAsLong(record));
        }
    }

    /** @param standing the version before; null if there is none */
    List<Finding> of(RecordKey key, T record, @Nullable T standing) {
        if (amount == null) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(0);
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
        SeriesYear year = SeriesYear.of(amount, key, record);
        Long before = year == null ? null : years.get(year.before());
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
