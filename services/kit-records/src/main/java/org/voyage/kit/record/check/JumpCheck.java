package org.voyage.kit.record.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.rules.RulesConfig;

/** Check for jumps of an amount against the last version, or against the year before. */
public final class JumpCheck<T> {

    private final @Nullable PlausibilityMeasure<T> amount;
    private final RulesConfig limits;
    private final Map<SeriesYear, Long> years = new HashMap<>();

    /** @param amount of the records; without an amount there are no jumps */
    JumpCheck(@Nullable PlausibilityMeasure<T> amount, RulesConfig limits) {
        this.amount = amount;
        this.limits = limits;
    }

    /** Adds the current or the new state of a record, which may be the year before another. */
    void addRecord(RecordKey key, @Nullable T record) {
        SeriesYear year = record == null ? null : SeriesYear.of(amount, key, record);
        if (amount != null && record != null && year != null) {
            years.put(year, amount.value().applyAsLong(record));
        }
    }

    /**
     * Returns warnings about the record.
     *
     * @param standing the version before; null if there is none
     */
    List<Finding> findJumps(RecordKey key, T record, @Nullable T standing) {
        if (amount == null) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(0);
        long now = amount.value().applyAsLong(record);
        if (standing != null) {
            long before = amount.value().applyAsLong(standing);
            if (isJump(before, now)) {
                found.add(Finding.field(
                        amount.field(),
                        "jump-since-last-version",
                        "It was " + before + " and is " + now + " now.",
                        "由 " + before + " 变为 " + now + "，变动过大。"));
            }
        }
        SeriesYear year = SeriesYear.of(amount, key, record);
        Long before = year == null ? null : years.get(year.previousYear());
        if (before != null && isJump(before, now)) {
            found.add(Finding.field(
                    amount.field(),
                    "jump-since-last-year",
                    "It was " + before + " the year before and is " + now + " now.",
                    "上一年为 " + before + "，本年为 " + now + "，变动过大。"));
        }
        return found;
    }

    private boolean isJump(long before, long now) {
        return isFar(before, now, limits);
    }

    /** Returns whether one number is far from the other. */
    public static boolean isFar(long before, long now, RulesConfig limits) {
        long less = Math.min(before, now);
        long more = Math.max(before, now);
        return more - less >= limits.jumpLeast() && more > less * limits.jumpFactor();
    }
}
