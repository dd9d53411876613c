package org.voyage.feeds.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.ScopedRecordReader.ScopedRecord;

/**
 * Message of a topic of states.
 *
 * @param outsideId of the record: the key
 * @param value item of a snapshot, UTF-8 JSON; null for a record that its reader is to delete
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StateMessage(String outsideId, byte @Nullable [] value) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the message that a record needs. */
    static StateMessage ofRecord(ScopedRecord record) {
        return of(record.outsideId(), record.name(), record.state());
    }

    /** Returns the message for a record that is not in scope. */
    static StateMessage ofGone(String outsideId) {
        return new StateMessage(outsideId, null);
    }

    /** Returns the message that follows from an event; empty for an event of no record. */
    static Optional<StateMessage> ofEvent(FeedMessage event) {
        if (event.orderKey().isEmpty()) {
            return Optional.empty();
        }
        if (FeedEventKind.of(event.kind()).hasState()) {
            JsonNode data = parse(event.body()).path("data");
            if (data.has("state")) {
                return Optional.of(of(event.orderKey(), data.path("record").asText(), data.path("state")));
            }
        }
        return Optional.of(ofGone(event.orderKey()));
    }

    private static StateMessage of(String outsideId, String name, JsonNode state) {
        String item = JsonNodeFactory.instance
                .objectNode()
                .put("record", name)
                .set("state", state)
                .toString();
        return new StateMessage(outsideId, item.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not the JSON that was stored", e);
        }
    }
}
