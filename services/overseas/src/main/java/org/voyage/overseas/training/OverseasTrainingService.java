package org.voyage.overseas.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.voyage.overseas.Conditions;
import org.voyage.overseas.NeedsSchool;
import org.voyage.overseas.ParkedRows;
import org.voyage.overseas.Parking;
import org.voyage.overseas.RecordKey;
import org.voyage.overseas.Result;
import org.voyage.overseas.Sent;
import org.voyage.overseas.Version;
import org.voyage.overseas.Writing;
import org.voyage.overseas.Written;
import org.voyage.overseas.school.OverseasSchoolStore;

/** Writes overseas trainings; one whose school is not there is parked. */
@ApplicationScoped
public class OverseasTrainingService implements NeedsSchool, RepublishedRecord {

    static final ChangedEvent<OverseasTraining> EVENT =
            new ChangedEvent<>("overseas-training", new OverseasTrainingJson());

    private final OverseasTrainingStore store;
    private final OverseasSchoolStore schools;
    private final Parking<OverseasTraining> parking;
    private final Outbox outbox;
    private final Clock clock;

    OverseasTrainingService(
            OverseasTrainingStore store, OverseasSchoolStore schools, ParkedRows parked, Outbox outbox, Clock clock) {
        this.store = store;
        this.schools = schools;
        this.parking = new Parking<>("overseas-training", parked, new OverseasTrainingJson());
        this.outbox = outbox;
        this.clock = clock;
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasTraining> write(List<Sent<OverseasTraining>> sent, Writing writing) {
        Changes<OverseasTraining> changes =
                store.table().lock(sent.stream().map(Sent::key).toList());
        Set<RecordKey> standing = parking.standing(sent, OverseasTraining::school, schools::standing);
        List<Result<OverseasTraining>> results = sent.stream()
                .map(one -> Result.of(() -> decide(one, changes, standing, writing)))
                .toList();
        parking.overtaken(results);
        Receipt known = writing.dryRun() ? Receipt.NOTHING : outbox.latest(EVENT.topic(), Result.unchanged(results));
        if (changes.made().isEmpty()) {
            return new Written<>(results, known);
        }
        store.table().save(changes);
        Receipt receipt = writing.dryRun()
                ? Receipt.NOTHING
                : outbox.append(changes.made().stream().map(EVENT::of).toList());
        return new Written<>(results, known.and(receipt));
    }

    private Result<OverseasTraining> decide(
            Sent<OverseasTraining> sent, Changes<OverseasTraining> changes, Set<RecordKey> standing, Writing writing) {
        Version<OverseasTraining> current = changes.current(sent.key());
        sent.precondition().accept(current);
        if (sent.record() == null) {
            return withdraw(sent, current, changes, writing);
        }
        if (current != null && !current.withdrawn() && current.record().equals(sent.record())) {
            return new Result.Unchanged<>(current);
        }
        sent.requireOnceInFile(current, writing.cause());
        RecordKey school = new RecordKey(sent.key().province(), sent.record().school());
        if (!standing.contains(school)) {
            return parking.park(sent.key(), sent.record(), school, writing.cause(), clock.instant());
        }
        Change<OverseasTraining> change =
                Change.sent(sent.key(), current, sent.record(), clock.instant(), writing.cause());
        changes.make(change);
        return Result.changed(change);
    }

    private Result<OverseasTraining> withdraw(
            Sent<OverseasTraining> sent,
            @Nullable Version<OverseasTraining> current,
            Changes<OverseasTraining> changes,
            Writing writing) {
        boolean waited = parking.remove(sent.key());
        if (current == null && waited) {
            return new Result.Unparked<>(sent.key());
        }
        if (current == null) {
            throw new Refusal.NotFound();
        }
        if (current.withdrawn()) {
            return new Result.Unchanged<>(current);
        }
        Change<OverseasTraining> change =
                Change.withdrawn(current, String.valueOf(sent.reason()), clock.instant(), writing.cause());
        changes.make(change);
        return Result.changed(change);
    }

    @Override
    public boolean standsFor(RecordKey school) {
        return store.table()
                .exists(new Conditions()
                        .and("province = ? and school = ?", school.province().code(), school.sourceId()));
    }

    @Override
    public Receipt arrived(Collection<RecordKey> schools, Writing writing) {
        Receipt receipt = Receipt.NOTHING;
        for (Parking.Waited<OverseasTraining> waited : parking.take(schools)) {
            receipt = receipt.and(write(List.of(waited.sent()), new Writing(waited.cause(), writing.dryRun()))
                    .receipt());
        }
        return receipt;
    }

    @Override
    public String record() {
        return "overseas-training";
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        Cause cause = Cause.republication(actor);
        return store.table().page(after.map(RecordKey::parse), limit).stream()
                .map(version -> EVENT.of(Change.republished(version, cause)))
                .toList();
    }
}
