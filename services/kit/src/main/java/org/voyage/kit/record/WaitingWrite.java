package org.voyage.kit.record;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voyage.kit.audit.AuditOrigin;

/** A write that stands in line. */
record WaitingWrite<T>(Sent<T> sent, AuditOrigin origin, CompletableFuture<Written<T>> answer) {

    WaitingWrite(Sent<T> sent, AuditOrigin origin) {
        this(sent, origin, new CompletableFuture<>());
    }

    /** Completed when it is stored, or decided that it is not; with an exception when neither is so. */
    CompletionStage<Written<T>> written() {
        return answer;
    }

    void told(Written<T> its) {
        answer.complete(its);
    }

    void failed(Throwable why) {
        answer.completeExceptionally(why);
    }
}
