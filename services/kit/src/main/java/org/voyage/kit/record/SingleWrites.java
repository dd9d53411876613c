package org.voyage.kit.record;

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
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scopes;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.web.Failures;
import org.voyage.kit.web.Refusal;

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
final class SingleWrites<T> {

    private static final Logger LOG = Logger.getLogger(SingleWrites.class);

    /** Most requests in one transaction: enough to share its cost, few enough to wait for. */
    private static final int MOST = 64;
    /** What writes of one province take, in nanoseconds, when they have probably waited for somebody. */
    private static final long HELD_UP = 100_000_000;
    /** More are told to come again: who has waited that long is gone. */
    private static final int MOST_WAITING = 2_000;

    private static final int RETRY_AFTER_SECONDS = 5;

    private final Commands<T> commands;
    private final WriteLine<T> line = new WriteLine<>();
    private final Map<Province, WriteLine<T>> apart = new ConcurrentHashMap<>();
    /** Threads that belong to no request: one for each line that is led, and those that tell the answers. */
    private final Executor threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("single-writes-", 0).factory());

    SingleWrites(Commands<T> commands, RecordType<T> type) {
        this.commands = commands;
        Gauge.builder("voyage.writes.waiting", this, SingleWrites::waiting)
                .description("Single writes that stand in line for a transaction")
                .tag("record", type.name())
                .register(Metrics.globalRegistry);
    }

    private int waiting() {
        return line.length()
                + apart.values().stream().mapToInt(WriteLine::length).sum();
    }

    /**
     * @return completed when it is stored, or decided that it is not
     * @throws Refusal.Unavailable when too many wait
     */
    CompletionStage<Written<T>> write(Sent<T> sent, AuditOrigin origin) {
        if (waiting() >= MOST_WAITING) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        WaitingWrite<T> one = new WaitingWrite<>(sent, origin);
        if (!waitsApart(one)) {
            join(line, one, this::ofAll);
        }
        return one.written();
    }

    /** Whether it went into the line of its province, if that has one now. */
    private boolean waitsApart(WaitingWrite<T> one) {
        WriteLine<T> own = apart.get(one.sent().key().province());
        return own != null && own.joinBehind(one);
    }

    private void join(WriteLine<T> its, WaitingWrite<T> one, Predicate<List<WaitingWrite<T>>> writer) {
        if (its.join(one)) {
            next(its, writer);
        }
    }

    /** Lets another thread lead; without one nobody must wait for it. */
    private void next(WriteLine<T> its, Predicate<List<WaitingWrite<T>>> writer) {
        try {
            threads.execute(() -> lead(its, writer));
        } catch (Throwable e) {
            its.abandoned().forEach(one -> one.failed(e));
        }
    }

    /** @param writer says whether the line is led any longer */
    private void lead(WriteLine<T> its, Predicate<List<WaitingWrite<T>>> writer) {
        boolean leads = true;
        try {
            while (leads) {
                leads = writer.test(its.take(MOST)) && !its.left();
            }
        } finally {
            if (leads && !its.left()) {
                next(its, writer);
            }
        }
    }

    private boolean ofAll(List<WaitingWrite<T>> taken) {
        List<WaitingWrite<T>> group =
                taken.stream().filter(one -> !waitsApart(one)).toList();
        if (!group.isEmpty() && !Transactions.impatiently(() -> together(group))) {
            Map<Province, List<WaitingWrite<T>>> byProvince = group.stream()
                    .collect(Collectors.groupingBy(one -> one.sent().key().province()));
            byProvince.forEach((province, its) -> {
                WriteLine<T> own = apart.computeIfAbsent(province, none -> new WriteLine<>());
                if (own.sendHere(its)) {
                    next(own, some -> ofProvince(own, some));
                }
            });
        }
        return true;
    }

    /** Who came behind goes back into the line of all when nothing seems to hold up the province any longer. */
    private boolean ofProvince(WriteLine<T> own, List<WaitingWrite<T>> group) {
        long began = System.nanoTime();
        apart(group);
        boolean heldUp = System.nanoTime() - began >= HELD_UP;
        return heldUp || !own.goOnIn(line, () -> next(line, this::ofAll));
    }

    private void apart(List<WaitingWrite<T>> group) {
        if (group.size() > 1 && together(group)) {
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            Throwable failure = alone(group.get(i));
            if (failure != null && Failures.refusal(failure) instanceof Refusal.Unavailable) {
                // Each would wait for the database as long as this one did.
                group.subList(i + 1, group.size()).forEach(one -> one.failed(failure));
                return;
            }
        }
    }

    /** @return why it is not stored; null when it is */
    private @Nullable Throwable alone(WaitingWrite<T> one) {
        try {
            one.told(onBehalfOf(
                    List.of(one), () -> Transactions.run(() -> commands.write(List.of(one.sent()), Writing.KEPT))));
            return null;
        } catch (Throwable e) {
            one.failed(e);
            return e;
        }
    }

    /** @return false if nothing is stored and nobody was told anything */
    private boolean together(List<WaitingWrite<T>> group) {
        List<Sent<T>> sent = group.stream().map(WaitingWrite::sent).toList();
        AtomicBoolean committing = new AtomicBoolean();
        try {
            Written<T> written = onBehalfOf(
                    group,
                    () -> QuarkusTransaction.requiringNew().call(() -> {
                        Written<T> all = commands.write(sent, Writing.KEPT);
                        committing.set(true);
                        return all;
                    }));
            tell(group, written);
            return true;
        } catch (Throwable e) {
            if (committing.get()) {
                group.forEach(one -> one.failed(new CommitInDoubt(e)));
                return true;
            }
            LOG.debugf("%d writes go apart: %s", group.size(), e.toString());
            return false;
        }
    }

    /** Of several by another thread: those that wait are written meanwhile. */
    private void tell(List<WaitingWrite<T>> group, Written<T> written) {
        Runnable telling = () -> {
            for (int place = 0; place < group.size(); place++) {
                try {
                    group.get(place).told(written.only(place));
                } catch (Throwable e) {
                    group.get(place).failed(e);
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

    private static <T, R> R onBehalfOf(List<WaitingWrite<T>> group, Supplier<R> work) {
        Map<String, AuditOrigin> senders = new HashMap<>();
        group.forEach(one -> senders.put(one.sent().cause().id(), one.origin()));
        List<Province> provinces =
                group.stream().map(one -> one.sent().key().province()).toList();
        return Audit.onBehalfOf(senders, () -> Scopes.among(provinces, work::get));
    }

    /**
     * Everything was written, and then it could not be learned whether it was stored. Each request throws its own, the
     * cause is theirs together.
     */
    private static final class CommitInDoubt extends RuntimeException {
        CommitInDoubt(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
