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

/** Records that say the same, each under one of two that become one: only one of them may count. */
final class DuplicateChildMerger<T> {

    private static final int MAX_LISTED_PAIRS = 20;

    private final RecordRepository<T> records;
    private final Function<T, @Nullable Object> about;

    /** @param about see {@link ParentRelation#subjectOf} */
    DuplicateChildMerger(RecordRepository<T> records, Function<T, @Nullable Object> about) {
        this.records = records;
        this.about = about;
    }

    /** Two records, each under one of two parents, that say the same. */
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

    /** Those under one of two parents that say the same as one under the other, so many as can be told. */
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

    /** What says the same as one of the others goes on in that one: what they belong to becomes one thing. */
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
        // They are locked only now: another transaction may have withdrawn one of the two, and then the other follows.
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

    /** Whether one of these went on in another for that cause; withdrawn since, it is still where it was then. */
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
