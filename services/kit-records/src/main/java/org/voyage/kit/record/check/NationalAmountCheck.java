package org.voyage.kit.record.check;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.ReportingYearField;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.rules.RulesConfig;

/**
 * Check of an amount that has no earlier one to jump from: against the largest amount of all records of its type, and
 * against the sum of all provinces in its year.
 */
final class NationalAmountCheck<T> {

    /** Part of the national sum of a year above which one record is implausible. */
    private static final long NATION_PERCENT = 20;

    /** Number of records below which nothing is compared: the first ones are large against nothing. */
    private static final long MIN_RECORDS = 100;

    private static final int PERCENT = 100;
    private static final int DECIMAL = 10;
    private static final DateTimeFormatter CHINA_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ChinaTime.CHINA_ZONE);

    private final RecordType<T> type;
    private final NationalAmounts.@Nullable AmountsOfType stored;
    private final RulesConfig limits;

    /** @param stored null if they are not known yet; then there is no finding */
    NationalAmountCheck(RecordType<T> type, NationalAmounts.@Nullable AmountsOfType stored, RulesConfig limits) {
        this.type = type;
        this.stored = stored;
        this.limits = limits;
    }

    /**
     * Returns warnings about the record. An amount that is near the one before was compared when that one was sent.
     *
     * @param standing the version before; null if there is none
     */
    List<Finding> findOutliers(T record, @Nullable T standing) {
        PlausibilityMeasure<T> amount = type.amount();
        ReportingYearField<T> about = type.about();
        if (amount == null || about == null || stored == null) {
            return List.of();
        }
        long now = amount.value().applyAsLong(record);
        if (now < limits.jumpLeast()
                || standing != null && !JumpCheck.isFar(amount.value().applyAsLong(standing), now, limits)) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>(0);
        if (stored.records() >= MIN_RECORDS && isLarger(now, stored.largest())) {
            found.add(largerThanAny(amount.field(), now));
        }
        Integer year = about.year().apply(record);
        NationalAmounts.YearAmounts same = year == null ? null : stored.years().get(year);
        if (same != null && same.records() >= MIN_RECORDS && now * PERCENT > same.sum() * NATION_PERCENT) {
            found.add(largePartOfNation(amount.field(), now, year, same.sum(), stored.at()));
        }
        return found;
    }

    private boolean isLarger(long now, long largest) {
        long rounded = roundUp(largest);
        return now > rounded && JumpCheck.isFar(rounded, now, limits);
    }

    /**
     * Returns the next number with one digit other than zero. The largest number is that of a single record, perhaps of
     * another province: without the rounding a sender could find it exactly by dry runs.
     */
    private static long roundUp(long number) {
        long unit = 1;
        while (number / unit >= DECIMAL) {
            unit *= DECIMAL;
        }
        return Math.ceilDiv(number, unit) * unit;
    }

    private Finding largerThanAny(String field, long now) {
        return Finding.field(
                field,
                "larger-than-any",
                "\"" + now + "\" is more than " + limits.jumpFactor() + " times the largest number of all records.",
                "“" + now + "”超过全部记录中最大值的 " + limits.jumpFactor() + " 倍。");
    }

    private static Finding largePartOfNation(String field, long now, int year, long sum, Instant at) {
        long percent = now * PERCENT / Math.max(1, sum);
        return Finding.field(
                field,
                "large-part-of-nation",
                "\"" + now + "\" is at least " + percent + " % of the sum of all provinces in " + year + ", which was "
                        + sum + " at " + at + ".",
                "“" + now + "”不低于全国 " + year + " 年合计 " + sum + " 的 " + percent + "%（截至北京时间 " + CHINA_TIME.format(at)
                        + "）。");
    }
}
