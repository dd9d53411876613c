package org.voyage.kit.record;

import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cause of a record's change.
 *
 * @param id of the request, the batch, the count or the republication
 * @param actor the client that sent it; of a count the service
 * @param traceparent of the request; null when it has no trace, and of a stored cause
 */
public record ChangeCause(
        ChangeCauseKind kind,
        String id,
        String actor,
        @Nullable String traceparent) {

    /** Creates a cause without a trace. */
    public ChangeCause(ChangeCauseKind kind, String id, String actor) {
        this(kind, id, actor, null);
    }

    public enum ChangeCauseKind {
        REQUEST("request"),
        BATCH("batch"),
        PARKED("parked"),
        RENAME("rename"),
        MERGE("merge"),
        TALLY("tally"),
        REPUBLICATION("republication");

        private static final ChangeCauseKind[] ALL_KINDS = values();

        private final String code;

        ChangeCauseKind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static ChangeCauseKind of(String code) {
            for (ChangeCauseKind kind : ALL_KINDS) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new NoSuchElementException(code);
        }
    }

    public static ChangeCause request(String requestId, String actor) {
        return new ChangeCause(ChangeCauseKind.REQUEST, requestId, actor);
    }

    public ChangeCause withTraceparent(@Nullable String its) {
        return its == null ? this : new ChangeCause(kind, id, actor, its);
    }

    public static ChangeCause batch(UUID batch, String actor) {
        return new ChangeCause(ChangeCauseKind.BATCH, batch.toString(), actor);
    }

    /** Returns the same submission, applied after the arrival of its parent. */
    public ChangeCause asUnparked() {
        return new ChangeCause(ChangeCauseKind.PARKED, id, actor);
    }

    /** Returns the same request as a move of a record to another key. */
    public ChangeCause asMove(ChangeCauseKind how) {
        return new ChangeCause(how, id, actor, traceparent);
    }

    /** Returns the cause of a change that the service itself counted. */
    public static ChangeCause tally(String service) {
        return new ChangeCause(ChangeCauseKind.TALLY, UUID.randomUUID().toString(), service);
    }

    public static ChangeCause republication(String actor) {
        return new ChangeCause(ChangeCauseKind.REPUBLICATION, UUID.randomUUID().toString(), actor);
    }
}
