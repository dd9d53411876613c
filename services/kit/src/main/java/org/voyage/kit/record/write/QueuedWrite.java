package org.voyage.kit.record.write;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.record.RecordSubmission;

/** A single write in a queue. */
record QueuedWrite<T>(RecordSubmission<T> sent, AuditOrigin origin, CompletableFuture<WriteSummary<T>> result) {

    QueuedWrite(RecordSubmission<T> sent, AuditOrigin origin) {
        this(sent, origin, new CompletableFuture<>());
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
