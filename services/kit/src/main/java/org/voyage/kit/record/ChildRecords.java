package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/**
 * Records that belong to others: one that comes before its parent is parked and applied in the transaction that brings
 * the parent.
 */
public final class ChildRecords<T, P> {

    private static final int PAGE = 1_000;

    private final Records<T> records;
    private final ParkedRows parked;
    private final Parking<T> parking;
    private final Belonging<T, P> belonging;

    public ChildRecords(Records<T> records, ParkedRows parked, Belonging<T, P> belonging) {
        this.records = records;
        this.parked = parked;
        this.parking = new Parking<>(records.type(), parked);
        this.belonging = belonging;
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    public Written<T> write(List<Sent<T>> sent, Writing writing) {
        Written<T> written = records.writeWith(sent, writing, changes -> {
            Map<Parent, Version<? extends P>> parents = parents(sent);
            return (one, made) -> one.record() == null ? withdraw(one, made) : send(one, made, parents);
        });
        parking.overtaken(written.results());
        return written;
    }

    private Result<T> send(Sent<T> sent, Changes<T> changes, Map<Parent, Version<? extends P>> parents) {
        T record = Objects.requireNonNull(sent.record());
        if (record.equals(changes.standing(sent.key()))) {
            return changes.send(sent);
        }
        Parent parent = belonging.parent(sent.key(), record);
        Version<? extends P> there = parents.get(parent);
        if (there != null && there.movedTo() != null) {
            throw new Refusal.Invalid(new Finding(
                    "",
                    "parent-moved",
                    "What it belongs to goes on under " + there.movedTo() + "; name that.",
                    "其所属记录已改用编号“" + there.movedTo() + "”，请填写新编号。"));
        }
        if (there == null || there.withdrawn()) {
            sent.precondition().accept(changes.current(sent.key()));
            return parking.park(sent, parent, changes.now());
        }
        return changes.send(sent.warned(belonging.check(record, there.record())));
    }

    private Result<T> withdraw(Sent<T> sent, Changes<T> changes) {
        boolean waited = parking.remove(sent.key());
        return waited && changes.current(sent.key()) == null
                ? new Result.Unparked<>(sent.key())
                : changes.withdraw(sent, () -> {});
    }

    /**
     * The parents that are named. When one is missing, no other transaction can bring it unnoticed from here on: it has
     * committed and is found by a second look, or it will find the row that is about to be parked.
     */
    private Map<Parent, Version<? extends P>> parents(List<Sent<T>> sent) {
        Set<Parent> wanted = new HashSet<>();
        for (Sent<T> one : sent) {
            if (one.record() != null) {
                wanted.add(belonging.parent(one.key(), one.record()));
            }
        }
        Map<Parent, Version<? extends P>> found = belonging.find(wanted);
        boolean allStand =
                found.size() == wanted.size() && found.values().stream().noneMatch(Version::withdrawn);
        if (allStand) {
            return found;
        }
        wanted.stream()
                .map(parent -> parent.key().province())
                .distinct()
                .sorted()
                .forEach(parked::holdParentsStill);
        return belonging.find(wanted);
    }

    /** What waited for these parents is written; what breaks a rule now goes on waiting, with the reason. */
    public Receipt arrived(String record, Collection<RecordKey> keys, Writing writing) {
        List<Parked> waited = parked.take(records.type().name(), record, keys);
        if (waited.isEmpty()) {
            return Receipt.NOTHING;
        }
        List<Sent<T>> sent = waited.stream().map(parking::sent).toList();
        Written<T> written = write(sent, writing);
        for (int i = 0; i < waited.size(); i++) {
            if (written.results().get(i) instanceof Result.Refused<T>(Refusal refusal)) {
                parked.park(waited.get(i), refusal.findings());
            }
        }
        return written.receipt();
    }

    /** Whether one stands that meets the condition. */
    public boolean stand(Conditions under) {
        return records.table().exists(under);
    }

    /** They follow their parent to its new key, as corrections. */
    public Receipt moved(Conditions under, Parent from, RecordKey to, Cause cause, Writing writing) {
        under.and("reason is null");
        Receipt receipt = Receipt.NOTHING;
        List<Version<T>> page;
        do {
            // What was moved no longer meets the condition, so the first page is always the next one.
            page = records.table().list(under, "province, source_id", PAGE);
            List<Sent<T>> corrected = page.stream()
                    .map(version -> Sent.state(version.key(), belonging.under(version.record(), to), cause))
                    .toList();
            if (!corrected.isEmpty()) {
                receipt = receipt.and(rewrite(corrected, writing));
            }
        } while (page.size() == PAGE && writing == Writing.KEPT);
        return receipt.and(wakeParked(from, to, cause, writing));
    }

    private Receipt rewrite(List<Sent<T>> corrected, Writing writing) {
        Written<T> written = records.write(corrected, writing, (one, changes) -> changes.send(one));
        for (Result<T> result : written.results()) {
            if (result instanceof Result.Refused<T>(Refusal refusal)) {
                throw refusal;
            }
        }
        return written.receipt();
    }

    private Receipt wakeParked(Parent from, RecordKey to, Cause cause, Writing writing) {
        List<Sent<T>> waited = new ArrayList<>();
        for (Parked row : parked.take(records.type().name(), from.record(), List.of(from.key()))) {
            Sent<T> sent = parking.sent(row);
            waited.add(Sent.state(sent.key(), belonging.under(Objects.requireNonNull(sent.record()), to), cause));
        }
        return waited.isEmpty() ? Receipt.NOTHING : write(waited, writing).receipt();
    }
}
