package org.voyage.kit.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;

/**
 * New entry of the audit trail: one action and its object. No part of it may be personal data.
 *
 * @param action stable lower-kebab name, e.g. {@code changed}, {@code year-locked}; actions on personal data begin with
 *     {@code personal-}, and privacy officers see only these
 * @param record type of record, e.g. {@code overseas-school}; null if the action concerns none
 * @param province province that the object belongs to; its bureau sees the entry; null for none
 * @param object object of the action: a source id, a batch id; null if it has no name
 * @param details a JSON object
 * @param background actor of work without a request; null during a request, whose caller is the actor
 */
public record AuditEntry(
        String action,
        AuditOutcome outcome,
        @Nullable String record,
        @Nullable Province province,
        @Nullable String object,
        String details,
        @Nullable BackgroundActor background) {

    private static final Pattern ACTION_PATTERN = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final JsonMapper JSON = new JsonMapper();

    /** Actor of work that continues without a request. */
    public record BackgroundActor(String actor, String requestId) {}

    /** @throws IllegalArgumentException if the action is not lower-kebab */
    public AuditEntry {
        if (!ACTION_PATTERN.matcher(action).matches()) {
            throw new IllegalArgumentException("not the name of an action: " + action);
        }
    }

    /**
     * Returns an entry for an action that was done.
     *
     * @param details small, and made for programs; never personal data
     */
    public static AuditEntry done(
            String action,
            @Nullable String record,
            @Nullable Province province,
            @Nullable String object,
            Map<String, ?> details) {
        return new AuditEntry(action, AuditOutcome.DONE, record, province, object, toJson(details), null);
    }

    /**
     * Returns an entry for an action that was refused.
     *
     * @param details small, and made for programs; never personal data
     */
    public static AuditEntry refused(
            @Nullable String record, @Nullable Province province, @Nullable String object, Map<String, ?> details) {
        return refused("refused", record, province, object, details);
    }

    /** Returns an entry for the refusal of an action that also has an entry when it succeeds. */
    public static AuditEntry refused(
            String action,
            @Nullable String record,
            @Nullable Province province,
            @Nullable String object,
            Map<String, ?> details) {
        return new AuditEntry(action, AuditOutcome.REFUSED, record, province, object, toJson(details), null);
    }

    /**
     * Returns one entry for all records that one transaction changed. It lists key and version by kind of change:
     * {@code {"changes": {"corrected": [["12/A", 2]]}}}. For a thousand rows that is half the size of one object per
     * row.
     *
     * @param object the source id of a single record, or the id of the batch
     */
    public static AuditEntry changed(String record, Province province, String object, List<AuditChange> changes) {
        Map<String, List<List<Object>>> byKind = new TreeMap<>();
        for (AuditChange change : changes) {
            byKind.computeIfAbsent(change.kind(), kind -> new ArrayList<>())
                    .add(List.of(change.key(), change.version()));
        }
        return done("changed", record, province, object, Map.of("changes", byKind));
    }

    /**
     * Returns this entry with an actor, for work that may continue after its request or without one, such as a resumed
     * file.
     */
    public AuditEntry withActor(String actor, String requestId) {
        return new AuditEntry(
                action, outcome, record, province, object, details, new BackgroundActor(actor, requestId));
    }

    private static String toJson(Map<String, ?> details) {
        try {
            return JSON.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details that are no JSON", e);
        }
    }
}
