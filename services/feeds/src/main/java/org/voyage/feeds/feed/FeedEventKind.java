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

    /** Operation of a record that is gone, and of data that are withheld. */
    static final String DELETE = "delete";

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

    /** Returns what a reader does with its copy, by the attribute {@code op}; nothing for a {@code proof}. */
    public String operation() {
        return switch (this) {
            case CREATED, CORRECTED, RESTORED, PRESENT, ENTERED_SCOPE -> "put";
            case WITHDRAWN, LEFT_SCOPE -> DELETE;
            case RESET -> "reset";
            case CHECKPOINT -> "proof";
        };
    }

    public static FeedEventKind of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a kind of event: " + wireName));
    }
}
