package org.voyage.kit.record;

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
import org.voyage.kit.web.Finding;

/** Records that say the same, each under one of two that become one: only one of them may count. */
final class Twins<T> {

    private static final int TOLD = 20;

    private final Records<T> records;
    private final Function<T, @Nullable Object> about;

    /** @param about see {@link Belonging#about} */
    Twins(Records<T> records, Function<T, @Nullable Object> about) {
        this.records = records;
        this.about = about;
    }

    /** Two records, each under one of two parents, that say the same. */
    private record Pair<T>(Version<T> one, Version<T> other) {}

    private List<Pair<T>> pairs(Conditions ofTheOne, Conditions ofTheOther) {
        Map<Object, Version<T>> there = new HashMap<>();
        for (Version<T> other : records.standing(ofTheOther)) {
            Object its = about.apply(other.record());
            if (its != null) {
                there.putIfAbsent(its, other);
            }
        }
        List<Pair<T>> pairs = new ArrayList<>();
        if (!there.isEmpty()) {
            for (Version<T> one : records.standing(ofTheOne)) {
                Object its = about.apply(one.record());
                Version<T> other = its == null ? null : there.get(its);
                if (other != null) {
                    pairs.add(new Pair<>(one, other));
                }
            }
        }
        return pairs;
    }

    /** Those under one of two parents that say the same as one under the other, so many as can be told. */
    List<Finding> saidByBoth(Conditions ofTheSource, Conditions ofTheTarget) {
        List<Pair<T>> pairs = pairs(ofTheSource, ofTheTarget);
        List<Finding> told = new ArrayList<>();
        pairs.stream().limit(TOLD).map(this::told).forEach(told::add);
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

    private Finding told(Pair<T> pair) {
        String record = records.type().name();
        String one = pair.one().key().sourceId();
        String other = pair.other().key().sourceId();
        return Finding.field(
                "keep",
                "said-by-both",
                "\"" + one + "\"" + amount(pair.one(), " (", ")") + " and \"" + other + "\" of the record that remains"
                        + amount(pair.other(), " (", ")") + ", " + record
                        + ", say the same: only one of them may count. Say whose stand, keep: target (those of the record"
                        + " that remains) or source.",
                record + " “" + one + "”" + amount(pair.one(), "（", "）") + "与保留记录所属的“" + other + "”"
                        + amount(pair.other(), "（", "）") + "为同一数据，只能有一条计入统计；请用 keep 指明以哪一方为准："
                        + "target（保留的记录）或 source（被合并的记录）。");
    }

    private String amount(Version<T> version, String before, String after) {
        Amount<T> amount = records.type().amount();
        return amount == null ? "" : before + amount.field() + " " + amount.of().applyAsLong(version.record()) + after;
    }

    /** What says the same as one of the others goes on in that one: what they belong to becomes one thing. */
    Receipt goOnIn(Conditions leaving, Conditions staying, String reason, Cause cause, Writing writing) {
        Map<RecordKey, RecordKey> goOn = new HashMap<>();
        Set<RecordKey> keys = new LinkedHashSet<>();
        for (Pair<T> pair : pairs(leaving, staying)) {
            goOn.put(pair.one().key(), pair.other().key());
            keys.add(pair.one().key());
            keys.add(pair.other().key());
        }
        if (goOn.isEmpty()) {
            return Receipt.NOTHING;
        }
        List<Sent<T>> sent =
                keys.stream().map(key -> Sent.<T>withdrawal(key, reason, cause)).toList();
        // They are locked only now: another transaction may have withdrawn one of the two, and then the other follows.
        Written<T> written = records.write(sent, writing, (one, changes) -> {
            RecordKey other = goOn.get(one.key());
            T its = changes.standing(one.key());
            T others = other == null ? null : changes.standing(other);
            return other != null && its != null && others != null && sayTheSame(its, others)
                    ? changes.goOnIn(one.key(), other, reason, cause)
                    : new Result.Unchanged<>(Objects.requireNonNull(changes.current(one.key())), List.of());
        });
        return written.requireNoneRefused().receipt();
    }

    /** Whether one of these went on in another for that cause; withdrawn since, it is still where it was then. */
    boolean leftFor(Cause merger, Conditions under) {
        Conditions left = under.and(
                "moved_to is not null and cause_kind = ? and cause_id = ?",
                merger.kind().code(),
                merger.id());
        return !records.table().list(left, "province, source_id", 1).isEmpty();
    }

    private boolean sayTheSame(T one, T other) {
        return Objects.equals(about.apply(one), about.apply(other));
    }
}
