package org.voyage.kit.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.voyage.kit.access.Province;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** The records that belong to others, as those others see them. All methods use the caller's transaction. */
@ApplicationScoped
public class Children {

    private final Instance<Child> children;
    private final ParkedRows parked;

    Children(Instance<Child> children, ParkedRows parked) {
        this.children = children;
        this.parked = parked;
    }

    /** @throws Refusal.Conflict if a record stands under the parent */
    public void requireNone(Parent parent) {
        if (children.stream().anyMatch(child -> child.standsUnder(parent))) {
            throw new Refusal.Conflict(new Finding(
                    "",
                    "still-needed",
                    "Other records still belong to this one; withdraw them first.",
                    "仍有其他记录属于该记录，请先撤回这些记录。"));
        }
    }

    /** Whether the figures of a year see a record that stands under the parent. */
    public boolean count(Parent parent, int year) {
        return children.stream().anyMatch(child -> child.countsUnder(parent, year));
    }

    /** Applies what waited for the records that have just come or changed, and tells of it in their results. */
    public <T> Written<T> follow(RecordType<T> type, Written<T> written, Writing writing) {
        return follow(type, written, writing, (before, after) -> true);
    }

    /**
     * The same; a correction that leaves records behind that contradict it is told so. They were taken, so they stay.
     *
     * @param alike whether such records are judged alike beside both states
     */
    public <T> Written<T> follow(RecordType<T> type, Written<T> written, Writing writing, BiPredicate<T, T> alike) {
        Following following = Following.NONE;
        for (Result<T> result : written.results()) {
            if (result instanceof Result.Changed<T>(Change<T> change, List<Finding> _) && !alike(change, alike)) {
                following = following.and(leftBehind(type, change.after().key()));
            }
        }
        return following.and(arrived(type, written, writing)).tellIn(written);
    }

    private static <T> boolean alike(Change<T> change, BiPredicate<T, T> alike) {
        T before = change.stoodBefore();
        T after = change.standsAfter();
        return before == null || after == null || alike.test(before, after);
    }

    private Following leftBehind(RecordType<?> type, RecordKey key) {
        Parent parent = new Parent(type.name(), key);
        List<Finding> contradicting = children.stream()
                .flatMap(child -> child.contradicting(parent).stream())
                .toList();
        return new Following(Receipt.NOTHING, Map.of(key, contradicting));
    }

    /** A year of the province was opened: what could not be applied may be now. */
    public Receipt tryAgain(Province province) {
        Map<String, List<RecordKey>> parents = parked.unapplied(province).stream()
                .collect(Collectors.groupingBy(Parent::record, Collectors.mapping(Parent::key, Collectors.toList())));
        if (parents.isEmpty()) {
            return Receipt.NOTHING;
        }
        parked.announceParents(List.of(province));
        Following following = Following.NONE;
        for (Child child : children) {
            for (Map.Entry<String, List<RecordKey>> waitedFor : parents.entrySet()) {
                following = following.and(child.arrived(waitedFor.getKey(), waitedFor.getValue(), Writing.KEPT));
            }
        }
        return following.receipt();
    }

    private <T> Following arrived(RecordType<T> type, Written<T> written, Writing writing) {
        List<RecordKey> arrived = written.arrived();
        Following following = Following.NONE;
        if (arrived.isEmpty()) {
            return following;
        }
        parked.announceParents(arrived.stream().map(RecordKey::province).toList());
        for (Child child : children) {
            following = following.and(child.arrived(type.name(), arrived, writing));
        }
        return following;
    }

    /**
     * Takes everything that belongs to a record along to its new key, for the same cause. Of two that say the same, one of
     * either side, one goes on in the other, so that no figure counts both.
     *
     * @throws Refusal.Conflict if there are such and the sender does not say which stand, or says otherwise than when it was
     *     done
     */
    public <T> Written<T> followMove(
            RecordType<T> type, RecordKey from, Move move, Written<T> written, Writing writing) {
        if (written.results().getFirst() instanceof Result.Unchanged<T>(Version<T> gone, List<Finding> _)) {
            requireKept(new Parent(type.name(), from), move, gone);
        }
        if (!(written.results().getFirst() instanceof Result.Changed<T>(Change<T> left, List<Finding> _))) {
            return written;
        }
        Parent source = new Parent(type.name(), from);
        parked.announceParents(List.of(from.province()));
        Following following =
                new Following(move.merges() ? merged(source, move, left.after(), writing) : Receipt.NOTHING, Map.of());
        for (Child child : children) {
            following =
                    following.and(child.moved(source, move.to(), left.after().cause(), writing));
        }
        following = following.and(leftBehind(type, move.to())).and(arrived(type, written, writing));
        return following.of(from).tellIn(written);
    }

    /** What was merged is not merged anew: whose records stood stays so. Where none said the same it was nobody's. */
    private void requireKept(Parent source, Move move, Version<?> gone) {
        Parent target = new Parent(source.record(), move.to());
        if (move.keep() == Move.Keep.TARGET && leftFor(gone.cause(), target)) {
            throw keptOtherwise(move.to(), "source", "被合并的记录");
        }
        if (move.keep() == Move.Keep.SOURCE && leftFor(gone.cause(), source)) {
            throw keptOtherwise(move.to(), "target", "保留的记录");
        }
    }

    private boolean leftFor(Cause merger, Parent side) {
        return children.stream().anyMatch(child -> child.leftFor(merger, side));
    }

    private static Refusal keptOtherwise(RecordKey into, String kept, String keptZh) {
        return new Refusal.Conflict(Finding.field(
                "keep",
                "moved-otherwise",
                "It was merged into \"" + into.sourceId() + "\" already with keep: " + kept
                        + "; to change what stands, correct what belongs to that record.",
                "该记录此前已并入“" + into.sourceId() + "”，当时 keep 为 " + kept + "（以" + keptZh + "为准）；如需更改，请直接更正“"
                        + into.sourceId() + "”所属的数据。"));
    }

    private Receipt merged(Parent source, Move move, Version<?> left, Writing writing) {
        Parent target = new Parent(source.record(), move.to());
        Move.Keep keep = move.keep();
        if (keep == null) {
            List<Finding> both = children.stream()
                    .flatMap(child -> child.saidByBoth(source, target).stream())
                    .toList();
            if (!both.isEmpty()) {
                throw new Refusal.Conflict(both);
            }
            return Receipt.NOTHING;
        }
        Receipt receipt = Receipt.NOTHING;
        for (Child child : children) {
            receipt = receipt.and(
                    child.merged(source, target, keep, String.valueOf(left.reason()), left.cause(), writing));
        }
        return receipt;
    }
}
