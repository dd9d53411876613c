package org.voyage.kit.record.write;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.problem.FailureClassifier;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;

/**
 * Single writes of one type. One that comes alone is written at once; those that come meanwhile, of whatever province,
 * stand in line, and all that have gathered are then written in one transaction (docs/adr/0007, 0017). Each gets its own
 * answer, receipt and audit entry, and what is wrong with one hinders no other: of a transaction that fails the writes of
 * each province go in a line of their own, and if that does not help one after the other. The line of all does not wait
 * for what somebody has locked, that of a province does, and takes whatever else comes of the province meanwhile.
 *
 * <p>No request holds a thread while it waits: whoever leads a line writes for all that wait. The database shows a
 * transaction the provinces of the writes in it, and no others.
 */
public final class GroupCommitWriter<T> {

    private static final Logger LOG = Logger.getLogger(GroupCommitWriter.class);

    /** Most requests in one transaction: enough to share its cost, few enough to wait for. */
    private static final int MAX_GROUP_SIZE = 64;
    /** What writes of one province take, in nanoseconds, when they have probably waited for somebody. */
    private static final long BLOCKED_AFTER_NANOS = 100_000_000;
    /** More are told to come again: who has waited that long is gone. */
    private static final int MAX_WAITING = 2_000;

    private static final int RETRY_AFTER_SECONDS = 5;

    private final RecordCommands<T> commands;
    private final WriteQueue<T> line = new WriteQueue<>();
    private final Map<Province, WriteQueue<T>> apart = new ConcurrentHashMap<>();
    /** Threads that belong to no request: one for each line that is led, and those that tell the answers. */
    private final Executor threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("single-writes-", 0).factory());

    public GroupCommitWriter(RecordCommands<T> commands, RecordType<T> type) {
        this.commands = commands;
        Gauge.builder("voyage.writes.waiting", this, GroupCommitWriter::countWaiting)
                .description("Single writes that stand in line for a transaction")
                .tag("record", type.name())
                .register(Metrics.globalRegistry);
    }

    private int countWaiting() {
        return line.length()
                + apart.values().stream().mapToInt(WriteQueue::length).sum();
    }

    /**
     * @return completed when it is stored, or decided that it is not
     * @throws Refusal.Unavailable when too many wait
     */
    public CompletionStage<WriteSummary<T>> submitWrite(RecordSubmission<T> sent, AuditOrigin origin) {
        if (countWaiting() >= MAX_WAITING) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        QueuedWrite<T> one = new QueuedWrite<>(sent, origin);
        if (!joinProvinceQueue(one)) {
            enqueue(line, one, this::drainSharedQueue);
        }
        return one.completion();
    }

    /** Whether it went into the line of its province, if that has one now. */
    private boolean joinProvinceQueue(QueuedWrite<T> one) {
        WriteQueue<T> own = apart.get(one.sent().key().province());
        return own != null && own.enqueueIfLed(one);
    }

    private void enqueue(WriteQueue<T> its, QueuedWrite<T> one, Predicate<List<QueuedWrite<T>>> writer) {
        if (its.enqueue(one)) {
            handOverLead(its, writer);
        }
    }

    /** Lets another thread lead; without one nobody must wait for it. */
    private void handOverLead(WriteQueue<T> its, Predicate<List<QueuedWrite<T>>> writer) {
        try {
            threads.execute(() -> leadQueue(its, writer));
        } catch (Throwable e) {
            its.takeAbandoned().forEach(one -> one.failWith(e));
        }
    }

    /** @param writer says whether the line is led any longer */
    private void leadQueue(WriteQueue<T> its, Predicate<List<QueuedWrite<T>>> writer) {
        boolean leads = true;
        try {
            while (leads) {
                leads = writer.test(its.takeGroup(MAX_GROUP_SIZE)) && !its.releaseLeadershipIfEmpty();
            }
        } finally {
            if (leads && !its.releaseLeadershipIfEmpty()) {
                handOverLead(its, writer);
            }
        }
    }

    private boolean drainSharedQueue(List<QueuedWrite<T>> taken) {
        List<QueuedWrite<T>> group =
                taken.stream().filter(one -> !joinProvinceQueue(one)).toList();
        if (!group.isEmpty() && !RetryingTransactions.runWithShortLockTimeout(() -> commitAsGroup(group))) {
            Map<Province, List<QueuedWrite<T>>> byProvince = group.stream()
                    .collect(Collectors.groupingBy(one -> one.sent().key().province()));
            byProvince.forEach((province, its) -> {
                WriteQueue<T> own = apart.computeIfAbsent(province, none -> new WriteQueue<>());
                if (own.enqueuePinned(its)) {
                    handOverLead(own, some -> drainProvinceQueue(own, some));
                }
            });
        }
        return true;
    }

    /** Who came behind goes back into the line of all when nothing seems to hold up the province any longer. */
    private boolean drainProvinceQueue(WriteQueue<T> own, List<QueuedWrite<T>> group) {
        long began = System.nanoTime();
        commitSeparately(group);
        boolean heldUp = System.nanoTime() - began >= BLOCKED_AFTER_NANOS;
        return heldUp || !own.moveAllTo(line, () -> handOverLead(line, this::drainSharedQueue));
    }

    private void commitSeparately(List<QueuedWrite<T>> group) {
        if (group.size() > 1 && commitAsGroup(group)) {
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            Throwable failure = commitAlone(group.get(i));
            if (failure != null && FailureClassifier.toRefusal(failure) instanceof Refusal.Unavailable) {
                // Each would wait for the database as long as this one did.
                group.subList(i + 1, group.size()).forEach(one -> one.failWith(failure));
                return;
            }
        }
    }

    /** @return why it is not stored; null when it is */
    private @Nullable Throwable commitAlone(QueuedWrite<T> one) {
        try {
            one.completeWith(runOnBehalfOf(
                    List.of(one),
                    () -> RetryingTransactions.runInTransaction(
                            () -> commands.writeRecords(List.of(one.sent()), WriteMode.COMMIT))));
            return null;
        } catch (Throwable e) {
            one.failWith(e);
            return e;
        }
    }

    /** @return false if nothing is stored and nobody was told anything */
    private boolean commitAsGroup(List<QueuedWrite<T>> group) {
        List<RecordSubmission<T>> sent = group.stream().map(QueuedWrite::sent).toList();
        AtomicBoolean committing = new AtomicBoolean();
        try {
            WriteSummary<T> written = runOnBehalfOf(
                    group,
                    () -> QuarkusTransaction.requiringNew().call(() -> {
                        WriteSummary<T> all = commands.writeRecords(sent, WriteMode.COMMIT);
                        committing.set(true);
                        return all;
                    }));
            completeWrites(group, written);
            return true;
        } catch (Throwable e) {
            if (committing.get()) {
                group.forEach(one -> one.failWith(new CommitInDoubtException(e)));
                return true;
            }
            LOG.debugf("%d writes go apart: %s", group.size(), e.toString());
            return false;
        }
    }

    /** Of several by another thread: those that wait are written meanwhile. */
    private void completeWrites(List<QueuedWrite<T>> group, WriteSummary<T> written) {
        Runnable telling = () -> {
            for (int place = 0; place < group.size(); place++) {
                try {
                    group.get(place).completeWith(written.resultAt(place));
                } catch (Throwable e) {
                    group.get(place).failWith(e);
                }
            }
        };
        if (group.size() == 1) {
            telling.run();
            return;
        }
        try {
            threads.execute(telling);
        } catch (Throwable e) {
            LOG.debugf("No thread that tells: %s", e.toString());
            telling.run();
        }
    }

    private static <T, R> R runOnBehalfOf(List<QueuedWrite<T>> group, Supplier<R> work) {
        Map<String, AuditOrigin> senders = new HashMap<>();
        group.forEach(one -> senders.put(one.sent().cause().id(), one.origin()));
        List<Province> provinces =
                group.stream().map(one -> one.sent().key().province()).toList();
        return AuditTrail.runOnBehalfOf(senders, () -> DatabaseScope.runForProvinces(provinces, work::get));
    }

    /**
     * Everything was written, and then it could not be learned whether it was stored. Each request throws its own, the
     * cause is theirs together.
     */
    private static final class CommitInDoubtException extends RuntimeException {
        CommitInDoubtException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
