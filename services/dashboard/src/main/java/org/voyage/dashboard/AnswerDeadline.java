package org.voyage.dashboard;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadline of the answer of a service. It passes when for a time no byte has moved, the client is not the slower side,
 * and the service does not even answer for its health. So uploads, long work, downloads and streams go on, and a service
 * that hangs holds no caller. All calls come from the network thread of the request.
 */
final class AnswerDeadline {
    /** Longest silence of a service that answers for its health: the longest work of the services. */
    private static final long MAX_SILENCE_NANOS = Duration.ofHours(1).toNanos();

    private final Vertx vertx;
    private final Context own;
    private final HttpServerRequest request;
    private final ServiceLiveness liveness;
    private final long timeoutMillis;

    private @Nullable HttpClientRequest forwarded;
    private long timer = -1;
    private long moved;
    private long movedAt = System.nanoTime();
    private boolean ended;
    private boolean passed;

    AnswerDeadline(Vertx vertx, HttpServerRequest request, ServiceLiveness liveness, Duration timeout) {
        this.vertx = vertx;
        this.own = vertx.getOrCreateContext();
        this.request = request;
        this.liveness = liveness;
        this.timeoutMillis = timeout.toMillis();
    }

    /** Begins with the request to the service. */
    void watchAnswer(HttpClientRequest sent) {
        forwarded = sent;
        startTimer();
    }

    /** Returns the answer to a request that the service did not answer. */
    ProblemAnswer explainFailure() {
        return passed
                ? ProblemAnswer.serviceSilent(TimeUnit.MILLISECONDS.toSeconds(timeoutMillis))
                : ProblemAnswer.SERVICE_DOWN;
    }

    /** Ends with the answer. */
    void end() {
        ended = true;
        vertx.cancelTimer(timer);
    }

    private void startTimer() {
        if (!ended) {
            timer = vertx.setTimer(timeoutMillis, _ -> checkProgress());
        }
    }

    private void checkProgress() {
        long now = System.nanoTime();
        long bytes = request.bytesRead() + request.response().bytesWritten();
        if (request.response().closed()) {
            resetForwarded();
        } else if (bytes != moved || isClientSlower()) {
            moved = bytes;
            movedAt = now;
            startTimer();
        } else if (now - movedAt > MAX_SILENCE_NANOS) {
            pass();
        } else {
            // The answer to the question of another request comes on its thread.
            liveness.checkLiveness().onSuccess(alive -> own.runOnContext(_ -> useLiveness(alive)));
        }
    }

    private void useLiveness(boolean alive) {
        if (alive) {
            startTimer();
        } else if (!ended) {
            pass();
        }
    }

    /** Returns whether the client has not sent its whole body, or does not read the answer. */
    private boolean isClientSlower() {
        @Nullable HttpClientRequest sent = forwarded;
        return request.response().writeQueueFull() || !request.isEnded() && (sent == null || !sent.writeQueueFull());
    }

    private void pass() {
        passed = true;
        resetForwarded();
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
        }
    }

    private void resetForwarded() {
        @Nullable HttpClientRequest sent = forwarded;
        if (sent != null) {
            sent.reset();
        }
    }
}
