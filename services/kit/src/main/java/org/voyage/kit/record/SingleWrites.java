package org.voyage.kit.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.Audit;
import org.voyage.kit.audit.AuditOrigin;

/**
 * Single writes of one type. One that comes alone is written at once; those that come meanwhile stand in line, and the
 * first of them writes all that have gathered, in one transaction (docs/adr/0007). Each gets its own answer, receipt and
 * audit entry: what is wrong with one hinders no other, and when the transaction fails as a whole each is written alone.
 *
 * <p>A line is of one province: the transaction sees what row-level security shows to the request that leads it.
 */
final class SingleWrites<T> {

    private static final Logger LOG = Logger.getLogger(SingleWrites.class);

    /** Most requests in one transaction: enough to share its cost, few enough to wait for. */
    private static final int MOST = 64;

    private final Commands<T> commands;
    private final Map<Province, WriteLine<T>> lines = new ConcurrentHashMap<>();

    SingleWrites(Commands<T> commands) {
        this.commands = commands;
    }

    /** Returns when it is stored, or decided that it is not. */
    Written<T> write(Sent<T> sent, RecordRequest request) {
        // Asked only now, when the service behind its proxy is there.
        if (!commands.shareTransactions()) {
            return alone(sent);
        }
        WriteLine<T> line = lines.computeIfAbsent(sent.key().province(), its -> new WriteLine<>());
        WaitingWrite<T> mine = new WaitingWrite<>(sent, request.origin());
        return end(line.join(mine) ? lead(line) : mine.await(), line, sent);
    }

    private Written<T> end(Turn<T> turn, WriteLine<T> line, Sent<T> sent) {
        return switch (turn) {
            case Turn.Lead<T> _ -> end(lead(line), line, sent);
            case Turn.Done<T>(Written<T> written) -> written;
            case Turn.Alone<T> _ -> alone(sent);
            case Turn.Lost<T>(RuntimeException why) -> throw new SharedWriteLost(why);
        };
    }

    private Written<T> alone(Sent<T> sent) {
        return Transactions.run(() -> commands.write(List.of(sent), Writing.KEPT));
    }

    /** @return what becomes of the one that leads, who is the first in the line */
    private Turn<T> lead(WriteLine<T> line) {
        List<WaitingWrite<T>> group = line.take(MOST);
        return group.size() == 1 ? leadAlone(line, group.getFirst().sent()) : leadTogether(line, group);
    }

    private Turn<T> leadAlone(WriteLine<T> line, Sent<T> sent) {
        try {
            return new Turn.Done<>(alone(sent));
        } finally {
            line.next();
        }
    }

    private Turn<T> leadTogether(WriteLine<T> line, List<WaitingWrite<T>> group) {
        IntFunction<Turn<T>> turns =
                place -> new Turn.Lost<>(new IllegalStateException("the leading request broke down"));
        try {
            Written<T> written = together(group);
            turns = place -> new Turn.Done<>(written.only(place));
        } catch (CommitInDoubt e) {
            turns = place -> new Turn.Lost<>(e);
        } catch (RuntimeException e) {
            LOG.debugf("Each is written alone: %s", e.toString());
            turns = place -> new Turn.Alone<>();
        } finally {
            line.next();
            for (int place = 1; place < group.size(); place++) {
                group.get(place).told(turns.apply(place));
            }
        }
        return turns.apply(0);
    }

    /** @throws CommitInDoubt if it may be stored; with any other exception nothing is */
    private Written<T> together(List<WaitingWrite<T>> group) {
        List<Sent<T>> sent = group.stream().map(WaitingWrite::sent).toList();
        Map<String, AuditOrigin> senders = new HashMap<>();
        group.forEach(one -> senders.put(one.sent().cause().id(), one.origin()));
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return Audit.onBehalfOf(
                    senders,
                    () -> QuarkusTransaction.requiringNew().call(() -> {
                        Written<T> written = commands.write(sent, Writing.KEPT);
                        committing.set(true);
                        return written;
                    }));
        } catch (RuntimeException e) {
            throw committing.get() ? new CommitInDoubt(e) : e;
        }
    }

    /** Everything was written, and then it could not be learned whether it was stored. */
    private static final class CommitInDoubt extends RuntimeException {
        CommitInDoubt(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** What a request is told whose write was lost with others; each throws its own, the cause is theirs together. */
    private static final class SharedWriteLost extends RuntimeException {
        SharedWriteLost(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
