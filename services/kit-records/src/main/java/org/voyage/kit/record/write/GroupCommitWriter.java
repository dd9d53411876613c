package org.voyage.kit.record.write;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;

/**
 * Group commit of the single writes of one type (docs/adr/0007, 0017). A write that comes alone is committed at once.
 * Writes that come meanwhile, of whatever province, wait in the shared queue, and the next transaction commits them
 * together. Each gets its own answer, receipt and audit entry, and a refused write hinders no other. When a transaction
 * fails, the writes of each province move to a queue of their own; if they fail together again, each is committed
 * alone. The shared queue does not wait for row locks. A province queue does, and meanwhile receives all further writes
 * of that province.
 *
 * <p>No request holds a thread while it waits: the leader of a queue commits for all waiting writes. The database shows
 * a transaction the provinces of its writes, and no others.
 */
public final class GroupCommitWriter<T> {

    private static final Logger LOG = Logger.getLogger(GroupCommitWriter.class);

    /** Maximum number of requests in one transaction: enough to share its cost, few enough to wait for. */
    private static final int MAX_GROUP_SIZE = 64;
    /** Duration of a province's writes, in nanoseconds, that indicates a wait for another transaction. */
    private static final long BLOCKED_AFTER_NANOS = 100_000_000;
    /**
     * Maximum number of waiting writes; further ones are refused with a time to retry, because a client does not wait
     * that long.
     */
    private static final int MAX_WAITING_WRITES = 2_000;

    private static final int RETRY_AFTER_SECONDS = 5;
    /**
     * Time after which a write is refused that no transaction has taken: whoever leads its queue may wait for a
     * connection that hangs, or for a lock.
     */
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final RecordCommands<T> commands;
    private final WriteQueue<T> line = new WriteQueue<>();
    private final Map<Province, WriteQueue<T>> provinceQueues = new ConcurrentHashMap<>();
    /** Threads without a request: one for each queue with a leader, and those that complete the answers. */
    private final Executor threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("single-writes-", 0).factory());

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("single-writes-clock").factory());

    public GroupCommitWriter(RecordCommands<T> commands, RecordType<T> type) {
        this.commands = commands;
        Gauge.builder("voyage.writes.waiting", this, GroupCommitWriter::countWaiting)
                .description("Single writes that wait for a transaction")
                .tag("record", type.name())
                .register(Metrics.globalRegistry);
        var unused = clock.scheduleWithFixedDelay(this::refuseOverdueWrites, 1, 1, TimeUnit.SECONDS);
    }

    private void refuseOverdueWrites() {
        Refusal late = new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        line.takeOverdue(MAX_WAIT).forEach(one -> one.failWith(late));
        provinceQueues.values().forEach(queue -> queue.takeOverdue(MAX_WAIT).forEach(one -> one.failWith(late)));
    }

    private int countWaiting() {
        return line.length()
                + provinceQueues.values().stream().mapToInt(WriteQueue::length).sum();
    }

    /**
     * Submits a write. One that may also store parked children is committed alone, because all that it stores is put
     * down to its request.
     *
     * @return completed when the write is stored, or decided not to be
     * @throws Refusal.Unavailable when too many wait
     */
    public CompletionStage<WriteSummary<T>> submitWrite(RecordSubmission<T> sent, AuditOrigin origin) {
        if (countWaiting() >= MAX_WAITING_WRITES) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        QueuedWrite<T> one = new QueuedWrite<>(sent, origin);
        if (commands.mayApplyParkedRows()) {
            Infrastructure.getDefaultWorkerPool().execute(() -> commitAlone(one));
        } else if (!joinProvinceQueue(one)) {
            enqueue(line, one, this::drainSharedQueue);
        }
        return one.completion();
    }

    /** Adds the write to the queue of its province, if that has a leader now; returns whether it did. */
    private boolean joinProvinceQueue(QueuedWrite<T> one) {
        WriteQueue<T> own = provinceQueues.get(one.sent().key().province());
        return own != null && own.enqueueIfLed(one);
    }

    private void enqueue(WriteQueue<T> its, QueuedWrite<T> one, Predicate<List<QueuedWrite<T>>> writer) {
        if (its.enqueue(one)) {
            handOverLead(its, writer);
        }
    }

    /** Gives the lead of a queue to another thread; if there is none, all waiting writes fail. */
    private void handOverLead(WriteQueue<T> its, Predicate<List<QueuedWrite<T>>> writer) {
        try {
            threads.execute(() -> leadQueue(its, writer));
        } catch (Throwable e) {
            its.takeAbandoned().forEach(one -> one.failWith(e));
        }
    }

    /**
     * Leads a queue until it is empty.
     *
     * @param writer returns whether the queue keeps its leader
     */
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
                WriteQueue<T> own = provinceQueues.computeIfAbsent(province, none -> new WriteQueue<>());
                if (own.enqueuePinned(its)) {
                    handOverLead(own, some -> drainProvinceQueue(own, some));
                }
            });
        }
        return true;
    }

    /**
     * Commits writes of a province. If the province no longer seems blocked, its remaining writes return to the shared
     * queue.
     */
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

    /** @return the failure; null when the write is stored */
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

    /** @return false if nothing is stored and no write is completed */
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

    /** Completes the writes; several of them on another thread, so that the next group is not delayed. */
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
            LOG.debugf("No thread completes the writes: %s", e.toString());
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

    /** Failure of a commit whose outcome is unknown. Each request throws its own exception with the common cause. */
    private static final class CommitInDoubtException extends RuntimeException {
        CommitInDoubtException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
