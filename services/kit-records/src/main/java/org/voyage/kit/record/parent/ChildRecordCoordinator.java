package org.voyage.kit.record.parent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.WriteSteps;
import org.voyage.kit.record.write.WriteSummary;

/**
 * Coordinator of the child records of all types for changes of their parents. All methods use the caller's transaction.
 */
@ApplicationScoped
public class ChildRecordCoordinator {

    private final Instance<ChildType> children;
    private final ParkedRowStore parked;

    ChildRecordCoordinator(Instance<ChildType> children, ParkedRowStore parked) {
        this.children = children;
        this.parked = parked;
    }

    /**
     * Requires that the parent has no active children.
     *
     * @throws Refusal.Conflict if the parent has an active child
     */
    public void requireNoChildren(ParentReference parent) {
        if (children.stream().anyMatch(child -> child.hasActiveUnder(parent))) {
            throw new Refusal.Conflict(new Finding(
                    "",
                    "still-needed",
                    "Other records still belong to this one; withdraw them first.",
                    "仍有其他记录属于该记录，请先撤回这些记录。"));
        }
    }

    /** Returns whether the figures of a year count an active child of the parent. */
    public boolean countsInYear(ParentReference parent, int year) {
        return children.stream().anyMatch(child -> child.countsInYearUnder(parent, year));
    }

    /**
     * Writes parents. It applies the parked rows of those that arrive or change, and adds the outcome to their results.
     * A correction gets warnings about children that now contradict it; these were accepted before, so they stay.
     *
     * @param alike whether children are judged alike against both states of a parent
     */
    public <T> WriteSummary<T> writeParents(
            RecordRepository<T> records,
            List<RecordSubmission<T>> sent,
            WriteMode writing,
            RecordRepository.WriteDecision<T> decision,
            BiPredicate<T, T> alike) {
        ParentWriteSteps<T> steps = new ParentWriteSteps<>(records.type(), decision, alike);
        WriteSummary<T> written = records.writePrepared(sent, writing, steps);
        CascadeResult following = CascadeResult.EMPTY;
        for (Supplier<CascadeResult> contradictions : steps.contradictions) {
            following = following.plus(contradictions.get());
        }
        return following
                .plus(applyParkedRows(records.type(), written.arrivedParents(), steps.waiting, writing))
                .addTo(written);
    }

    /** Steps of a write of parents. The round trip that stores them also searches for parked rows and contradictions. */
    private final class ParentWriteSteps<T> implements WriteSteps<T> {
        private final RecordType<T> type;
        private final RecordRepository.WriteDecision<T> decision;
        private final BiPredicate<T, T> alike;
        private final List<Supplier<CascadeResult>> contradictions = new ArrayList<>();
        private Set<String> waiting = Set.of();

        private ParentWriteSteps(
                RecordType<T> type, RecordRepository.WriteDecision<T> decision, BiPredicate<T, T> alike) {
            this.type = type;
            this.decision = decision;
            this.alike = alike;
        }

        @Override
        public RecordRepository.WriteDecision<T> prepareDecision(ChangeSet<T> changes) {
            return decision;
        }

        @Override
        public void addFollowUps(ChangeSet<T> changes, List<WriteResult<T>> results, StatementPipeline pipeline) {
            for (WriteResult<T> result : results) {
                if (result instanceof WriteResult.ChangedRecord<T>(RecordChange<T> change, List<Finding> _)
                        && !isJudgedAlike(change, alike)) {
                    RecordKey key = change.after().key();
                    // Of many parents one after the other: their children together may not fit into the memory.
                    contradictions.add(
                            contradictions.isEmpty()
                                    ? findContradictions(type, key, pipeline)
                                    : () -> findContradictions(type, key));
                }
            }
            waiting = parked.announceArrivals(type.name(), changes.arrivedKeys(), pipeline);
        }
    }

    /** Returns the active records that parked rows may mean by the parents that they wait for. */
    public Map<ParentReference, NamedRecord> findMeantParents(List<ParkedRow> rows) {
        Map<ParentReference, NamedRecord> meant = new HashMap<>();
        for (ChildType child : children) {
            String record = child.children().recordName();
            List<ParentReference> missing = rows.stream()
                    .filter(row -> row.record().equals(record) && row.findings().isEmpty())
                    .map(ParkedRow::parent)
                    .distinct()
                    .toList();
            meant.putAll(child.findMeantParents(missing));
        }
        return meant;
    }

    private static <T> boolean isJudgedAlike(RecordChange<T> change, BiPredicate<T, T> alike) {
        T before = change.stateBefore();
        T after = change.stateAfter();
        return before == null || after == null || alike.test(before, after);
    }

    private CascadeResult findContradictions(RecordType<?> type, RecordKey key) {
        StatementPipeline pipeline = new StatementPipeline();
        Supplier<CascadeResult> contradictions = findContradictions(type, key, pipeline);
        parked.executePipeline(pipeline);
        return contradictions.get();
    }

    private Supplier<CascadeResult> findContradictions(RecordType<?> type, RecordKey key, StatementPipeline pipeline) {
        ParentReference parent = new ParentReference(type.name(), key);
        List<Supplier<List<Finding>>> contradicting = children.stream()
                .map(child -> child.findContradictions(parent, pipeline))
                .toList();
        return () -> new CascadeResult(
                Receipt.EMPTY,
                Map.of(
                        key,
                        contradicting.stream()
                                .flatMap(findings -> findings.get().stream())
                                .toList()));
    }

    /** Applies the rejected parked rows of a province again, after a year of it was opened. */
    public Receipt retryParkedRows(Province province) {
        Map<String, List<RecordKey>> parents = parked.findUnappliedParents(province).stream()
                .collect(Collectors.groupingBy(
                        ParentReference::record, Collectors.mapping(ParentReference::key, Collectors.toList())));
        if (parents.isEmpty()) {
            return Receipt.EMPTY;
        }
        parked.announceParents(List.of(province));
        CascadeResult following = CascadeResult.EMPTY;
        for (ChildType child : children) {
            for (Map.Entry<String, List<RecordKey>> waitedFor : parents.entrySet()) {
                following = following.plus(
                        child.applyParkedRows(waitedFor.getKey(), waitedFor.getValue(), WriteMode.COMMIT));
            }
        }
        return following.receipt();
    }

    /** @param waiting the types of the children in the parked rows */
    private CascadeResult applyParkedRows(
            RecordType<?> type, List<RecordKey> arrived, Set<String> waiting, WriteMode writing) {
        CascadeResult following = CascadeResult.EMPTY;
        for (ChildType child : children) {
            if (waiting.contains(child.children().recordName())) {
                following = following.plus(child.applyParkedRows(type.name(), arrived, writing));
            }
        }
        return following;
    }

    /**
     * Moves all children of a record to its new key, for the same cause. After a merge, of two duplicates under the two
     * parents one is merged into the other, so that no figure counts both.
     *
     * @throws Refusal.Conflict if there are duplicates and the sender does not name the side to keep, or names another
     *     side than in the first merge
     */
    public <T> WriteSummary<T> moveChildren(
            RecordType<T> type, RecordKey from, RecordMove move, WriteSummary<T> written, WriteMode writing) {
        if (written.results().getFirst()
                instanceof WriteResult.UnchangedRecord<T>(RecordVersion<T> gone, List<Finding> _)) {
            requireSameMergeChoice(new ParentReference(type.name(), from), move, gone);
        }
        if (!(written.results().getFirst()
                instanceof WriteResult.ChangedRecord<T>(RecordChange<T> left, List<Finding> _))) {
            return written;
        }
        ParentReference source = new ParentReference(type.name(), from);
        parked.announceParents(List.of(from.province()));
        CascadeResult following = new CascadeResult(
                move.isMerge() ? mergeChildren(source, move, left.after(), writing) : Receipt.EMPTY, Map.of());
        for (ChildType child : children) {
            following = following.plus(
                    child.moveChildren(source, move.to(), left.after().cause(), writing));
        }
        StatementPipeline pipeline = new StatementPipeline();
        Supplier<CascadeResult> contradictions = findContradictions(type, move.to(), pipeline);
        Set<String> waiting = parked.announceArrivals(type.name(), written.arrivedParents(), pipeline);
        parked.executePipeline(pipeline);
        following = following
                .plus(contradictions.get())
                .plus(applyParkedRows(type, written.arrivedParents(), waiting, writing));
        return following.restrictedTo(from).addTo(written);
    }

    /**
     * Requires the side of the first merge when a merge is repeated. Without duplicates the side had no effect, so any
     * side is accepted.
     */
    private void requireSameMergeChoice(ParentReference source, RecordMove move, RecordVersion<?> gone) {
        ParentReference target = new ParentReference(source.record(), move.to());
        if (move.keep() == RecordMove.MergeSide.TARGET && wasMergedBy(gone.cause(), target)) {
            throw keptDifferently(move.to(), "source", "被合并的记录");
        }
        if (move.keep() == RecordMove.MergeSide.SOURCE && wasMergedBy(gone.cause(), source)) {
            throw keptDifferently(move.to(), "target", "保留的记录");
        }
    }

    private boolean wasMergedBy(ChangeCause merger, ParentReference side) {
        return children.stream().anyMatch(child -> child.wasMergedBy(merger, side));
    }

    private static Refusal keptDifferently(RecordKey into, String kept, String keptZh) {
        return new Refusal.Conflict(Finding.field(
                "keep",
                "moved-otherwise",
                "It was merged into \"" + into.sourceId() + "\" already with keep: " + kept
                        + "; to change what stands, correct what belongs to that record.",
                "该记录此前已并入“" + into.sourceId() + "”，当时 keep 为 " + kept + "（以" + keptZh + "为准）；如需更改，请直接更正“"
                        + into.sourceId() + "”所属的数据。"));
    }

    private Receipt mergeChildren(ParentReference source, RecordMove move, RecordVersion<?> left, WriteMode writing) {
        ParentReference target = new ParentReference(source.record(), move.to());
        RecordMove.MergeSide keep = move.keep();
        if (keep == null) {
            List<Finding> both = children.stream()
                    .flatMap(child -> child.findDuplicates(source, target).stream())
                    .toList();
            if (!both.isEmpty()) {
                throw new Refusal.Conflict(both);
            }
            return Receipt.EMPTY;
        }
        Receipt receipt = Receipt.EMPTY;
        for (ChildType child : children) {
            receipt = receipt.plus(
                    child.mergeChildren(source, target, keep, String.valueOf(left.reason()), left.cause(), writing));
        }
        return receipt;
    }
}
