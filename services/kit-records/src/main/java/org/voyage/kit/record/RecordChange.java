package org.voyage.kit.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Change of a record from one version to the next; {@code before} is null for the first. */
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

    /** Returns the change by a submission: created, corrected, or restored after a withdrawal. */
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

    /** Returns the move of the record to another key. */
    public static <T> RecordChange<T> moved(
            RecordVersion<T> current, RecordKey to, String reason, Instant now, ChangeCause cause) {
        return new RecordChange<>(ChangeKind.WITHDRAWN, current, current.movedVersion(now, cause, reason, to));
    }

    /** Returns the republication of a version, for a new reader. */
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

    /** Returns the state that the figures counted before the change, null for none. */
    @Nullable
    public T stateBefore() {
        return before == null || before.isWithdrawn() ? null : before.record();
    }

    /** Returns the state that the figures count after the change, null for none. */
    @Nullable
    public T stateAfter() {
        return after.isWithdrawn() ? null : after.record();
    }
}
