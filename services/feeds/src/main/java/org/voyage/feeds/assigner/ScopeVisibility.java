package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.OutsideState;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.record.RecordLookup;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.scope.FeedScope;

/** Visible state of each record of a step in a scope. States that several feeds see alike are made once. */
final class ScopeVisibility {

    private final RecordLookup records;
    private final Map<StateKey, RecordDimensions> dimensionsByState = new HashMap<>();
    private final Map<FormKey, OutsideForm> formsByState = new HashMap<>();

    private record StateKey(String outsideId, int versionOrder, int parentVersionOrder) {}

    private record FormKey(String outsideId, int versionOrder, Set<String> fields) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OutsideForm(ObjectNode state, byte[] canonical, Set<String> shownFields) {}

    ScopeVisibility(RecordLookup records) {
        this.records = records;
    }

    /** Returns whether nothing can be said of a recognition, because its standard is not known, or not any more. */
    boolean isUndecided(RecordState record) {
        if (record.record() != FeedRecord.RECOGNITION || record.isWithdrawn()) {
            return false;
        }
        RecordState parent = findParent(record);
        return parent == null || parent.isWithdrawn();
    }

    /** Returns the record as the scope shows it; empty when it does not. */
    Optional<VisibleRecord> judge(RecordState record, FeedScope scope) {
        JsonNode state = record.state();
        if (state == null || isUndecided(record)) {
            return Optional.empty();
        }
        RecordState parent = findParent(record);
        RecordDimensions dimensions = dimensionsByState.computeIfAbsent(
                new StateKey(record.outsideId(), record.versionOrder(), parent == null ? 0 : parent.versionOrder()),
                _ -> RecordDimensions.of(
                        record.record(), record.province(), state, parent == null ? null : parent.state()));
        return scope.visibleFields(dimensions).map(fields -> {
            OutsideForm form = formsByState.computeIfAbsent(
                    new FormKey(record.outsideId(), record.versionOrder(), fields),
                    _ -> makeForm(record, state, fields));
            return new VisibleRecord(dimensions, form.state, form.canonical, form.shownFields);
        });
    }

    /** Returns whether the scope covers an undecided recognition as one of the standard that the reader knows it by. */
    boolean isCoveredUnder(RecordState recognition, @Nullable String standardId, FeedScope scope) {
        RecordState standard = standardId == null ? null : records.findRecord(standardId);
        JsonNode state = recognition.state();
        return state != null
                && scope.visibleFields(RecordDimensions.of(
                                recognition.record(),
                                recognition.province(),
                                state,
                                standard == null ? null : standard.state()))
                        .isPresent();
    }

    private static OutsideForm makeForm(RecordState record, JsonNode state, Set<String> fields) {
        ObjectNode visible = OutsideState.of(record.record(), state, fields, record.parentId());
        return new OutsideForm(
                visible,
                CanonicalJson.encode(visible),
                VisibleRecord.findShownFields(record.record(), visible, fields));
    }

    private @Nullable RecordState findParent(RecordState record) {
        return record.parentId() == null ? null : records.findRecord(record.parentId());
    }
}
