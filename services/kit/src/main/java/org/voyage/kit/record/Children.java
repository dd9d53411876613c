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

    /** Applies what waited for the records that have just come, and says so in the receipt. */
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

    /** Takes everything that belongs to a record along to its new key. */
    public <T> Written<T> followMove(
            RecordType<T> type, RecordKey from, RecordKey to, Cause cause, Written<T> written, Writing writing) {
        Receipt receipt = Receipt.NOTHING;
        parked.announceParents(List.of(from.province()));
        for (Child child : children) {
            receipt = receipt.and(child.moved(new Parent(type.name(), from), to, cause, writing));
        }
        return written.and(receipt);
    }
}
