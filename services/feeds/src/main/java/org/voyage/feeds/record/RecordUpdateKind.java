package org.voyage.feeds.record;

import java.util.Locale;
import java.util.Optional;

/** Kind of the change of a record in the log: {@code change} of its event. */
public enum RecordUpdateKind {
    CREATED,
    CORRECTED,
    WITHDRAWN,
    RESTORED,
    /** The current state again, for readers that start now. */
    REPUBLISHED;

    /** Returns the kind of a name in events. */
    public static Optional<RecordUpdateKind> find(String wireName) {
        for (RecordUpdateKind each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(wireName)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
