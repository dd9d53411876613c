package org.voyage.feeds.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Outer bounds of a scope, which the database can compare: a scope covers no record outside of them. A null bound is none.
 *
 * @param records types of records; the types of standards and of recognitions come together
 * @param countries ISO 3166-1 alpha-3; no bound of standards
 * @param provinces two digits
 */
public record ScanBounds(
        Set<FeedRecord> records,
        @Nullable Set<String> countries,
        @Nullable Set<String> provinces) {

    /**
     * Part of a scan.
     *
     * @param states of the records that are to be judged, in the order of their outside ids
     * @param cursor outside id of the last record of the part, judged or not; null at the end of all records
     */
    public record ScanPage(
            List<RecordState> states, @Nullable String cursor) {}
}
