package org.voyage.kit.failure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Log of requests and jobs that failed for a reason of ours. Each failure is one line: the id of the request or the name
 * of the job, the classes of the failure and of its cause, and the place. The first failure of a kind in an hour also has its stack trace, later ones
 * have it at level DEBUG: a client that repeats a request cannot fill the disk with traces.
 *
 * <p>A line has no message of an exception. It may quote a value, and some values are personal data.
 */
public final class FailureLog {
    private static final Logger LOG = Logger.getLogger(FailureLog.class);
    private static final int MAX_KINDS = 500;
    private static final int MAX_CAUSE_DEPTH = 20;

    private final Cache<String, Boolean> traced = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_KINDS)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Logs an unexpected failure. */
    public void logUnexpected(Throwable failure, String requestId) {
        log(Logger.Level.ERROR, "A request failed", failure, requestId);
    }

    /** Logs a value that an earlier check should have refused: worth a line, not an alarm. */
    public void logUnstorableValue(Throwable failure, String requestId) {
        log(Logger.Level.WARN, "A value reached the database that it cannot store", failure, requestId);
    }

    /** Logs the failure of a job that no request waits for. */
    void logFailedJob(Throwable failure, String job) {
        log(Logger.Level.ERROR, "A job failed", failure, job);
    }

    private void log(Logger.Level level, String what, Throwable failure, String requestId) {
        String kind = describe(failure);
        String line = what + " (" + requestId + "): " + kind;
        if (traced.asMap().putIfAbsent(kind, true) == null) {
            LOG.log(level, line, withoutMessages(failure, 0));
        } else {
            LOG.log(level, line);
            LOG.debug(line, withoutMessages(failure, 0));
        }
    }

    /** Returns a copy that has the classes and places of a failure and of its causes, and no message. */
    private static Throwable withoutMessages(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        var copy = new MessagelessException(
                failure.getClass().getName(),
                cause == null || depth == MAX_CAUSE_DEPTH ? null : withoutMessages(cause, depth + 1));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    /** Trace of a failure. */
    private static final class MessagelessException extends Exception {
        private final String failureClass;

        MessagelessException(String failureClass, @Nullable Throwable cause) {
            super(null, cause);
            this.failureClass = failureClass;
        }

        @Override
        public String toString() {
            return failureClass;
        }
    }

    /** Returns the classes of a failure and of its cause, and the place where the cause was thrown. */
    static String describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MAX_CAUSE_DEPTH; depth++) {
            cause = cause.getCause();
        }
        StackTraceElement[] frames = cause.getStackTrace();
        return failure.getClass().getName()
                + (cause == failure ? "" : ", caused by " + cause.getClass().getName())
                + (frames.length == 0 ? "" : " at " + frames[0]);
    }
}
