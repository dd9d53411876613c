package org.voyage.feeds.scope;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.record.ScanBounds;

/**
 * Scope of a feed on one day: the grants of its alliance, and within them the filter that the alliance set. Two equal
 * scopes show the same.
 *
 * @param grants in force on the day
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

    /** Returns bounds outside of which the scope covers no record. */
    public ScanBounds findBounds() {
        Set<FeedRecord> records = grantedRecords();
        records.retainAll(filter.records());
        if (records.contains(FeedRecord.STANDARD) || records.contains(FeedRecord.RECOGNITION)) {
            // They are judged together.
            records.addAll(List.of(FeedRecord.STANDARD, FeedRecord.RECOGNITION));
        }
        return new ScanBounds(records, findBound(ScopeRule::countries), findBound(ScopeRule::provinces));
    }

    /** Returns the smaller of two bounds; not what both have: of the countries of one record each may meet another one. */
    private @Nullable Set<String> findBound(Function<ScopeRule, @Nullable Set<String>> conditionOf) {
        Set<String> filtered = conditionOf.apply(filter);
        Set<String> granted = new TreeSet<>();
        for (GrantedRule grant : grants) {
            Set<String> codes = conditionOf.apply(grant.rule());
            if (codes == null) {
                return filtered;
            }
            granted.addAll(codes);
        }
        return filtered == null || granted.size() < filtered.size() ? granted : filtered;
    }

    /**
     * Returns the fields on grant that the reader may see of a record; empty when it may not see the record. Numbered
     * events are withheld by this.
     */
    public Optional<Set<String>> visibleFields(RecordDimensions record) {
        return filter.covers(record) ? grantedFields(record) : Optional.empty();
    }

    /**
     * Returns the fields on grant that the alliance may see of a record, whatever its filter; empty when it may not see
     * the record.
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
