package org.voyage.indicators.feature.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.feature.values.OutsideValueReader.OutsideValues;
import org.voyage.indicators.feature.values.OutsideValueStore.SentValue;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutboxRelay;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.reference.InstantFormat;

/**
 * Publisher of the events {@code org.voyage.indicator.changed.v1}: compares the present values that readers outside see
 * of whole figures with the values sent last. No other value can leave. Only the instance whose relay leads publishes. If
 * it has read less of the log than the last sender, it publishes nothing.
 */
@ApplicationScoped
class IndicatorEventPublisher {

    static final String TOPIC = "indicators.indicator";
    static final String RECORD = "indicator";
    /** Province of events that no bureau owns (contracts/reference/provinces.csv). */
    static final String NATIONAL = "00";

    private static final String TYPE = "org.voyage.indicator.changed.v1";
    private static final String SERVICE_ACTOR = "indicators";
    private static final String NO_LONGER_SHOWN = "no longer shown outside";

    private final FigureCatalogue catalogue;
    private final OutsideValueReader reader;
    private final OutsideValueStore store;
    private final LiveFiguresUpdater live;
    private final OutboxRelay relay;
    private final Outbox outbox;
    private final Clock clock;

    IndicatorEventPublisher(
            FigureCatalogue catalogue,
            OutsideValueReader reader,
            OutsideValueStore store,
            LiveFiguresUpdater live,
            OutboxRelay relay,
            Outbox outbox,
            Clock clock) {
        this.catalogue = catalogue;
        this.reader = reader;
        this.store = store;
        this.live = live;
        this.relay = relay;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(
            every = "${voyage.indicators.events.every:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void publishOnSchedule() {
        if (relay.isLeading() && live.hasCaughtUp()) {
            publishChanges();
        }
    }

    /** Publishes the values that changed since the last time, and returns the number of events. */
    int publishChanges() {
        Map<String, OutsideValues> now = new TreeMap<>();
        Set<String> known = new HashSet<>();
        for (Figure figure : catalogue.figures()) {
            known.add(figure.code());
            reader.readValues(figure).ifPresent(values -> now.put(figure.code(), values));
        }
        return QuarkusTransaction.requiringNew().call(() -> appendChanges(now, known));
    }

    private int appendChanges(Map<String, OutsideValues> now, Set<String> known) {
        store.lock();
        Map<String, Map<String, Long>> positions = store.loadPositions();
        Map<String, SentValue> sent = store.loadAll();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<OutgoingEvent> events = new ArrayList<>();
        now.forEach((figure, values) -> {
            if (!values.includes(positions.getOrDefault(figure, Map.of()))) {
                return;
            }
            int before = events.size();
            Set<String> ids = new TreeSet<>(values.bySourceId().keySet());
            sent.keySet().stream()
                    .filter(id -> OutsideValue.figureOf(id).equals(figure))
                    .forEach(ids::add);
            ids.forEach(id -> appendChange(id, sent.get(id), values.bySourceId().get(id), at, events));
            if (events.size() > before) {
                store.storePosition(figure, values.position());
            }
        });
        sent.keySet().stream()
                .filter(id -> known.contains(OutsideValue.figureOf(id)) && !now.containsKey(OutsideValue.figureOf(id)))
                .forEach(id -> appendChange(id, sent.get(id), null, at, events));
        if (!events.isEmpty()) {
            outbox.appendEvents(events);
        }
        return events.size();
    }

    private void appendChange(
            String sourceId,
            @Nullable SentValue sent,
            @Nullable OutsideValue value,
            Instant at,
            List<OutgoingEvent> events) {
        JsonNode before = sent == null ? null : sent.state();
        ObjectNode after = value == null ? null : value.toState();
        if (after == null ? before == null : before != null && isSame(before, after)) {
            return;
        }
        int version = sent == null ? 1 : sent.version() + 1;
        String change =
                after == null ? "withdrawn" : before != null ? "corrected" : version == 1 ? "created" : "restored";
        String causeId = value == null || value.release() == null ? "count" : "release-" + value.release();
        events.add(toEvent(
                sourceId,
                version,
                change,
                new EventCause("request", causeId, SERVICE_ACTOR, after == null ? NO_LONGER_SHOWN : null),
                before,
                after,
                at));
        store.store(new SentValue(sourceId, version, after));
    }

    /** Numbers of one value may have another type once they were stored. */
    private static boolean isSame(JsonNode before, JsonNode after) {
        return before.toString().length() == after.toString().length()
                && after.properties().stream()
                        .allMatch(field -> before.path(field.getKey())
                                .asText()
                                .equals(field.getValue().asText()));
    }

    /** Cause of an event. @param reason of a withdrawal */
    record EventCause(
            String kind, String id, String actor, @Nullable String reason) {}

    static OutgoingEvent toEvent(
            String sourceId,
            int version,
            String change,
            EventCause cause,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            Instant at) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("province", NATIONAL);
        data.put("sourceId", sourceId);
        data.put("version", version);
        data.put("change", change);
        data.putObject("cause")
                .put("kind", cause.kind())
                .put("id", cause.id())
                .put("actor", cause.actor())
                .put("reason", cause.reason());
        data.put("recordedAt", InstantFormat.formatInstant(at));
        data.set("before", before);
        data.set("after", after);
        return new OutgoingEvent(TOPIC, NATIONAL + "/" + sourceId, UUID.randomUUID(), TYPE, at, data.toString());
    }
}
