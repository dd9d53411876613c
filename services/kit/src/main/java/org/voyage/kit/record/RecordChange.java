package org.voyage.kit.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step from one version of a record to the next; {@code before} is null for the first. */
public record RecordChange<T>(ChangeKind kind, @Nullable RecordVersion<T> before, RecordVersion<T> after) {

    public enum ChangeKind {
        CREATED("created"),
        CORRECTED("corrected"),
        WITHDRAWN("withdrawn"),
        RESTORED("restored"),
        REPUBLISHED("republished");

        private final String code;

        ChangeKind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** The record was sent: created, corrected, or restored after a withdrawal. */
    public static <T> RecordChange<T> sent(
            RecordKey key, @Nullable RecordVersion<T> current, T record, Instant now, ChangeCause cause) {
        if (current == null) {
            return new RecordChange<>(
                    ChangeKind.CREATED, null, new RecordVersion<>(key, 1, now, cause, null, null, record));
        }
        ChangeKind kind = current.isWithdrawn() ? ChangeKind.RESTORED : ChangeKind.CORRECTED;
        return new RecordChange<>(kind, current, current.nextVersion(now, cause, null, record));
    }

    static <T> RecordChange<T> withdrawn(RecordVersion<T> current, String reason, Instant now, ChangeCause cause) {
        return new RecordChange<>(
                ChangeKind.WITHDRAWN, current, current.nextVersion(now, cause, reason, current.record()));
    }

    /** It goes on under another key. */
    public static <T> RecordChange<T> moved(
            RecordVersion<T> current, RecordKey to, String reason, Instant now, ChangeCause cause) {
        return new RecordChange<>(ChangeKind.WITHDRAWN, current, current.movedVersion(now, cause, reason, to));
    }

    /** The same version told again, for a new reader. */
    public static <T> RecordChange<T> republished(RecordVersion<T> current, ChangeCause cause) {
        RecordVersion<T> told = new RecordVersion<>(
                current.key(),
                current.number(),
                current.recordedAt(),
                cause,
                current.reason(),
                current.movedTo(),
                current.record());
        return new RecordChange<>(ChangeKind.REPUBLISHED, told, told);
    }

    /** What the figures counted before it, null for nothing. */
    @Nullable
    public T stateBefore() {
        return before == null || before.isWithdrawn() ? null : before.record();
    }

    /** What the figures count after it, null for nothing. */
    @Nullable
    public T stateAfter() {
        return after.isWithdrawn() ? null : after.record();
    }
}
