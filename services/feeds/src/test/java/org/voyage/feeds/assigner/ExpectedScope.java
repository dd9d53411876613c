package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.assigner.RecordHistorySimulation.MemoryRecords;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScope.GrantedRule;
import org.voyage.feeds.scope.ScopeRule;

/** What a reader is to hold, computed from the records alone and by another way than the reconciler's. */
final class ExpectedScope {

    private ExpectedScope() {}

    static Map<String, JsonNode> compute(MemoryRecords records, FeedScope scope) {
        Map<String, JsonNode> expected = new TreeMap<>();
        for (RecordState each : records.byId.values()) {
            if (each.state() != null && each.record() != FeedRecord.STANDARD) {
                RecordState standard = each.parentId() == null ? null : records.byId.get(each.parentId());
                if (each.record() == FeedRecord.RECOGNITION && (standard == null || standard.state() == null)) {
                    continue;
                }
                if (isCovered(each, standard, scope)) {
                    expected.put(each.reference(), makeVisible(each, standard, scope));
                    if (standard != null && isCovered(standard, null, scope)) {
                        expected.put(standard.reference(), makeVisible(standard, null, scope));
                    }
                }
            }
        }
        return expected;
    }

    private static boolean isCovered(RecordState record, @Nullable RecordState standard, FeedScope scope) {
        return isCovered(record, standard, scope.filter())
                && scope.grants().stream().anyMatch(grant -> isCovered(record, standard, grant.rule()));
    }

    private static boolean isCovered(RecordState record, @Nullable RecordState standard, ScopeRule rule) {
        JsonNode state = Objects.requireNonNull(record.state());
        String country = state.path("hostCountry").asText(state.path("country").asText(null));
        Set<String> colleges = new TreeSet<>();
        state.path("foundingColleges").forEach(each -> colleges.add(each.asText()));
        (standard == null ? state : Objects.requireNonNull(standard.state()))
                .path("developingColleges")
                .forEach(each -> colleges.add(each.asText()));
        return (rule.countries() == null || country == null || rule.countries().contains(country))
                && (rule.colleges() == null || colleges.stream().anyMatch(rule.colleges()::contains))
                && (rule.members() == null
                        || colleges.stream().anyMatch(rule.members().colleges()::contains));
    }

    private static JsonNode makeVisible(RecordState record, @Nullable RecordState standard, FeedScope scope) {
        ObjectNode visible = Objects.requireNonNull(record.state()).deepCopy();
        visible.remove("evidence");
        if (standard != null) {
            visible.put("standard", standard.reference());
        }
        boolean showsCity = scope.grants().stream()
                .filter(grant -> isCovered(record, standard, grant.rule()))
                .map(GrantedRule::fields)
                .anyMatch(fields -> fields.contains("overseas-school.hostCity"));
        if (!showsCity) {
            visible.remove("hostCity");
        }
        return visible;
    }
}
