package org.voyage.overseas;

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
    public static <T> Change<T> sent(RecordKey key, @Nullable Version<T> current, T record, Instant at, Cause cause) {
        if (current == null) {
            return new Change<>(Kind.CREATED, null, new Version<>(key, 1, at, cause, null, record));
        }
        Kind kind = current.withdrawn() ? Kind.RESTORED : Kind.CORRECTED;
        return new Change<>(kind, current, current.next(at, cause, null, record));
    }

    public static <T> Change<T> withdrawn(Version<T> current, String reason, Instant at, Cause cause) {
        return new Change<>(Kind.WITHDRAWN, current, current.next(at, cause, reason, current.record()));
    }

    /** The same version told again, for a new reader. */
    public static <T> Change<T> republished(Version<T> current, Cause cause) {
        Version<T> told = new Version<>(
                current.key(), current.number(), current.recordedAt(), cause, current.reason(), current.record());
        return new Change<>(Kind.REPUBLISHED, told, told);
    }
}
