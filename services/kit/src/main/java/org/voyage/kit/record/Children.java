package org.voyage.kit.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
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

    /** Applies what waited for the records that have just come or changed, and says so in the receipt. */
    public <T> Written<T> follow(RecordType<T> type, Written<T> written, Writing writing) {
        List<RecordKey> arrived = written.arrived();
        if (arrived.isEmpty()) {
            return written;
        }
        parked.announceParents(arrived.stream().map(RecordKey::province).toList());
        Receipt receipt = Receipt.NOTHING;
        for (Child child : children) {
            receipt = receipt.and(child.arrived(type.name(), arrived, writing));
        }
        return written.and(receipt);
    }

    /** Takes everything that belongs to a record along to its new key, for the same cause. */
    public <T> Written<T> followMove(
            RecordType<T> type, RecordKey from, RecordKey to, Written<T> written, Writing writing) {
        if (!(written.results().getFirst() instanceof Result.Changed<T>(Change<T> left, List<Finding> warnings))) {
            return written;
        }
        Receipt receipt = Receipt.NOTHING;
        parked.announceParents(List.of(from.province()));
        for (Child child : children) {
            receipt = receipt.and(
                    child.moved(new Parent(type.name(), from), to, left.after().cause(), writing));
        }
        return follow(type, written.and(receipt), writing);
    }
}
