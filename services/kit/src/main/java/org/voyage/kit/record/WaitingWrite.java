package org.voyage.kit.record;

import java.util.concurrent.CompletableFuture;
import org.voyage.kit.audit.AuditOrigin;

/** A write that stands in line, on the thread of its request. */
final class WaitingWrite<T> {

    private final Sent<T> sent;
    private final AuditOrigin origin;
    private final CompletableFuture<Turn<T>> turn = new CompletableFuture<>();

    WaitingWrite(Sent<T> sent, AuditOrigin origin) {
        this.sent = sent;
        this.origin = origin;
    }

    Sent<T> sent() {
        return sent;
    }

    AuditOrigin origin() {
        return origin;
    }

    void told(Turn<T> its) {
        turn.complete(its);
    }

    /** Whoever leads ends its transaction in time and tells all that it took along. */
    Turn<T> await() {
        return turn.join();
    }

    /** Of one record only one write is in a transaction, and of one request id: the trail tells requests apart by it. */
    boolean goesWith(WaitingWrite<T> other) {
        return !sent.key().equals(other.sent.key())
                && !sent.cause().id().equals(other.sent.cause().id());
    }
}
