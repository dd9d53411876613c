package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.reference.InstantFormat;

/** Publisher of the outcome of a file, in numbers, within the transaction that ends the batch. */
@ApplicationScoped
class BatchEventPublisher {

    private static final String COLUMNS =
            "id, province, record, mode, dry_run, actor, state, failure, rows_read, created, corrected, unchanged,"
                    + " withdrawn, parked, refused, warned, started_at, finished_at,"
                    + " (select json_agg(json_strip_nulls(json_build_object('year', nullif(y.year, 0), 'received', y.received,"
                    + " 'parked', y.parked, 'refused', y.refused)) order by y.year)"
                    + " from batch_year y where y.batch_id = batch.id) as years";

    /** Condition and returning clause of an update that ends a batch, unless it has ended. */
    static final String ENDING_SQL = " and state in ('RECEIVING', 'RUNNING') returning " + COLUMNS;

    /** Query for ended batches. */
    static final String ENDED_BATCHES_SQL = "select " + COLUMNS + " from batch";

    private static final String EVENT_TYPE = "org.voyage.batch.changed.v1";
    private static final List<String> COUNT_FIELDS =
            List.of("rows", "created", "corrected", "unchanged", "withdrawn", "parked", "refused", "warned");

    private final Outbox outbox;
    private final String topic;

    BatchEventPublisher(Outbox outbox, OutboxConfig config) {
        this.outbox = outbox;
        this.topic = config.service() + ".batch";
    }

    /** Appends the event of a batch that has just ended. A dry run, which stores nothing, has no event. */
    void publishEnded(ResultSet batch) throws SQLException {
        if (batch.getBoolean("dry_run")) {
            return;
        }
        ObjectNode cause = causeJson("batch", batch.getObject("id", UUID.class), batch.getString("actor"));
        outbox.appendEvents(List.of(toEvent(batch, "created", cause, false)));
    }

    /** Returns the event of an ended batch for a republication. */
    OutgoingEvent republishedEvent(ResultSet batch, UUID republication, String actor) throws SQLException {
        return toEvent(batch, "republished", causeJson("republication", republication, actor), true);
    }

    private static ObjectNode causeJson(String kind, UUID id, String actor) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("id", id.toString())
                .put("actor", actor)
                .putNull("reason");
    }

    private OutgoingEvent toEvent(ResultSet batch, String change, ObjectNode cause, boolean before)
            throws SQLException {
        String id = batch.getObject("id", UUID.class).toString();
        String province = batch.getString("province");
        Instant finished = batch.getTimestamp("finished_at").toInstant();
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("province", province)
                .put("sourceId", id)
                .put("version", 1)
                .put("change", change);
        data.set("cause", cause);
        data.put("recordedAt", InstantFormat.formatInstant(finished));
        data.set("before", before ? stateJson(batch, finished) : NullNode.instance);
        data.set("after", stateJson(batch, finished));
        return new OutgoingEvent(topic, province + "/" + id, UUID.randomUUID(), EVENT_TYPE, finished, data.toString());
    }

    private static ObjectNode stateJson(ResultSet batch, Instant finished) throws SQLException {
        ObjectNode state = JsonNodeFactory.instance
                .objectNode()
                .put("record", batch.getString("record"))
                .put("mode", toWireName(batch.getString("mode")))
                .put("state", toWireName(batch.getString("state")));
        if (batch.getString("failure") != null) {
            state.put("failure", batch.getString("failure"));
        }
        ObjectNode counts = state.putObject("counts");
        for (String count : COUNT_FIELDS) {
            counts.put(count, batch.getLong(count.equals("rows") ? "rows_read" : count));
        }
        String years = batch.getString("years");
        if (years != null) {
            state.set("years", parseJson(years));
        }
        return state.put(
                        "startedAt",
                        InstantFormat.formatInstant(
                                batch.getTimestamp("started_at").toInstant()))
                .put("finishedAt", InstantFormat.formatInstant(finished));
    }

    private static JsonNode parseJson(String json) {
        try {
            return FindingsJson.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String toWireName(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
