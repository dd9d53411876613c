package org.voyage.kit.record.write;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ChangeEventMapper;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.ReportingYearField;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.VersionedTable;
import org.voyage.kit.record.WriteContext;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.check.PlausibilityChecks;
import org.voyage.kit.reference.ChinaTime;

/**
 * Repository of the records of one type. It writes in the caller's transaction, one record or a thousand in the same
 * steps.
 */
public final class RecordRepository<T> {

    /** Number of changes of a large write; a group of single writes has fewer. */
    private static final int LARGE_WRITE_CHANGES = 100;

    private final RecordType<T> type;
    private final RecordWriteSupport tools;
    private final VersionedTable<T> table;
    private final ChangeEventMapper<T> event;

    public RecordRepository(RecordType<T> type, RecordWriteSupport tools) {
        this.type = type;
        this.tools = tools;
        this.table = new VersionedTable<>(tools.dataSource(), type);
        this.event = new ChangeEventMapper<>(type);
        tools.nationalAmounts().addType(type);
    }

    /** Decision about one submission by the rules of its type; a refusal hinders no other. */
    @FunctionalInterface
    public interface WriteDecision<T> {
        WriteResult<T> decide(RecordSubmission<T> sent, ChangeSet<T> changes);
    }

    public RecordType<T> type() {
        return type;
    }

    /** Reads a submission completely and judges it by the rules. */
    RecordSubmission<T> readSubmission(RecordKey key, FieldReader fields, ChangeCause cause) {
        T record = type.json().readRecord(fields.judgeBy(tools.rules().verdictsFor(type.name())));
        return RecordSubmission.state(key, record, cause)
                .withWarnings(fields.warnings())
                .withWarnings(judgeFindings(checkYearAhead(record)));
    }

    private List<Finding> checkYearAhead(T record) {
        ReportingYearField<T> about = type.about();
        Integer year = about == null ? null : about.year().apply(record);
        return about == null || year == null || year <= ChinaTime.today().getYear() + 1
                ? List.of()
                : List.of(Finding.field(
                        about.field(),
                        "year-ahead",
                        "\"" + year + "\" is later than next year.",
                        "“" + year + "”晚于明年。"));
    }

    /**
     * Judges findings about a record as a whole by the rules.
     *
     * @return those that only warn
     * @throws Refusal.Invalid with those that refuse
     */
    public List<Finding> judgeFindings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        Function<String, RuleVerdict> rules = tools.rules().verdictsFor(type.name());
        Map<RuleVerdict, List<Finding>> judged =
                findings.stream().collect(Collectors.groupingBy(finding -> rules.apply(finding.rule())));
        if (judged.containsKey(RuleVerdict.REFUSE)) {
            throw new Refusal.Invalid(judged.getOrDefault(RuleVerdict.REFUSE, List.of()));
        }
        return judged.getOrDefault(RuleVerdict.WARN, List.of());
    }

    /** Returns the findings whose rule is in force, whether it refuses or warns. */
    public List<Finding> filterInForce(List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        Function<String, RuleVerdict> rules = tools.rules().verdictsFor(type.name());
        return findings.stream()
                .filter(finding -> rules.apply(finding.rule()) != RuleVerdict.IGNORE)
                .toList();
    }

    public VersionedTable<T> table() {
        return table;
    }

    /**
     * Locks those of the parents that are records of this type and ever existed against change, until the transaction
     * ends.
     *
     * @param found receives them when the pipeline executes
     */
    public void lockParents(
            Collection<ParentReference> parents,
            StatementPipeline pipeline,
            Map<ParentReference, ? super RecordVersion<T>> found) {
        List<RecordKey> keys = parents.stream()
                .filter(parent -> parent.record().equals(type.name()))
                .map(ParentReference::key)
                .toList();
        if (!keys.isEmpty()) {
            table.lockForShare(
                    keys, pipeline, version -> found.put(new ParentReference(type.name(), version.key()), version));
        }
    }

    /** Returns the active records that meet the condition. The result is filled when the pipeline executes. */
    public List<RecordVersion<T>> findActive(SqlConditions where, StatementPipeline pipeline) {
        return table.listNewest(where.and("reason is null"), "province, source_id", Integer.MAX_VALUE, pipeline);
    }

    /** Returns the active records that meet the condition. */
    public List<RecordVersion<T>> findActive(SqlConditions where) {
        return table.listNewest(where.and("reason is null"), "province, source_id", Integer.MAX_VALUE);
    }

    /**
     * Writes records: lock, decide, stop if nothing changed, store, append to the outbox. Each record gets its own
     * result.
     */
    public WriteSummary<T> writeRecords(List<RecordSubmission<T>> sent, WriteMode writing, WriteDecision<T> decision) {
        return writePrepared(sent, writing, changes -> decision);
    }

    /** Writes records by the steps of their type, under the locks of this transaction. */
    public WriteSummary<T> writePrepared(List<RecordSubmission<T>> sent, WriteMode writing, WriteSteps<T> steps) {
        List<RecordKey> keys = sent.stream().map(RecordSubmission::key).toList();
        StatementPipeline loads = new StatementPipeline();
        Supplier<WriteContext> entry = enterTransaction(keys, loads);
        steps.addLoads(loads);
        Map<RecordKey, RecordVersion<T>> stored = table.lockForUpdate(keys, loads);
        List<RecordVersion<T>> series = PlausibilityChecks.loadSeries(type, table, sent, loads);
        loads.execute(tools.dataSource());
        ChangeSet<T> changes = new ChangeSet<>(type, stored, entry.get());
        WriteDecision<T> decision = steps.prepareDecision(changes);
        PlausibilityChecks<T> neighbours =
                new PlausibilityChecks<>(type, tools.rulesConfig(), tools.nationalAmounts(), series, sent);
        List<WriteResult<T>> results = new ArrayList<>(sent.size());
        List<@Nullable T> stood = new ArrayList<>(sent.size());
        int[] madeUpTo = new int[sent.size()];
        for (int i = 0; i < sent.size(); i++) {
            RecordSubmission<T> one = sent.get(i);
            T before = changes.activeRecord(one.key());
            stood.add(before);
            results.add(WriteResult.decide(() -> {
                // Before any rule: a sender that expects another version gets that refusal first.
                one.precondition().accept(changes.currentVersion(one.key()));
                judgeFindings(neighbours.findWarnings(one, before));
                return decision.decide(one, changes);
            }));
            madeUpTo[i] = changes.allChanges().size();
        }
        addPlausibilityWarnings(sent, stood, results, neighbours);
        Receipt known = writing == WriteMode.DRY_RUN
                ? Receipt.EMPTY
                : tools.outbox().latestReceipt(type.topic(), WriteResult.unchangedKeys(results));
        List<Receipt.ReceiptPart> places =
                storeChanges(changes, writing, pipeline -> steps.addFollowUps(changes, results, pipeline));
        return new WriteSummary<>(
                results, receiptsOfResults(results, madeUpTo, places, known), Receipt.EMPTY, changes.arrivedKeys());
    }

    /** Adds plausibility warnings, when it is known which of the other submissions were accepted. */
    private void addPlausibilityWarnings(
            List<RecordSubmission<T>> sent,
            List<@Nullable T> stood,
            List<WriteResult<T>> results,
            PlausibilityChecks<T> allThatWereSent) {
        List<RecordSubmission<T>> taken = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            if (!(results.get(i) instanceof WriteResult.RefusedWriteResult<T>)) {
                taken.add(sent.get(i));
            }
        }
        PlausibilityChecks<T> neighbours =
                taken.size() == sent.size() ? allThatWereSent : allThatWereSent.restrictedTo(taken);
        for (int i = 0; i < sent.size(); i++) {
            if (!(results.get(i) instanceof WriteResult.RefusedWriteResult<T>)) {
                List<Finding> odd = filterInForce(neighbours.findWarnings(sent.get(i), stood.get(i)));
                if (!odd.isEmpty()) {
                    results.set(i, results.get(i).withWarnings(odd));
                }
            }
        }
    }

    /**
     * Returns the receipt of each result: the positions of its changes, or the latest position of an unchanged record.
     */
    private List<Receipt> receiptsOfResults(
            List<WriteResult<T>> results, int[] madeUpTo, List<Receipt.ReceiptPart> places, Receipt known) {
        List<Receipt> own = new ArrayList<>(results.size());
        int from = 0;
        for (int i = 0; i < madeUpTo.length; i++) {
            if (results.get(i) instanceof WriteResult.UnchangedRecord<T>(RecordVersion<T> version, List<Finding> _)) {
                own.add(tools.outbox()
                        .restrictReceipt(known, type.topic(), version.key().text()));
            } else {
                own.add(places.isEmpty() ? Receipt.EMPTY : new Receipt(places.subList(from, madeUpTo[i])));
            }
            from = madeUpTo[i];
        }
        return own;
    }

    /**
     * Moves a record to another key.
     *
     * @param move rename: the other key is new, or one that the same record has left; merge: the record under the other
     *     key is active and is the same thing
     * @return result of the record under its old key
     * @throws Refusal if the record does not exist, the other key is not valid for it, or the record was moved there in
     *     another way
     */
    public WriteSummary<T> moveRecord(RecordSubmission<T> sent, RecordMove move, WriteMode writing) {
        RecordKey to = move.to();
        ChangeSet<T> changes = lockRecords(List.of(sent.key(), to));
        RecordVersion<T> from = changes.currentVersion(sent.key());
        if (from == null || from.isWithdrawn() && from.movedTo() == null) {
            throw new Refusal.NotFound();
        }
        sent.precondition().accept(from);
        if (to.sourceId().equals(from.movedTo())) {
            requireSameMove(from, move);
            Receipt known = tools.outbox()
                    .latestReceipt(type.topic(), List.of(sent.key().text(), to.text()));
            return new WriteSummary<>(
                    List.of(new WriteResult.UnchangedRecord<>(from, List.of())),
                    List.of(known),
                    Receipt.EMPTY,
                    List.of());
        }
        ChangeSet.requireNotMoved(from);
        move.requireValidTarget(sent.key(), changes.currentVersion(to));
        ChangeCause cause = sent.cause().asMove(move.kind());
        RecordChange<T> left = RecordChange.moved(from, to, String.valueOf(sent.reason()), changes.recordedAt(), cause);
        if (move.isMerge()) {
            changes.requireOpenYears(left);
        } else {
            changes.addUnchecked(
                    RecordChange.sent(to, changes.currentVersion(to), from.record(), changes.recordedAt(), cause));
        }
        changes.addUnchecked(left);
        Receipt receipt = Receipt.latest(storeChanges(changes, writing, none -> {}));
        return new WriteSummary<>(
                List.of(new WriteResult.ChangedRecord<>(left, List.of())),
                List.of(receipt),
                Receipt.EMPTY,
                changes.arrivedKeys());
    }

    /**
     * Requires that a repeated move is the same as the first: the same move gets the same answer, and another one is
     * refused.
     */
    private static void requireSameMove(RecordVersion<?> gone, RecordMove move) {
        if (gone.cause().kind() != move.kind()) {
            boolean merged = gone.cause().kind() == ChangeCause.ChangeCauseKind.MERGE;
            String to = move.to().sourceId();
            throw new Refusal.Conflict(new Finding(
                    "",
                    "moved-otherwise",
                    "The record " + (merged ? "was merged into \"" : "was renamed to \"") + to + "\" already.",
                    "该记录此前已" + (merged ? "并入“" : "改编号为“") + to + "”。"));
        }
    }

    private Supplier<WriteContext> enterTransaction(List<RecordKey> keys, StatementPipeline pipeline) {
        return tools.enterTransaction(
                type, keys.stream().map(RecordKey::province).toList(), pipeline);
    }

    private ChangeSet<T> lockRecords(List<RecordKey> keys) {
        StatementPipeline pipeline = new StatementPipeline();
        Supplier<WriteContext> entry = enterTransaction(keys, pipeline);
        Map<RecordKey, RecordVersion<T>> stored = table.lockForUpdate(keys, pipeline);
        pipeline.execute(tools.dataSource());
        return new ChangeSet<>(type, stored, entry.get());
    }

    /**
     * Stores the changes.
     *
     * @param followUps adds statements that see the stored changes
     * @return position of each change in the log, in their order; empty if none is to be published
     */
    private List<Receipt.ReceiptPart> storeChanges(
            ChangeSet<T> changes, WriteMode writing, Consumer<StatementPipeline> followUps) {
        List<RecordChange<T>> made = changes.allChanges();
        StatementPipeline pipeline = new StatementPipeline();
        table.addWrites(changes, pipeline);
        if (made.isEmpty() || writing == WriteMode.DRY_RUN) {
            followUps.accept(pipeline);
            pipeline.execute(tools.dataSource());
            if (!made.isEmpty()) {
                tools.dryRunEvents().addEvents(made.stream().map(event::toEvent).toList());
            }
            return List.of();
        }
        Supplier<List<OutgoingEvent>> events = toEvents(made);
        tools.appendAuditEntry(type, made, pipeline);
        if (made.size() >= LARGE_WRITE_CHANGES) {
            pipeline.execute(tools.dataSource());
            pipeline = new StatementPipeline();
        }
        Supplier<List<Receipt.ReceiptPart>> places = tools.outbox().appendEach(events.get(), pipeline);
        followUps.accept(pipeline);
        pipeline.execute(tools.dataSource());
        return places.get();
    }

    /** Creates the events; those of many changes on another thread while the database stores the records. */
    private Supplier<List<OutgoingEvent>> toEvents(List<RecordChange<T>> made) {
        Supplier<List<OutgoingEvent>> written =
                () -> made.stream().map(event::toEvent).toList();
        return made.size() < LARGE_WRITE_CHANGES
                ? written
                : CompletableFuture.supplyAsync(written, Thread::startVirtualThread)::join;
    }

    /** Checks a file as a whole, see {@link YearVolumeCheck}. */
    public List<BatchWarning> checkYearVolumes(BatchContext batch, long rows) {
        return new YearVolumeCheck(tools, type).findWarnings(batch, rows);
    }

    /** Audits an action on rows that changes no records. */
    public void auditRows(String action, List<RecordSubmission<T>> rows) {
        if (!rows.isEmpty()) {
            tools.appendAuditEntry(action, type, rows);
        }
    }

    /** Returns a page of current states for a republication: see {@link org.voyage.kit.outbox.RepublishableRecord}. */
    public List<OutgoingEvent> republishedPage(Optional<String> after, int limit, String actor) {
        ChangeCause cause = ChangeCause.republication(actor);
        Stream<RecordVersion<T>> page = table.lockPage(after.map(RecordKey::parse), limit).stream();
        return page.map(version -> event.toEvent(RecordChange.republished(version, cause)))
                .toList();
    }

    /**
     * Returns the time before which everything recorded is visible.
     *
     * @param province of the records; empty for all
     */
    public Instant readHorizon(Optional<Province> province) {
        return tools.readHorizon(province);
    }

    /** Returns {@link #readHorizon}, perhaps a little late. */
    public Instant cachedHorizon(Optional<Province> province) {
        return tools.cachedHorizon(province);
    }
}
