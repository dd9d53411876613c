package org.voyage.kit.record.parent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.ParentRelation;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.check.DuplicateSeriesCheck;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.WriteSteps;
import org.voyage.kit.record.write.WriteSummary;

/**
 * Child records of one type: a record that comes before its parent is parked and applied in the transaction that brings
 * the parent.
 */
public final class ChildRecords<T, P> {

    private static final int PAGE_SIZE = 1_000;

    private final RecordRepository<T> records;
    private final ParkedRowStore parked;
    private final RowParking<T> parking;
    private final ParentRelation<T, P> belonging;
    private final RecordRepository.WriteDecision<T> decision;

    public ChildRecords(RecordRepository<T> records, ParkedRowStore parked, ParentRelation<T, P> belonging) {
        this(records, parked, belonging, (sent, changes) -> changes.applySubmission(sent));
    }

    /** @param decision decides about a submission whose parent is active */
    public ChildRecords(
            RecordRepository<T> records,
            ParkedRowStore parked,
            ParentRelation<T, P> belonging,
            RecordRepository.WriteDecision<T> decision) {
        this.records = records;
        this.decision = decision;
        this.parked = parked;
        this.parking = new RowParking<>(records.type(), parked);
        this.belonging = belonging;
    }

    /** Returns the name of the record type of the children. */
    String recordName() {
        return records.type().name();
    }

    /** Writes one record or a thousand: each gets its own result, and a refused one hinders no other. */
    public WriteSummary<T> writeRecords(List<RecordSubmission<T>> sent, WriteMode writing) {
        ChildWriteSteps steps = new ChildWriteSteps(sent);
        WriteSummary<T> written = records.writePrepared(sent, writing, steps);
        if (writing == WriteMode.COMMIT) {
            auditParking(sent, written.results(), steps.overtaken);
        }
        return written;
    }

    /**
     * Steps of a write of child records. The parents are locked before the children, as in a move of a parent with its
     * children. In another order the two transactions would deadlock. A missing parent is locked after the children; a
     * deadlock there is repeated by {@code RetryingTransactions}.
     */
    private final class ChildWriteSteps implements WriteSteps<T> {
        private final List<RecordSubmission<T>> sent;
        private final Set<ParentReference> wanted;
        private final Map<ParentReference, RecordVersion<? extends P>> parents = new HashMap<>();
        private Set<RecordKey> overtaken = Set.of();

        private ChildWriteSteps(List<RecordSubmission<T>> sent) {
            this.sent = sent;
            this.wanted = namedParents(sent);
        }

        @Override
        public void addLoads(StatementPipeline pipeline) {
            belonging.lockParents(wanted, pipeline, parents);
        }

        @Override
        public RecordRepository.WriteDecision<T> prepareDecision(ChangeSet<T> changes) {
            lockMissingParents(wanted, parents);
            Map<RecordKey, RowParking.ParkedSubmission<T>> waiting =
                    parking.findWaiting(keysWithoutParent(sent, parents));
            Map<ProvinceParents, NamedParentIndex> named = new HashMap<>();
            return (one, made) -> one.record() == null
                    ? withdrawRecord(one, made)
                    : applySubmission(one, made, parents, waiting, named);
        }

        @Override
        public void addFollowUps(ChangeSet<T> changes, List<WriteResult<T>> results, StatementPipeline pipeline) {
            overtaken = parking.removeOvertaken(results, pipeline);
        }
    }

    /**
     * Replaces the name of a parent by its key, with a warning, where a row of a table has the name instead of the key and
     * exactly one active parent of the province has that name.
     */
    public List<RecordSubmission<T>> resolveParentNames(List<RecordSubmission<T>> sent) {
        Map<ProvinceParents, NamedParentIndex> parents = new HashMap<>();
        return sent.stream().map(one -> resolveParentName(one, parents)).toList();
    }

    private RecordSubmission<T> resolveParentName(
            RecordSubmission<T> sent, Map<ProvinceParents, NamedParentIndex> parents) {
        T record = sent.record();
        if (record == null) {
            return sent;
        }
        ParentReference parent = belonging.parentOf(sent.key(), record);
        NamedRecord named = indexOf(parent, parents).findByName(parent.key().sourceId());
        if (named == null) {
            return sent;
        }
        String written = TextFormat.shortenText(parent.key().sourceId());
        String key = named.key().sourceId();
        return sent.withRecord(belonging.withParent(record, named.key()))
                .withWarnings(records.judgeFindings(List.of(Finding.field(
                        belonging.fieldOf(record),
                        "parent-by-name",
                        "\"" + written + "\" is the name of " + key + " and was read as that key.",
                        "“" + written + "”是 " + key + " 的名称，已按该编号读取。"))));
    }

    /** Parents of one type in one province. */
    private record ProvinceParents(String record, Province province) {}

    private NamedParentIndex indexOf(ParentReference parent, Map<ProvinceParents, NamedParentIndex> parents) {
        return parents.computeIfAbsent(
                new ProvinceParents(parent.record(), parent.key().province()),
                its -> new NamedParentIndex(
                        belonging.listParents(its.province(), its.record(), NamedParentIndex.MAX_PARENTS)));
    }

    /** Returns the parents that some references may mean whose parent is missing, by these references. */
    Map<ParentReference, NamedRecord> findMeantParents(Collection<ParentReference> missing) {
        Map<ProvinceParents, NamedParentIndex> parents = new HashMap<>();
        Map<ParentReference, NamedRecord> meant = new HashMap<>();
        for (ParentReference parent : missing) {
            NamedRecord found =
                    indexOf(parent, parents).findNearest(parent.key().sourceId());
            if (found != null) {
                meant.put(parent, found);
            }
        }
        return meant;
    }

    /** Audits rows that were parked or unparked. These change no record, but are actions of a caller. */
    private void auditParking(List<RecordSubmission<T>> sent, List<WriteResult<T>> results, Set<RecordKey> overtaken) {
        List<RecordSubmission<T>> waiting = new ArrayList<>();
        List<RecordSubmission<T>> gone = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            RecordSubmission<T> one = sent.get(i);
            switch (results.get(i)) {
                case WriteResult.ParkedRecord<T> parked when parked.newlyParked() -> waiting.add(one);
                case WriteResult.UnparkedRecord<T> _ -> gone.add(one);
                case WriteResult.ChangedRecord<T> _, WriteResult.UnchangedRecord<T> _
                when overtaken.remove(one.key()) -> gone.add(one);
                case WriteResult.ChangedRecord<T> _,
                        WriteResult.UnchangedRecord<T> _,
                        WriteResult.ParkedRecord<T> _,
                        WriteResult.RefusedWriteResult<T> _ -> {}
            }
        }
        records.auditRows("parked", waiting);
        records.auditRows("unparked", gone);
    }

    private List<RecordKey> keysWithoutParent(
            List<RecordSubmission<T>> sent, Map<ParentReference, RecordVersion<? extends P>> parents) {
        return sent.stream()
                .filter(one ->
                        one.record() != null && !isActive(parents.get(belonging.parentOf(one.key(), one.record()))))
                .map(RecordSubmission::key)
                .toList();
    }

    private WriteResult<T> applySubmission(
            RecordSubmission<T> sent,
            ChangeSet<T> changes,
            Map<ParentReference, RecordVersion<? extends P>> parents,
            Map<RecordKey, RowParking.ParkedSubmission<T>> waiting,
            Map<ProvinceParents, NamedParentIndex> named) {
        T record = Objects.requireNonNull(sent.record());
        if (record.equals(changes.activeRecord(sent.key()))) {
            return changes.applySubmission(sent);
        }
        ChangeSet.requireNotMoved(changes.currentVersion(sent.key()));
        ParentReference parent = belonging.parentOf(sent.key(), record);
        RecordVersion<? extends P> there = parents.get(parent);
        if (there != null && there.movedTo() != null) {
            throw new Refusal.Invalid(Finding.field(
                    belonging.fieldOf(record),
                    "parent-moved",
                    "\"" + parent.key().sourceId() + "\" goes on under " + there.movedTo() + "; name that.",
                    "“" + parent.key().sourceId() + "”已改用编号“" + there.movedTo() + "”，请填写新编号。"));
        }
        if (there == null) {
            requireImpersonal(belonging.fieldOf(record), parent);
        }
        if (there == null || there.isWithdrawn()) {
            NamedRecord meant = indexOf(parent, named).findNearest(parent.key().sourceId());
            return parking.parkSubmission(
                    sent.withWarnings(
                            records.judgeFindings(List.of(missingParent(belonging.fieldOf(record), parent, meant)))),
                    parent,
                    waiting,
                    changes.recordedAt());
        }
        return decision.decide(
                sent.withWarnings(records.judgeFindings(belonging.findContradictions(record, there.record()))),
                changes);
    }

    /** Requires that a reference to a parent that was never stored looks like no person, because the row would be parked. */
    private static void requireImpersonal(String field, ParentReference parent) {
        Finding personal = PersonalTextRules.checkKey("/" + field, parent.key().sourceId(), false);
        if (personal != null) {
            throw new Refusal.Invalid(personal);
        }
    }

    /** @param meant the record that may be meant; null if none resembles the key */
    private static Finding missingParent(String field, ParentReference parent, @Nullable NamedRecord meant) {
        String sourceId = parent.key().sourceId();
        String key = meant == null ? "" : meant.key().sourceId();
        return Finding.field(
                field,
                "parent-missing",
                "\"" + sourceId + "\" is no " + parent.record()
                        + " that stands: what belongs to it waits until it comes."
                        + (meant == null ? "" : DidYouMean.hint(key + " (" + meant.name() + ")")),
                "所属记录“" + sourceId + "”尚未报送或已撤回，本行待其到达后生效。"
                        + (meant == null ? "" : DidYouMean.hintZh(key + "（" + meant.name() + "）")));
    }

    /**
     * Withdraws a record. If the key was never used or was left in a move, and a row is parked under it, that row is
     * removed instead.
     */
    private WriteResult<T> withdrawRecord(RecordSubmission<T> sent, ChangeSet<T> changes) {
        RecordVersion<T> there = changes.currentVersion(sent.key());
        return (there == null || there.movedTo() != null) && parking.unpark(sent.key())
                ? new WriteResult.UnparkedRecord<>(sent.key())
                : changes.withdrawRecord(sent, () -> {});
    }

    private Set<ParentReference> namedParents(List<RecordSubmission<T>> sent) {
        Set<ParentReference> wanted = new HashSet<>();
        for (RecordSubmission<T> one : sent) {
            if (one.record() != null) {
                wanted.add(belonging.parentOf(one.key(), one.record()));
            }
        }
        return wanted;
    }

    /**
     * Locks the parents again if one is missing. From then on no other transaction can bring it unnoticed. Either that
     * transaction has committed and the second query finds the parent, or it will find the row that is about to be
     * parked.
     */
    private void lockMissingParents(
            Set<ParentReference> wanted, Map<ParentReference, RecordVersion<? extends P>> found) {
        List<Province> missing = wanted.stream()
                .filter(parent -> !isActive(found.get(parent)))
                .map(parent -> parent.key().province())
                .distinct()
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            StatementPipeline pipeline = new StatementPipeline();
            missing.forEach(province -> parked.lockParents(province, pipeline));
            belonging.lockParents(wanted, pipeline, found);
            parked.executePipeline(pipeline);
        }
    }

    private static boolean isActive(@Nullable RecordVersion<?> parent) {
        return parent != null && !parent.isWithdrawn();
    }

    /**
     * Writes the parked rows of these parents. A row that breaks a rule now stays parked, and the result of the parent
     * has the reason.
     */
    public CascadeResult applyParkedRows(String record, Collection<RecordKey> keys, WriteMode writing) {
        List<ParkedRow> waited = parked.takeWaitingFor(records.type().name(), record, keys);
        return waited.isEmpty()
                ? CascadeResult.EMPTY
                : writeParkedRows(
                        waited, waited.stream().map(parking::toSubmission).toList(), writing);
    }

    private CascadeResult writeParkedRows(List<ParkedRow> waited, List<RecordSubmission<T>> sent, WriteMode writing) {
        WriteSummary<T> written = writeRecords(sent, writing);
        Map<RecordKey, ChildFindings> odd = new HashMap<>();
        for (int i = 0; i < waited.size(); i++) {
            ParkedRow row = waited.get(i);
            List<Finding> about = switch (written.results().get(i)) {
                case WriteResult.RefusedWriteResult<T>(Refusal refusal) -> {
                    parked.parkRow(row, refusal.findings());
                    yield refusal.findings();
                }
                case WriteResult.ChangedRecord<T>(RecordChange<T> _, List<Finding> warnings) -> warnings;
                case WriteResult.UnchangedRecord<T> _, WriteResult.ParkedRecord<T> _, WriteResult.UnparkedRecord<T> _ ->
                    List.of();
            };
            odd.computeIfAbsent(row.parent().key(), parent -> new ChildFindings(row.record()))
                    .addFindings(row.key(), about);
        }
        Map<RecordKey, List<Finding>> warnings = new HashMap<>();
        odd.forEach((parent, findings) -> warnings.put(parent, findings.toFindings()));
        return new CascadeResult(written.receipt(), warnings);
    }

    /**
     * Returns findings about active children that contradict the current parent, or that are duplicates, after the
     * pipeline has executed.
     */
    Supplier<List<Finding>> findContradictions(
            ParentReference parent, SqlConditions under, StatementPipeline pipeline) {
        Map<ParentReference, RecordVersion<? extends P>> parents = new HashMap<>();
        belonging.lockParents(List.of(parent), pipeline, parents);
        List<RecordVersion<T>> standing = records.findActive(under, pipeline);
        return () -> compareChildren(parents.get(parent), standing);
    }

    private List<Finding> compareChildren(@Nullable RecordVersion<? extends P> there, List<RecordVersion<T>> standing) {
        ChildFindings odd = new ChildFindings(records.type().name());
        if (there != null && !there.isWithdrawn()) {
            DuplicateSeriesCheck<T> doubles =
                    new DuplicateSeriesCheck<>(records.type().amount());
            standing.forEach(one -> doubles.addRecord(one.key(), one.record()));
            for (RecordVersion<T> one : standing) {
                odd.addFindings(
                        one.key(), records.filterInForce(belonging.findContradictions(one.record(), there.record())));
                odd.addFindings(one.key(), records.filterInForce(doubles.findDuplicates(one.key(), one.record())));
            }
        }
        return odd.toFindings();
    }

    /** Returns whether an active record meets the condition. */
    public boolean hasActive(SqlConditions under) {
        return records.table().existsActive(under);
    }

    /** Returns whether the figures of a year count an active record that meets the condition. */
    public boolean countsInYear(SqlConditions under, int year) {
        return findActive(under).stream()
                .anyMatch(version -> records.type().inYear().apply(version.record(), year) != null);
    }

    private List<RecordVersion<T>> findActive(SqlConditions under) {
        return records.findActive(under);
    }

    /** Returns a merger of duplicates under two parents that are merged. */
    DuplicateChildMerger<T> duplicateMerger() {
        return new DuplicateChildMerger<>(records, belonging::subjectOf);
    }

    /** Moves the children to the new key of their parent, as corrections. */
    public CascadeResult moveChildren(
            SqlConditions under, ParentReference from, RecordKey to, ChangeCause cause, WriteMode writing) {
        under.and("reason is null");
        Receipt receipt = Receipt.EMPTY;
        List<RecordVersion<T>> page;
        do {
            // A moved record no longer meets the condition, so the first page is always the next one.
            page = records.table().listNewest(under, "province, source_id", PAGE_SIZE);
            if (!page.isEmpty()) {
                receipt = receipt.plus(followParent(page, from, to, cause, writing));
            }
        } while (page.size() == PAGE_SIZE && writing == WriteMode.COMMIT);
        return new CascadeResult(receipt, Map.of()).plus(retryParkedRows(from, to, writing));
    }

    private Receipt followParent(
            List<RecordVersion<T>> page, ParentReference from, RecordKey to, ChangeCause cause, WriteMode writing) {
        List<RecordSubmission<T>> found = page.stream()
                .map(version -> RecordSubmission.state(version.key(), version.record(), cause))
                .toList();
        WriteSummary<T> written = records.writeRecords(found, writing, (one, changes) -> {
            // The record is locked only now: another transaction may have withdrawn it, or changed its parent.
            T standing = changes.activeRecord(one.key());
            return standing != null && belonging.parentOf(one.key(), standing).equals(from)
                    ? changes.followParent(one.key(), belonging.withParent(standing, to), cause)
                    : new WriteResult.UnchangedRecord<>(
                            Objects.requireNonNull(changes.currentVersion(one.key())), List.of());
        });
        return written.requireNoneRefused().receipt();
    }

    /**
     * Applies the parked rows of the old key under the new one. A row that cannot be applied there either stays parked
     * for the new key.
     */
    private CascadeResult retryParkedRows(ParentReference from, RecordKey to, WriteMode writing) {
        List<ParkedRow> waited = new ArrayList<>();
        List<RecordSubmission<T>> sent = new ArrayList<>();
        for (ParkedRow row : parked.takeWaitingFor(records.type().name(), from.record(), List.of(from.key()))) {
            RecordSubmission<T> old = parking.toSubmission(row);
            RecordSubmission<T> one = RecordSubmission.state(
                    old.key(), belonging.withParent(Objects.requireNonNull(old.record()), to), old.cause());
            waited.add(
                    parking.toParkedRow(one, belonging.parentOf(one.key(), Objects.requireNonNull(one.record())), row));
            sent.add(one);
        }
        return sent.isEmpty() ? CascadeResult.EMPTY : writeParkedRows(waited, sent, writing);
    }
}
