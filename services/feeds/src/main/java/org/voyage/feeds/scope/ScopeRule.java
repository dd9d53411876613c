package org.voyage.feeds.scope;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;

/**
 * Condition on records, with lists and regions resolved to countries on one day. A null condition is none; all
 * conditions hold together.
 *
 * @param countries ISO 3166-1 alpha-3
 * @param provinces two digits
 * @param colleges 10-digit school codes
 * @param members when not null, a member takes part in the record
 */
public record ScopeRule(
        Set<FeedRecord> records,
        @Nullable Set<String> countries,
        @Nullable Set<String> provinces,
        @Nullable Set<String> brands,
        @Nullable Set<String> colleges,
        @Nullable MemberSet members) {

    /**
     * Returns whether the rule covers a record. A standard has no country, so that {@code countries} says nothing of it:
     * the assigner shows it only while one of its recognitions is covered.
     */
    public boolean covers(RecordDimensions record) {
        return records.contains(record.record())
                && (countries == null
                        || record.record() == FeedRecord.STANDARD
                        || !Collections.disjoint(countries, record.countries()))
                && (provinces == null || provinces.contains(record.province()))
                && (brands == null || record.brand() != null && brands.contains(record.brand()))
                && (colleges == null || !Collections.disjoint(colleges, record.colleges()))
                && (members == null || members.includes(record));
    }
}
