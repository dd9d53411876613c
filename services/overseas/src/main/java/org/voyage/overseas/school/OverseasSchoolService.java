package org.voyage.overseas.school;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.outbox.RepublishedRecord;
import org.voyage.kit.web.Refusal;
import org.voyage.overseas.Cause;
import org.voyage.overseas.Change;
import org.voyage.overseas.ChangedEvent;
import org.voyage.overseas.Changes;
import org.voyage.overseas.NeedsSchool;
import org.voyage.overseas.ParkedRows;
import org.voyage.overseas.RecordKey;
import org.voyage.overseas.Result;
import org.voyage.overseas.Sent;
import org.voyage.overseas.Version;
import org.voyage.overseas.Writing;
import org.voyage.overseas.Written;

/** Writes overseas schools. */
@ApplicationScoped
public class OverseasSchoolService implements RepublishedRecord {

    static final ChangedEvent<OverseasSchool> EVENT = new ChangedEvent<>("overseas-school", new OverseasSchoolJson());

    private final OverseasSchoolStore store;
    private final Outbox outbox;
    private final ParkedRows parked;
    private final Instance<NeedsSchool> needs;
    private final Clock clock;

    OverseasSchoolService(
            OverseasSchoolStore store, Outbox outbox, ParkedRows parked, Instance<NeedsSchool> needs, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.parked = parked;
        this.needs = needs;
        this.clock = clock;
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasSchool> write(List<Sent<OverseasSchool>> sent, Writing writing) {
        Changes<OverseasSchool> changes =
                store.table().lock(sent.stream().map(Sent::key).toList());
        List<Result<OverseasSchool>> results = sent.stream()
                .map(one -> Result.of(() -> decide(one, changes, writing.cause())))
                .toList();
        Receipt known = writing.dryRun() ? Receipt.NOTHING : outbox.latest(EVENT.topic(), Result.unchanged(results));
        if (changes.made().isEmpty()) {
            return new Written<>(results, known);
        }
        store.table().save(changes);
        Receipt receipt = writing.dryRun()
                ? Receipt.NOTHING
                : outbox.append(changes.made().stream().map(EVENT::of).toList());
        return new Written<>(results, known.and(receipt).and(applyWhatWaited(changes, writing)));
    }

    private Result<OverseasSchool> decide(Sent<OverseasSchool> sent, Changes<OverseasSchool> changes, Cause cause) {
        Version<OverseasSchool> current = changes.current(sent.key());
        sent.precondition().accept(current);
        if (sent.record() == null) {
            return withdraw(sent, current, changes, cause);
        }
        if (current != null && !current.withdrawn()) {
            if (current.record().equals(sent.record())) {
                return new Result.Unchanged<>(current);
            }
            current.record().requireSuccessor(sent.record());
        }
        sent.requireOnceInFile(current, cause);
        Change<OverseasSchool> change = Change.sent(sent.key(), current, sent.record(), clock.instant(), cause);
        changes.make(change);
        return Result.changed(change);
    }

    private Result<OverseasSchool> withdraw(
            Sent<OverseasSchool> sent,
            @Nullable Version<OverseasSchool> current,
            Changes<OverseasSchool> changes,
            Cause cause) {
        if (current == null) {
            throw new Refusal.NotFound();
        }
        if (current.withdrawn()) {
            return new Result.Unchanged<>(current);
        }
        if (needs.stream().anyMatch(record -> record.standsFor(sent.key()))) {
            throw new Refusal.Conflict(
                    "The school still has headcounts or trainings; withdraw them first.", "该机构名下仍有人数或培训记录，请先撤回这些记录。");
        }
        Change<OverseasSchool> change =
                Change.withdrawn(current, String.valueOf(sent.reason()), clock.instant(), cause);
        changes.make(change);
        return Result.changed(change);
    }

    private Receipt applyWhatWaited(Changes<OverseasSchool> changes, Writing writing) {
        List<RecordKey> arrived = changes.made().stream()
                .filter(change -> change.kind() == Change.Kind.CREATED || change.kind() == Change.Kind.RESTORED)
                .map(change -> change.after().key())
                .toList();
        if (arrived.isEmpty()) {
            return Receipt.NOTHING;
        }
        parked.announceSchools(arrived.stream().map(RecordKey::province).toList());
        Receipt receipt = Receipt.NOTHING;
        for (NeedsSchool record : needs) {
            receipt = receipt.and(record.arrived(arrived, writing));
        }
        return receipt;
    }

    @Override
    public String record() {
        return "overseas-school";
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        Cause cause = Cause.republication(actor);
        return store.table().page(after.map(RecordKey::parse), limit).stream()
                .map(version -> EVENT.of(Change.republished(version, cause)))
                .toList();
    }
}
