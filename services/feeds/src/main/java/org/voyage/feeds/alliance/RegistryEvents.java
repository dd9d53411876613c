package org.voyage.feeds.alliance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.reference.InstantFormat;

/**
 * Appender of the events of alliances and members, which look like those of all records. No bureau owns them: their province
 * is {@value #NATIONAL}. They hold no contact.
 */
@ApplicationScoped
class RegistryEvents {

    /** Province of records that no bureau owns (contracts/reference/provinces.csv). */
    static final String NATIONAL = "00";

    static final String ALLIANCE = "alliance";
    static final String MEMBER = "alliance-member";

    private final Outbox outbox;
    private final Caller caller;
    private final RequestId requestId;

    RegistryEvents(Outbox outbox, Caller caller, RequestId requestId) {
        this.outbox = outbox;
        this.caller = caller;
        this.requestId = requestId;
    }

    /**
     * Change of an alliance or a member.
     *
     * @param before state before, null when there was none
     * @param after state after, null when it is withdrawn
     * @param reason of a withdrawal
     */
    record RegistryChange(
            String record,
            String sourceId,
            int version,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            @Nullable String reason) {

        String kind() {
            if (after == null) {
                return "withdrawn";
            }
            if (before != null) {
                return "corrected";
            }
            return version == 1 ? "created" : "restored";
        }
    }

    /** Appends the events of changes of the current request, in the transaction of the changes. */
    Receipt appendChanges(List<RegistryChange> changes, Instant at) {
        String actor = caller.clientId();
        return outbox.appendEvents(changes.stream()
                .map(change -> toEvent(change, change.kind(), "request", requestId.value(), actor, at))
                .toList());
    }

    /** Returns the event that repeats a current state; null for a withdrawn one. */
    static OutgoingEvent toRepublished(
            String record, String sourceId, int version, @Nullable ObjectNode state, String actor) {
        return toEvent(
                new RegistryChange(record, sourceId, version, state, state, null),
                "republished",
                "republication",
                UUID.randomUUID().toString(),
                actor,
                Instant.now());
    }

    /** Returns the source id in the key of an event. */
    static String sourceIdOfKey(String key) {
        return key.substring(NATIONAL.length() + 1);
    }

    private static OutgoingEvent toEvent(
            RegistryChange change, String kind, String causeKind, String causeId, String actor, Instant at) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("province", NATIONAL);
        data.put("sourceId", change.sourceId());
        data.put("version", change.version());
        data.put("change", kind);
        data.putObject("cause")
                .put("kind", causeKind)
                .put("id", causeId)
                .put("actor", actor)
                .put("reason", change.reason());
        data.put("recordedAt", InstantFormat.formatInstant(at));
        data.set("before", change.before());
        data.set("after", change.after());
        return new OutgoingEvent(
                "feeds." + change.record(),
                NATIONAL + "/" + change.sourceId(),
                UUID.randomUUID(),
                "org.voyage." + change.record() + ".changed.v1",
                at,
                data.toString());
    }

    static ObjectNode stateOf(AdmittedAlliance alliance) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", alliance.name)
                .put("nameEn", alliance.nameEn)
                .put("status", AllianceStatus.of(alliance).code());
    }

    static ObjectNode stateOf(String alliance, MemberFields member) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("alliance", alliance);
        state.put("kind", member.kind().code());
        if (member.college() != null) {
            state.put("college", member.college());
        }
        if (!member.names().isEmpty()) {
            member.names().forEach(state.putArray("names")::add);
        }
        state.put("country", member.country());
        state.put("from", member.from().toString());
        if (member.until() != null) {
            state.put("until", member.until().toString());
        }
        return state;
    }
}
