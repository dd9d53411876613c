package org.voyage.kit.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.BatchWarning;
import org.voyage.kit.database.Trip;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.Verdict;

/** The records of one type: written in the caller's transaction, one or a thousand in the same steps. */
public final class Records<T> {

    /** More than single writes share a transaction. */
    private static final int MANY = 100;

    private final RecordType<T> type;
    private final RecordTools tools;
    private final VersionedTable<T> table;
    private final ChangedEvent<T> event;

    public Records(RecordType<T> type, RecordTools tools) {
        this.type = type;
        this.tools = tools;
        this.table = new VersionedTable<>(tools.dataSource(), type);
        this.event = new ChangedEvent<>(type);
    }

    /** What becomes of one record that was sent, by the rules of its type; a refusal hinders no other. */
    @FunctionalInterface
    public interface Decision<T> {
        Result<T> of(Sent<T> sent, Changes<T> changes);
    }

    public RecordType<T> type() {
        return type;
    }

    /** A record that was sent, read to the last and judged by the rules. */
    Sent<T> read(RecordKey key, FieldReader fields, Cause cause) {
        T record = type.json().read(fields.judgedBy(tools.rules().judge(type.name())));
        return Sent.state(key, record, cause).warned(fields.warnings()).warned(judge(ahead(record)));
    }

    private List<Finding> ahead(T record) {
        About<T> about = type.about();
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
     * What the rules say of findings about a record as a whole.
     *
     * @return those that only warn
     * @throws Refusal.Invalid with those that refuse
     */
    List<Finding> judge(List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        Function<String, Verdict> rules = tools.rules().judge(type.name());
        Map<Verdict, List<Finding>> judged =
                findings.stream().collect(Collectors.groupingBy(finding -> rules.apply(finding.rule())));
        if (judged.containsKey(Verdict.REFUSE)) {
            throw new Refusal.Invalid(judged.getOrDefault(Verdict.REFUSE, List.of()));
        }
        return judged.getOrDefault(Verdict.WARN, List.of());
    }

    /** Those of the findings whose rule is in force, be it that it refuses or warns. */
    List<Finding> inForce(List<Finding> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        Function<String, Verdict> rules = tools.rules().judge(type.name());
        return findings.stream()
                .filter(finding -> rules.apply(finding.rule()) != Verdict.IGNORE)
                .toList();
    }

    public VersionedTable<T> table() {
        return table;
    }

    /** Those that stand and meet the condition. */
    List<Version<T>> standing(Conditions where) {
        return table.list(where.and("reason is null"), "province, source_id", Integer.MAX_VALUE);
    }

    /** Lock, decide, nothing changed: stop, store, append to the outbox. Each record gets its own result. */
    public Written<T> write(List<Sent<T>> sent, Writing writing, Decision<T> decision) {
        return writeWith(sent, writing, changes -> decision);
    }

    /** The same, for rules that look once at everything that was sent, under the locks of this transaction. */
    public Written<T> writeWith(List<Sent<T>> sent, Writing writing, Function<Changes<T>, Decision<T>> prepare) {
        Changes<T> changes = lock(sent.stream().map(Sent::key).toList());
        return write(sent, writing, changes, prepare.apply(changes));
    }

    /**
     * The same, for records that belong to others: those are locked before these, as they are by who moves those and takes
     * these along. In another order the two would wait for each other.
     *
     * @param others locks and finds them
     */
    <O> Written<T> writeBehind(
            List<Sent<T>> sent, Writing writing, Supplier<O> others, BiFunction<Changes<T>, O, Decision<T>> prepare) {
        List<RecordKey> keys = sent.stream().map(Sent::key).toList();
        Trip first = new Trip();
        Supplier<Entry> entry = enter(keys, first);
        first.make(tools.dataSource());
        O found = others.get();
        Trip second = new Trip();
        Map<RecordKey, Version<T>> stored = table.lock(keys, second);
        second.make(tools.dataSource());
        Changes<T> changes = new Changes<>(type, stored, entry.get());
        return write(sent, writing, changes, prepare.apply(changes, found));
    }

    private Written<T> write(List<Sent<T>> sent, Writing writing, Changes<T> changes, Decision<T> decision) {
        Neighbours<T> neighbours = new Neighbours<>(type, table, tools.limits(), sent);
        List<Result<T>> results = new ArrayList<>(sent.size());
        List<@Nullable T> stood = new ArrayList<>(sent.size());
        int[] madeUpTo = new int[sent.size()];
        for (int i = 0; i < sent.size(); i++) {
            Sent<T> one = sent.get(i);
            T before = changes.standing(one.key());
            stood.add(before);
            results.add(Result.of(() -> {
                // Before any rule: who speaks of something else than what is there is told that first.
                one.precondition().accept(changes.current(one.key()));
                judge(neighbours.of(one, before));
                return decision.of(one, changes);
            }));
            madeUpTo[i] = changes.made().size();
        }
        warn(sent, stood, results, neighbours);
        Receipt known = writing == Writing.TRIED
                ? Receipt.NOTHING
                : tools.outbox().latest(type.topic(), Result.unchanged(results));
        List<Receipt.Part> places = store(changes, writing);
        return new Written<>(results, own(results, madeUpTo, places, known), Receipt.NOTHING, arrived(changes));
    }

    /** Of what is odd beside others is warned when it is known which of the others were taken. */
    private void warn(
            List<Sent<T>> sent, List<@Nullable T> stood, List<Result<T>> results, Neighbours<T> allThatWereSent) {
        List<Sent<T>> taken = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            if (!(results.get(i) instanceof Result.Refused<T>)) {
                taken.add(sent.get(i));
            }
        }
        Neighbours<T> neighbours = taken.size() == sent.size() ? allThatWereSent : allThatWereSent.only(taken);
        for (int i = 0; i < sent.size(); i++) {
            if (!(results.get(i) instanceof Result.Refused<T>)) {
                List<Finding> odd = inForce(neighbours.of(sent.get(i), stood.get(i)));
                if (!odd.isEmpty()) {
                    results.set(i, results.get(i).warned(odd));
                }
            }
        }
    }

    /** To each result the places of the changes that it made, or where the record stands that it left as it is. */
    private List<Receipt> own(List<Result<T>> results, int[] madeUpTo, List<Receipt.Part> places, Receipt known) {
        List<Receipt> own = new ArrayList<>(results.size());
        int from = 0;
        for (int i = 0; i < madeUpTo.length; i++) {
            if (results.get(i) instanceof Result.Unchanged<T>(Version<T> version, List<Finding> _)) {
                own.add(tools.outbox().of(known, type.topic(), version.key().text()));
            } else {
                own.add(places.isEmpty() ? Receipt.NOTHING : new Receipt(places.subList(from, madeUpTo[i])));
            }
            from = madeUpTo[i];
        }
        return own;
    }

    /**
     * Lets a record go on under another key.
     *
     * @param move rename: the other key is new, or one that this very record has left; merge: the record under the other key
     *     stands and is the same thing
     * @return what became of the record under its old key
     * @throws Refusal if there is no such record, the other key is not fit for it, or it went there in another way
     */
    public Written<T> move(Sent<T> sent, Move move, Writing writing) {
        RecordKey to = move.to();
        Changes<T> changes = lock(List.of(sent.key(), to));
        Version<T> from = changes.current(sent.key());
        if (from == null || from.withdrawn() && from.movedTo() == null) {
            throw new Refusal.NotFound();
        }
        sent.precondition().accept(from);
        if (to.sourceId().equals(from.movedTo())) {
            requireSameMove(from, move);
            Receipt known =
                    tools.outbox().latest(type.topic(), List.of(sent.key().text(), to.text()));
            return new Written<>(
                    List.of(new Result.Unchanged<>(from, List.of())), List.of(known), Receipt.NOTHING, List.of());
        }
        Changes.requireNotMoved(from);
        move.requireFit(sent.key(), changes.current(to));
        Cause cause = sent.cause().moving(move.how());
        Change<T> left = Change.moved(from, to, String.valueOf(sent.reason()), changes.now(), cause);
        if (move.merges()) {
            changes.requireOpenYears(left);
        } else {
            changes.keep(Change.sent(to, changes.current(to), from.record(), changes.now(), cause));
        }
        changes.keep(left);
        Receipt receipt = Receipt.latest(store(changes, writing));
        return new Written<>(
                List.of(new Result.Changed<>(left, List.of())), List.of(receipt), Receipt.NOTHING, arrived(changes));
    }

    /** Who says once more what was done gets the same answer; who says otherwise must not take it for done. */
    private static void requireSameMove(Version<?> gone, Move move) {
        if (gone.cause().kind() != move.how()) {
            boolean merged = gone.cause().kind() == Cause.Kind.MERGE;
            String to = move.to().sourceId();
            throw new Refusal.Conflict(new Finding(
                    "",
                    "moved-otherwise",
                    "The record " + (merged ? "was merged into \"" : "was renamed to \"") + to + "\" already.",
                    "该记录此前已" + (merged ? "并入“" : "更名为“") + to + "”。"));
        }
    }

    private Supplier<Entry> enter(List<RecordKey> keys, Trip trip) {
        // What is in no year need not wait for who closes one.
        Stream<RecordKey> inYears = type.isInYears() ? keys.stream() : Stream.empty();
        return tools.enter(type, inYears.map(RecordKey::province).toList(), trip);
    }

    private Changes<T> lock(List<RecordKey> keys) {
        Trip trip = new Trip();
        Supplier<Entry> entry = enter(keys, trip);
        Map<RecordKey, Version<T>> stored = table.lock(keys, trip);
        trip.make(tools.dataSource());
        return new Changes<>(type, stored, entry.get());
    }

    /** @return where each change stands in the log, in their order; nothing if none is to be published */
    private List<Receipt.Part> store(Changes<T> changes, Writing writing) {
        if (changes.made().isEmpty()) {
            return List.of();
        }
        Trip trip = new Trip();
        if (writing == Writing.TRIED) {
            table.save(changes, trip);
            trip.make(tools.dataSource());
            tools.tried().note(changes.made().stream().map(event::of).toList());
            return List.of();
        }
        Supplier<List<OutgoingEvent>> events = events(changes.made());
        table.save(changes, trip);
        tools.audit(type, changes.made(), trip);
        if (changes.made().size() >= MANY) {
            trip.make(tools.dataSource());
            trip = new Trip();
        }
        Supplier<List<Receipt.Part>> places = tools.outbox().appendEach(events.get(), trip);
        trip.make(tools.dataSource());
        return places.get();
    }

    /** Those of many changes are written down meanwhile, while the database stores the records. */
    private Supplier<List<OutgoingEvent>> events(List<Change<T>> made) {
        Supplier<List<OutgoingEvent>> written =
                () -> made.stream().map(event::of).toList();
        return made.size() < MANY ? written : CompletableFuture.supplyAsync(written, Thread::startVirtualThread)::join;
    }

    /** What a file as a whole gives cause to look at, see {@link YearsApart}. */
    List<BatchWarning> yearsApart(BatchContext batch, long rows) {
        return new YearsApart(tools, type).of(batch, rows);
    }

    /** Leaves in the audit trail what became of rows without their records changing. */
    void audit(String action, List<Sent<T>> rows) {
        if (!rows.isEmpty()) {
            tools.audit(action, type, rows);
        }
    }

    private static <T> List<RecordKey> arrived(Changes<T> changes) {
        return changes.made().stream()
                .filter(change -> change.standsAfter() != null)
                .map(change -> change.after().key())
                .distinct()
                .toList();
    }

    /** A page of current states told again: see {@link org.voyage.kit.outbox.RepublishedRecord}. */
    public List<OutgoingEvent> republished(Optional<String> after, int limit, String actor) {
        Cause cause = Cause.republication(actor);
        Stream<Version<T>> page = table.page(after.map(RecordKey::parse), limit).stream();
        return page.map(version -> event.of(Change.republished(version, cause))).toList();
    }

    /** Everything recorded before this moment can be read by now. */
    Instant horizon() {
        return tools.horizon();
    }

    /** The same, a little late at times. */
    Instant lateHorizon() {
        return tools.lateHorizon();
    }
}
