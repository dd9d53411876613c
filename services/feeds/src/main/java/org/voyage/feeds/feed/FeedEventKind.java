package org.voyage.feeds.feed;

import java.util.Arrays;
import java.util.Locale;

/** Kind of an event of a feed: the last part of its type. */
public enum FeedEventKind {
    /** The record is new, and in scope. */
    CREATED,
    /** A visible field of the record changed. */
    CORRECTED,
    /** The record is gone; its data say nothing of it. */
    WITHDRAWN,
    /** The record was withdrawn and is sent again. */
    RESTORED,
    /** The record is there: in a snapshot, after a reset, or with fields that were opened. */
    PRESENT,
    /** The record came into scope. */
    ENTERED_SCOPE,
    /** The record left the scope; its data say nothing of it. */
    LEFT_SCOPE,
    /** Signed statement of all events before it. */
    CHECKPOINT,
    /** A new epoch begins: the copy is to be made again. */
    RESET;

    /** Returns the name on the wire, e.g. {@code entered-scope}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the data hold the state of a record. */
    public boolean hasState() {
        return switch (this) {
            case CREATED, CORRECTED, RESTORED, PRESENT, ENTERED_SCOPE -> true;
            case WITHDRAWN, LEFT_SCOPE, CHECKPOINT, RESET -> false;
        };
    }

    public static FeedEventKind of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a kind of event: " + wireName));
    }
}
