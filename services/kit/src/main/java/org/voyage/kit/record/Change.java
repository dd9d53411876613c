package org.voyage.kit.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step from one version of a record to the next; {@code before} is null for the first. */
public record Change<T>(Kind kind, @Nullable Version<T> before, Version<T> after) {

    public enum Kind {
        CREATED("created"),
        CORRECTED("corrected"),
        WITHDRAWN("withdrawn"),
        RESTORED("restored"),
        REPUBLISHED("republished");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** The record was sent: created, corrected, or restored after a withdrawal. */
    static <T> Change<T> sent(RecordKey key, @Nullable Version<T> current, T record, Instant now, Cause cause) {
        if (current == null) {
            return new Change<>(Kind.CREATED, null, new Version<>(key, 1, now, cause, null, null, record));
        }
        Kind kind = current.withdrawn() ? Kind.RESTORED : Kind.CORRECTED;
        return new Change<>(kind, current, current.next(now, cause, null, record));
    }

    static <T> Change<T> withdrawn(Version<T> current, String reason, Instant now, Cause cause) {
        return new Change<>(Kind.WITHDRAWN, current, current.next(now, cause, reason, current.record()));
    }

    /** It goes on under another key. */
    static <T> Change<T> moved(Version<T> current, RecordKey to, String reason, Instant now, Cause cause) {
        return new Change<>(Kind.WITHDRAWN, current, current.moved(now, cause, reason, to));
    }

    /** The same version told again, for a new reader. */
    static <T> Change<T> republished(Version<T> current, Cause cause) {
        Version<T> told = new Version<>(
                current.key(),
                current.number(),
                current.recordedAt(),
                cause,
                current.reason(),
                current.movedTo(),
                current.record());
        return new Change<>(Kind.REPUBLISHED, told, told);
    }

    /** What the figures counted before it, null for nothing. */
    @Nullable
    public T stoodBefore() {
        return before == null || before.withdrawn() ? null : before.record();
    }

    /** What the figures count after it, null for nothing. */
    @Nullable
    public T standsAfter() {
        return after.withdrawn() ? null : after.record();
    }
}
