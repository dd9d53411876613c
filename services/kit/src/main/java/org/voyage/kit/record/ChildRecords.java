package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
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
    private final Records.Decision<T> decision;

    public ChildRecords(Records<T> records, ParkedRows parked, Belonging<T, P> belonging) {
        this(records, parked, belonging, (sent, changes) -> changes.send(sent));
    }

    /** @param decision what becomes of one that is sent, once what it belongs to stands */
    public ChildRecords(
            Records<T> records, ParkedRows parked, Belonging<T, P> belonging, Records.Decision<T> decision) {
        this.records = records;
        this.decision = decision;
        this.parked = parked;
        this.parking = new Parking<>(records.type(), parked);
        this.belonging = belonging;
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    public Written<T> write(List<Sent<T>> sent, Writing writing) {
        Set<Parent> wanted = wanted(sent);
        Written<T> written = records.writeBehind(sent, writing, () -> belonging.find(wanted), (changes, found) -> {
            Map<Parent, Version<? extends P>> parents = settled(wanted, found);
            Map<RecordKey, Parking.Waiting<T>> waiting = parking.waiting(parentless(sent, parents));
            return (one, made) -> one.record() == null ? withdraw(one, made) : send(one, made, parents, waiting);
        });
        Set<RecordKey> overtaken = parking.overtaken(written.results());
        if (writing == Writing.KEPT) {
            leaveTrail(sent, written.results(), overtaken);
        }
        return written;
    }

    /** What begins to wait, or waits no longer, changes no record and is no less something that somebody did. */
    private void leaveTrail(List<Sent<T>> sent, List<Result<T>> results, Set<RecordKey> overtaken) {
        List<Sent<T>> waiting = new ArrayList<>();
        List<Sent<T>> gone = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Sent<T> one = sent.get(i);
            switch (results.get(i)) {
                case Result.Parked<T> parked when parked.anew() -> waiting.add(one);
                case Result.Unparked<T> _ -> gone.add(one);
                case Result.Changed<T> _, Result.Unchanged<T> _ when overtaken.remove(one.key()) -> gone.add(one);
                case Result.Changed<T> _, Result.Unchanged<T> _, Result.Parked<T> _, Result.Refused<T> _ -> {}
            }
        }
        records.audit("parked", waiting);
        records.audit("unparked", gone);
    }

    private List<RecordKey> parentless(List<Sent<T>> sent, Map<Parent, Version<? extends P>> parents) {
        return sent.stream()
                .filter(one -> one.record() != null && !stands(parents.get(belonging.parent(one.key(), one.record()))))
                .map(Sent::key)
                .toList();
    }

    private Result<T> send(
            Sent<T> sent,
            Changes<T> changes,
            Map<Parent, Version<? extends P>> parents,
            Map<RecordKey, Parking.Waiting<T>> waiting) {
        T record = Objects.requireNonNull(sent.record());
        if (record.equals(changes.standing(sent.key()))) {
            return changes.send(sent);
        }
        Changes.requireNotMoved(changes.current(sent.key()));
        Parent parent = belonging.parent(sent.key(), record);
        Version<? extends P> there = parents.get(parent);
        if (there != null && there.movedTo() != null) {
            throw new Refusal.Invalid(Finding.field(
                    belonging.field(record),
                    "parent-moved",
                    "\"" + parent.key().sourceId() + "\" goes on under " + there.movedTo() + "; name that.",
                    "“" + parent.key().sourceId() + "”已改用编号“" + there.movedTo() + "”，请填写新编号。"));
        }
        if (there == null || there.withdrawn()) {
            return parking.park(
                    sent.warned(records.judge(List.of(missing(belonging.field(record), parent)))),
                    parent,
                    waiting,
                    changes.now());
        }
        return decision.of(sent.warned(records.judge(belonging.check(record, there.record()))), changes);
    }

    private static Finding missing(String field, Parent parent) {
        String sourceId = parent.key().sourceId();
        return Finding.field(
                field,
                "parent-missing",
                "\"" + sourceId + "\" is no " + parent.record()
                        + " that stands: what belongs to it waits until it comes.",
                "“" + sourceId + "”（" + parent.record() + "）尚未报送或已撤回，所属数据待其到达后生效。");
    }

    /** What still waits under a key that its record has left is taken back there: it is nowhere else. */
    private Result<T> withdraw(Sent<T> sent, Changes<T> changes) {
        Version<T> there = changes.current(sent.key());
        return (there == null || there.movedTo() != null) && parking.remove(sent.key())
                ? new Result.Unparked<>(sent.key())
                : changes.withdraw(sent, () -> {});
    }

    private Set<Parent> wanted(List<Sent<T>> sent) {
        Set<Parent> wanted = new HashSet<>();
        for (Sent<T> one : sent) {
            if (one.record() != null) {
                wanted.add(belonging.parent(one.key(), one.record()));
            }
        }
        return wanted;
    }

    /**
     * The parents that are named. When one is missing, no other transaction can bring it unnoticed from here on: it has
     * committed and is found by a second look, or it will find the row that is about to be parked.
     */
    private Map<Parent, Version<? extends P>> settled(Set<Parent> wanted, Map<Parent, Version<? extends P>> found) {
        List<Province> missing = wanted.stream()
                .filter(parent -> !stands(found.get(parent)))
                .map(parent -> parent.key().province())
                .distinct()
                .sorted()
                .toList();
        if (missing.isEmpty()) {
            return found;
        }
        missing.forEach(parked::holdParentsStill);
        return belonging.find(wanted);
    }

    private static boolean stands(@Nullable Version<?> parent) {
        return parent != null && !parent.withdrawn();
    }

    /** What waited for these parents is written; what breaks a rule now goes on waiting, and the parent is told why. */
    public Following arrived(String record, Collection<RecordKey> keys, Writing writing) {
        List<Parked> waited = parked.take(records.type().name(), record, keys);
        return waited.isEmpty()
                ? Following.NONE
                : apply(waited, waited.stream().map(parking::sent).toList(), writing);
    }

    private Following apply(List<Parked> waited, List<Sent<T>> sent, Writing writing) {
        Written<T> written = write(sent, writing);
        Map<RecordKey, FindingsOfOthers> odd = new HashMap<>();
        for (int i = 0; i < waited.size(); i++) {
            Parked row = waited.get(i);
            List<Finding> about = switch (written.results().get(i)) {
                case Result.Refused<T>(Refusal refusal) -> {
                    parked.park(row, refusal.findings());
                    yield refusal.findings();
                }
                case Result.Changed<T>(Change<T> _, List<Finding> warnings) -> warnings;
                case Result.Unchanged<T> _, Result.Parked<T> _, Result.Unparked<T> _ -> List.of();
            };
            odd.computeIfAbsent(row.parent().key(), parent -> new FindingsOfOthers(row.record()))
                    .add(row.key(), about);
        }
        Map<RecordKey, List<Finding>> warnings = new HashMap<>();
        odd.forEach((parent, findings) -> warnings.put(parent, findings.told()));
        return new Following(written.receipt(), warnings);
    }

    /** What stands under a parent and contradicts it, as the parent is now, or says something twice. */
    public List<Finding> contradicting(Parent parent, Conditions under) {
        FindingsOfOthers odd = new FindingsOfOthers(records.type().name());
        Version<? extends P> there = belonging.find(List.of(parent)).get(parent);
        if (there != null && !there.withdrawn()) {
            List<Version<T>> standing = standing(under);
            Doubles<T> doubles = new Doubles<>(records.type().amount());
            standing.forEach(one -> doubles.say(one.key(), one.record()));
            for (Version<T> one : standing) {
                odd.add(one.key(), records.inForce(belonging.check(one.record(), there.record())));
                odd.add(one.key(), records.inForce(doubles.of(one.key(), one.record())));
            }
        }
        return odd.told();
    }

    /** Whether one stands that meets the condition. */
    public boolean stand(Conditions under) {
        return records.table().exists(under);
    }

    /** Whether the figures of a year see one that stands and meets the condition. */
    public boolean count(Conditions under, int year) {
        return standing(under).stream()
                .anyMatch(version -> records.type().inYear().apply(version.record(), year) != null);
    }

    private List<Version<T>> standing(Conditions under) {
        return records.standing(under);
    }

    /** Those that say the same under two parents that become one. */
    Twins<T> twins() {
        return new Twins<>(records, belonging::about);
    }

    /** They follow their parent to its new key, as corrections. */
    public Following moved(Conditions under, Parent from, RecordKey to, Cause cause, Writing writing) {
        under.and("reason is null");
        Receipt receipt = Receipt.NOTHING;
        List<Version<T>> page;
        do {
            // What was moved no longer meets the condition, so the first page is always the next one.
            page = records.table().list(under, "province, source_id", PAGE);
            if (!page.isEmpty()) {
                receipt = receipt.and(follow(page, from, to, cause, writing));
            }
        } while (page.size() == PAGE && writing == Writing.KEPT);
        return new Following(receipt, Map.of()).and(wakeParked(from, to, writing));
    }

    private Receipt follow(List<Version<T>> page, Parent from, RecordKey to, Cause cause, Writing writing) {
        List<Sent<T>> found = page.stream()
                .map(version -> Sent.state(version.key(), version.record(), cause))
                .toList();
        Written<T> written = records.write(found, writing, (one, changes) -> {
            // It is locked only now: another transaction may have withdrawn it, or put it under another parent.
            T standing = changes.standing(one.key());
            return standing != null && belonging.parent(one.key(), standing).equals(from)
                    ? changes.follow(one.key(), belonging.under(standing, to), cause)
                    : new Result.Unchanged<>(Objects.requireNonNull(changes.current(one.key())), List.of());
        });
        return written.requireNoneRefused().receipt();
    }

    /** What waits with a finding waits for the new key, if it cannot be applied there either. */
    private Following wakeParked(Parent from, RecordKey to, Writing writing) {
        List<Parked> waited = new ArrayList<>();
        List<Sent<T>> sent = new ArrayList<>();
        for (Parked row : parked.take(records.type().name(), from.record(), List.of(from.key()))) {
            Sent<T> old = parking.sent(row);
            Sent<T> one = Sent.state(old.key(), belonging.under(Objects.requireNonNull(old.record()), to), old.cause());
            waited.add(parking.waiting(one, belonging.parent(one.key(), Objects.requireNonNull(one.record())), row));
            sent.add(one);
        }
        return sent.isEmpty() ? Following.NONE : apply(waited, sent, writing);
    }
}
