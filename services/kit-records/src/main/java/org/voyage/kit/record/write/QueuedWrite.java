package org.voyage.kit.record.write;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.record.RecordSubmission;

/**
 * A single write in a queue.
 *
 * @param arrivedAt by {@link System#nanoTime}
 */
record QueuedWrite<T>(
        RecordSubmission<T> sent, AuditOrigin origin, CompletableFuture<WriteSummary<T>> result, long arrivedAt) {

    QueuedWrite(RecordSubmission<T> sent, AuditOrigin origin) {
        this(sent, origin, new CompletableFuture<>(), System.nanoTime());
    }

    boolean waitsLongerThan(Duration patience) {
        return System.nanoTime() - arrivedAt > patience.toNanos();
    }

    /**
     * Returns a future that completes when the write is stored, or decided not to be; with an exception when neither is
     * known.
     */
    CompletionStage<WriteSummary<T>> completion() {
        return result;
    }

    void completeWith(WriteSummary<T> its) {
        result.complete(its);
    }

    void failWith(Throwable why) {
        result.completeExceptionally(why);
    }
}
