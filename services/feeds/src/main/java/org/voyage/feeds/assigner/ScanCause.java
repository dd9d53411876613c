package org.voyage.feeds.assigner;

import java.util.Arrays;
import java.util.Locale;

/** Reason why all records are judged for a feed: {@code because} in the data of the events that follow. */
public enum ScanCause {
    /** The feed was created with a snapshot; its events name no reason. */
    SNAPSHOT,
    /** The feed was created without a snapshot: what is in scope is noted, not sent. */
    BASELINE,
    RESET,
    GRANT,
    FILTER,
    MEMBER,
    LIST,
    REGION,
    DAY,
    /** Changes were missed while the feed could not be evaluated. */
    RECORD_CHANGED;

    /** Returns the name in data of events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the reader is to make its copy: a record comes as present. */
    boolean makesCopy() {
        return this == SNAPSHOT || this == RESET;
    }

    public static ScanCause of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a cause of a scan: " + wireName));
    }
}
