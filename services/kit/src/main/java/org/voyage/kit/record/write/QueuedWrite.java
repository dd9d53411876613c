package org.voyage.kit.record.write;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voyage.kit.audit.AuditOrigin;
import org.voyage.kit.record.RecordSubmission;

/** A write that stands in line. */
record QueuedWrite<T>(RecordSubmission<T> sent, AuditOrigin origin, CompletableFuture<WriteSummary<T>> result) {

    QueuedWrite(RecordSubmission<T> sent, AuditOrigin origin) {
        this(sent, origin, new CompletableFuture<>());
    }

    /** Completed when it is stored, or decided that it is not; with an exception when neither is so. */
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
