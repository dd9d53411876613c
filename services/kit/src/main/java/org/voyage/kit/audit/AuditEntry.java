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
 * What was done, to be put into the audit trail. None of it may be personal data.
 *
 * @param action stable lower-kebab name, e.g. {@code changed}, {@code year-locked}; what concerns personal data begins with
 *     {@code personal-}, which is what privacy officers see
 * @param record type of record, e.g. {@code overseas-school}; null if it concerns none
 * @param province whose it is, and so which bureau sees the entry; null for none
 * @param object what it was done to: a source id, a batch id; null if it has no name
 * @param details a JSON object
 * @param background who did it when no request is being answered; otherwise the request says so
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

    /** Whom work is done for that goes on without a request. */
    public record BackgroundActor(String actor, String requestId) {}

    /** @throws IllegalArgumentException if the action is not lower-kebab */
    public AuditEntry {
        if (!ACTION_PATTERN.matcher(action).matches()) {
            throw new IllegalArgumentException("not the name of an action: " + action);
        }
    }

    /**
     * Something was done.
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
     * Something was refused.
     *
     * @param details small, and made for programs; never personal data
     */
    public static AuditEntry refused(
            @Nullable String record, @Nullable Province province, @Nullable String object, Map<String, ?> details) {
        return refused("refused", record, province, object, details);
    }

    /** The same of an action that is noted when it is done, too. */
    public static AuditEntry refused(
            String action,
            @Nullable String record,
            @Nullable Province province,
            @Nullable String object,
            Map<String, ?> details) {
        return new AuditEntry(action, AuditOutcome.REFUSED, record, province, object, toJson(details), null);
    }

    /**
     * Records were changed: one entry for everything that one transaction changed. It lists key and version by kind of
     * change: {@code {"changes": {"corrected": [["12/A", 2]]}}}, which for a thousand rows is half of what an object for
     * each would be.
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

    /** For work that may go on after its request or without one, such as a file that is taken up again. */
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
