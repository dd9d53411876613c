package org.voyage.feeds.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.InstantFormat;

/** Makes the bytes of an event: a structured CloudEvent. */
final class FeedEventBody {

    private FeedEventBody() {}

    /** Returns the body of an event. */
    static byte[] write(
            String feed,
            FeedPosition position,
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            byte[] digest,
            byte[] chain,
            JsonNode data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0");
        event.put("id", position.text());
        event.put("source", "/voyage/feeds/" + feed);
        event.put("type", typeOf(kind, record));
        if (record != null) {
            event.put("subject", record.wireName() + "/" + outsideId);
        }
        event.put("time", InstantFormat.formatInstant(time));
        event.put("datacontenttype", "application/json");
        event.put("dataschema", schemaOf(kind, record));
        event.put("sequence", FeedPosition.formatSequence(position.sequence()));
        event.put("epoch", Integer.toString(position.epoch()));
        event.put("digest", HashChain.format(digest));
        event.put("chain", HashChain.format(chain));
        event.set("data", data);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the body of a numbered event whose data the reader may no longer see: all the rest is the same. */
    static byte[] writeWithheld(FeedEvent event) {
        return write(
                event.feed(),
                event.position(),
                event.kind(),
                event.record(),
                event.outsideId(),
                event.time(),
                event.digest(),
                event.chain(),
                JsonNodeFactory.instance.objectNode().put("withheld", true));
    }

    private static String typeOf(FeedEventKind kind, @Nullable FeedRecord record) {
        return "org.voyage.feed." + (record == null ? "" : record.wireName() + ".") + kind.wireName() + ".v1";
    }

    private static String schemaOf(FeedEventKind kind, @Nullable FeedRecord record) {
        return "urn:voyage:feeds:" + (record == null ? kind.wireName() : record.wireName()) + ":v1";
    }
}
