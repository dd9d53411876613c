package org.voyage.kit.record.parent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ParentRelation;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.WriteSummary;

/**
 * Merger of duplicate children: records with the same subject under two parents that are merged. Only one of them may
 * count.
 */
final class DuplicateChildMerger<T> {

    private static final int MAX_LISTED_PAIRS = 20;

    private final RecordRepository<T> records;
    private final Function<T, @Nullable Object> about;

    /** @param about see {@link ParentRelation#subjectOf} */
    DuplicateChildMerger(RecordRepository<T> records, Function<T, @Nullable Object> about) {
        this.records = records;
        this.about = about;
    }

    /** Two records with the same subject, each under one of two parents. */
    private record DuplicatePair<T>(RecordVersion<T> first, RecordVersion<T> second) {}

    private List<DuplicatePair<T>> findPairs(SqlConditions ofTheOne, SqlConditions ofTheOther) {
        Map<Object, RecordVersion<T>> there = new HashMap<>();
        for (RecordVersion<T> other : records.findActive(ofTheOther)) {
            Object its = about.apply(other.record());
            if (its != null) {
                there.putIfAbsent(its, other);
            }
        }
        List<DuplicatePair<T>> pairs = new ArrayList<>();
        if (!there.isEmpty()) {
            for (RecordVersion<T> one : records.findActive(ofTheOne)) {
                Object its = about.apply(one.record());
                RecordVersion<T> other = its == null ? null : there.get(its);
                if (other != null) {
                    pairs.add(new DuplicatePair<>(one, other));
                }
            }
        }
        return pairs;
    }

    /** Returns findings about duplicates under the two parents, with a limited number of examples. */
    List<Finding> findDuplicates(SqlConditions ofTheSource, SqlConditions ofTheTarget) {
        List<DuplicatePair<T>> pairs = findPairs(ofTheSource, ofTheTarget);
        List<Finding> told = new ArrayList<>();
        pairs.stream().limit(MAX_LISTED_PAIRS).map(this::toFinding).forEach(told::add);
        int more = pairs.size() - told.size();
        if (more > 0) {
            told.add(Finding.field(
                    "keep",
                    "said-by-both",
                    more + " more of " + records.type().name() + " are said by both.",
                    records.type().name() + " 另有 " + more + " 条为双方重复数据。"));
        }
        return told;
    }

    private Finding toFinding(DuplicatePair<T> pair) {
        String record = records.type().name();
        String one = pair.first().key().sourceId();
        String other = pair.second().key().sourceId();
        return Finding.field(
                "keep",
                "said-by-both",
                "\"" + one + "\"" + describeAmount(pair.first(), " (", ")") + " and \"" + other
                        + "\" of the record that remains"
                        + describeAmount(pair.second(), " (", ")") + ", " + record
                        + ", say the same: only one of them may count. Say whose stand, keep: target (those of the record"
                        + " that remains) or source.",
                record + " “" + one + "”" + describeAmount(pair.first(), "（", "）") + "与保留记录所属的“" + other + "”"
                        + describeAmount(pair.second(), "（", "）") + "为同一数据，只能有一条计入统计；请用 keep 指明以哪一方为准："
                        + "target（保留的记录）或 source（被合并的记录）。");
    }

    private String describeAmount(RecordVersion<T> version, String before, String after) {
        PlausibilityMeasure<T> amount = records.type().amount();
        return amount == null
                ? ""
                : before + amount.field() + " " + amount.value().applyAsLong(version.record()) + after;
    }

    /** Merges the duplicates of one side into those of the other, because their parents become one. */
    Receipt mergeDuplicates(
            SqlConditions leaving, SqlConditions staying, String reason, ChangeCause cause, WriteMode writing) {
        Map<RecordKey, RecordKey> goOn = new HashMap<>();
        Set<RecordKey> keys = new LinkedHashSet<>();
        for (DuplicatePair<T> pair : findPairs(leaving, staying)) {
            goOn.put(pair.first().key(), pair.second().key());
            keys.add(pair.first().key());
            keys.add(pair.second().key());
        }
        if (goOn.isEmpty()) {
            return Receipt.EMPTY;
        }
        List<RecordSubmission<T>> sent = keys.stream()
                .map(key -> RecordSubmission.<T>withdrawal(key, reason, cause))
                .toList();
        // The records are locked only now. If another transaction has withdrawn one of the two, the other follows its
        // parent.
        WriteSummary<T> written = records.writeRecords(sent, writing, (one, changes) -> {
            RecordKey other = goOn.get(one.key());
            T its = changes.activeRecord(one.key());
            T others = other == null ? null : changes.activeRecord(other);
            return other != null && its != null && others != null && describeSameFact(its, others)
                    ? changes.mergeInto(one.key(), other, reason, cause)
                    : new WriteResult.UnchangedRecord<>(
                            Objects.requireNonNull(changes.currentVersion(one.key())), List.of());
        });
        return written.requireNoneRefused().receipt();
    }

    /** Returns whether a record was merged into another for that cause. A later withdrawal does not matter. */
    boolean wasMergedBy(ChangeCause merger, SqlConditions under) {
        SqlConditions left = under.and(
                "moved_to is not null and cause_kind = ? and cause_id = ?",
                merger.kind().code(),
                merger.id());
        return !records.table().listNewest(left, "province, source_id", 1).isEmpty();
    }

    private boolean describeSameFact(T one, T other) {
        return Objects.equals(about.apply(one), about.apply(other));
    }
}
