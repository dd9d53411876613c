package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Context of a transaction that writes records, read at its beginning.
 *
 * @param recordedAt recording time of everything it writes, by the database's clock
 * @param lockedYears the locked years of the provinces it writes for
 */
public record WriteContext(Instant recordedAt, List<LockedYear> lockedYears) {

    public record LockedYear(Province province, int year) {}

    /**
     * Requires that the change leaves locked years unchanged.
     *
     * @throws Refusal.Conflict if the change would alter the figures of locked years, with all their names
     */
    <T> void requireOpenYears(RecordType<T> type, RecordChange<T> change) {
        requireOpenYears(
                change.after().key(),
                year -> !Objects.equals(
                        stateSeenByYear(type, change.stateBefore(), year),
                        stateSeenByYear(type, change.stateAfter(), year)));
    }

    /**
     * Requires that a change leaves locked years unchanged.
     *
     * @param touched whether the figures of a year would change
     */
    void requireOpenYears(RecordKey key, IntPredicate touched) {
        List<String> moved = lockedYears.stream()
                .filter(closed -> closed.province().equals(key.province()) && touched.test(closed.year()))
                .map(LockedYear::year)
                .sorted()
                .map(String::valueOf)
                .toList();
        if (!moved.isEmpty()) {
            boolean one = moved.size() == 1;
            throw new Refusal.Conflict(new Finding(
                    "",
                    "year-locked",
                    "\"" + String.join(", ", moved) + "\" "
                            + (one
                                    ? "is a locked year and this would change its"
                                    : "are locked years and this would change their")
                            + " figures; the national operations team can reopen " + (one ? "it." : "them."),
                    String.join("、", moved) + " 年数据已锁定，此操作会改变" + (one ? "该年" : "这些年度") + "统计结果；如需修改，请联系国家级管理员重新开放"
                            + (one ? "该年度。" : "这些年度。")));
        }
    }

    private static <T> @Nullable Object stateSeenByYear(RecordType<T> type, @Nullable T record, int year) {
        return record == null ? null : type.inYear().apply(record, year);
    }
}
