package org.voyage.feeds.assigner;

import java.util.Arrays;
import java.util.Locale;

/** Reason why all records are judged for a feed: {@code because} in the data of the events that follow. */
public enum ScanCause {
    /** The feed was created with a snapshot; its events name no reason. */
    SNAPSHOT,
    /** The feed starts now: its reader holds what is in scope without an event, and can read it as a snapshot. */
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

    /** Name for readers, in place of a cause, while the past of a feed is replayed. */
    static final String REPLAY = "replay";

    /** Start of a feed with all records. */
    public static final String FROM_SNAPSHOT = "snapshot";
    /** Start of a feed with the changes that come. */
    public static final String FROM_NOW = "now";

    /** Returns the name in data of events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether a command of the alliance has begun the scan. */
    boolean isOfAlliance() {
        return this == SNAPSHOT || this == BASELINE || this == FILTER;
    }

    /** Returns whether the reader is to make its copy: a record comes as present. */
    boolean makesCopy() {
        return this == SNAPSHOT || this == RESET;
    }

    /** Returns why the first scan of a feed runs. @param start {@code snapshot}, {@code now} or a time */
    static ScanCause ofStart(String start) {
        return start.equals(FROM_NOW) ? BASELINE : SNAPSHOT;
    }

    /** Returns the name of the first scan or replay of a feed of this start, for readers. */
    public static String nameFirstScan(String start) {
        return start.equals(FROM_SNAPSHOT) || start.equals(FROM_NOW)
                ? ofStart(start).wireName()
                : REPLAY;
    }

    public static ScanCause of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a cause of a scan: " + wireName));
    }
}
