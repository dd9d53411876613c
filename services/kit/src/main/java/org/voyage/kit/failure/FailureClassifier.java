package org.voyage.kit.failure;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusable;
import org.voyage.kit.problem.Refusal;

/** Classifier of unexpected exceptions for the caller. */
public final class FailureClassifier {
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int MAX_CAUSE_DEPTH = 20;

    private FailureClassifier() {}

    /** Returns the refusal for the caller; {@link Refusal.Internal} if the fault is in the service. */
    public static Refusal toRefusal(Throwable failure) {
        var refusal = toRefusal(failure, 0);
        return refusal == null ? new Refusal.Internal() : refusal;
    }

    private static @Nullable Refusal toRefusal(Throwable failure, int depth) {
        var refusal = classify(failure);
        if (refusal != null || depth > MAX_CAUSE_DEPTH) {
            return refusal;
        }
        if (failure.getCause() != null) {
            refusal = toRefusal(failure.getCause(), depth + 1);
        }
        // A transaction that could not end has its reason among the suppressed exceptions.
        for (var suppressed : failure.getSuppressed()) {
            refusal = refusal == null ? toRefusal(suppressed, depth + 1) : refusal;
        }
        return refusal;
    }

    private static @Nullable Refusal classify(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal;
            case Refusable refusable -> refusable.toRefusal();
            case SQLTransientConnectionException _ -> serviceUnavailable();
            case SQLException sql -> classify(sql);
            case RollbackException lost when endedWithoutReason(lost) -> serviceUnavailable();
            case HeuristicMixedException lost when endedWithoutReason(lost) -> serviceUnavailable();
            case RetriableException _ -> serviceUnavailable();
            case ConnectException _ -> serviceUnavailable();
            default -> null;
        };
    }

    private static @Nullable Refusal classify(SQLException sql) {
        var state = sql.getSQLState();
        if (state == null) {
            // Agroal's own: no connection was free or could be made in time, or the transaction's own time was up.
            String message = String.valueOf(sql.getMessage());
            return message.contains("timeout") || message.contains("rolled back") ? serviceUnavailable() : null;
        }
        // 25006: the server has lost its place as the leading one, and another leads or will soon.
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("53") || state.equals("25006")) {
            return serviceUnavailable();
        }
        if (state.equals("40001") || state.equals("40P01") || state.equals("55P03") || state.startsWith("23")) {
            return new Refusal.Conflict("Another write got in between; read again and repeat.", "与另一写入冲突，请重新读取后重试。");
        }
        if (state.startsWith("22")) {
            return new Refusal.Malformed("A value cannot be stored.", "含有无法存储的值。");
        }
        return null;
    }

    /**
     * Returns whether the transaction ended without a reason in the application: after its timeout, or without the
     * database during the commit.
     */
    private static boolean endedWithoutReason(Exception lost) {
        return lost.getCause() == null && lost.getSuppressed().length == 0;
    }

    /** Returns whether the caller has closed the connection, so that no answer is possible. */
    public static boolean isCallerGone(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSE_DEPTH; depth++) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof io.vertx.core.http.HttpClosedException
                    || cause instanceof IOException io
                            && String.valueOf(io.getMessage()).contains("Connection reset")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static Refusal serviceUnavailable() {
        return new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }
}
