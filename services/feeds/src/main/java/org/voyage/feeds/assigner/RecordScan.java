package org.voyage.feeds.assigner;

/**
 * Scan of all records for a feed, in the order of their outside ids.
 *
 * @param cursor outside id of the last judged record; empty at the beginning
 */
public record RecordScan(ScanCause cause, String cursor) {

    static RecordScan begin(ScanCause cause) {
        return new RecordScan(cause, "");
    }

    /** Returns whether the scan has still to judge a record. */
    boolean awaits(String outsideId) {
        return outsideId.compareTo(cursor) > 0;
    }
}
