package org.voyage.feeds.scope;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;

/**
 * Scope of a feed on one day: the grants of its alliance, and within them the filter that the alliance set. Two equal
 * scopes show the same.
 *
 * @param grants in force on the day; none while the alliance is suspended
 */
public record FeedScope(List<GrantedRule> grants, ScopeRule filter) {

    /**
     * Grant that is in force.
     *
     * @param fields names of the fields on grant that it opens, e.g. {@code overseas-school.hostCity}
     */
    public record GrantedRule(ScopeRule rule, Set<String> fields) {}

    /** Returns the records that some grant opens. */
    public Set<FeedRecord> grantedRecords() {
        Set<FeedRecord> records = EnumSet.noneOf(FeedRecord.class);
        grants.forEach(grant -> records.addAll(grant.rule().records()));
        return records;
    }

    /** Returns the fields on grant that some grant opens. */
    public Set<String> openedFields() {
        Set<String> fields = new TreeSet<>();
        grants.forEach(grant -> fields.addAll(grant.fields()));
        return fields;
    }

    /** Returns the fields on grant that the reader may see of a record; empty when it may not see the record. */
    public Optional<Set<String>> visibleFields(RecordDimensions record) {
        return filter.covers(record) ? grantedFields(record) : Optional.empty();
    }

    /**
     * Returns the fields on grant that the alliance may see of a record, whatever its filter; empty when it may not see
     * the record. Numbered events are withheld by this.
     */
    public Optional<Set<String>> grantedFields(RecordDimensions record) {
        Set<String> fields = null;
        for (GrantedRule grant : grants) {
            if (grant.rule().covers(record)) {
                fields = fields == null ? new TreeSet<>() : fields;
                fields.addAll(grant.fields());
            }
        }
        return Optional.ofNullable(fields);
    }
}
