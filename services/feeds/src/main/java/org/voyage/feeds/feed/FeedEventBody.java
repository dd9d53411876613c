package org.voyage.feeds.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.reference.InstantFormat;

/** Makes the bytes of an event: a structured CloudEvent, whose data are in canonical form. */
final class FeedEventBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BEGIN = "{\"specversion\":\"1.0\",\"op\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = ",\"data\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WITHHELD_DATA = "{\"withheld\":true}".getBytes(StandardCharsets.US_ASCII);

    private FeedEventBody() {}

    /**
     * Returns the body of an event.
     *
     * @param data canonical JSON, over which the digest is: a reader may hash the bytes that it gets
     */
    static byte[] write(
            String feed,
            FeedPosition position,
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            byte[] digest,
            byte[] chain,
            byte[] data) {
        return write(kind.operation(), feed, position, kind, record, outsideId, time, digest, chain, data);
    }

    private static byte[] write(
            String operation,
            String feed,
            FeedPosition position,
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            byte[] digest,
            byte[] chain,
            byte[] data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0");
        event.put("op", operation);
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
        byte[] envelope = event.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(envelope.length + DATA.length + data.length)
                .put(envelope, 0, envelope.length - 1)
                .put(DATA)
                .put(data)
                .put((byte) '}')
                .array();
    }

    /** Returns the body of a numbered event whose data the reader may no longer see: number, digest and chain stay. */
    static byte[] writeWithheld(FeedEvent event) {
        return write(event, FeedEventKind.DELETE, WITHHELD_DATA);
    }

    /** Returns the stored body of an event; that of an event of 0.2.0 in the present form, with the same digest. */
    static byte[] toPresentForm(FeedEvent event) {
        byte[] body = event.body();
        if (body.length > BEGIN.length && Arrays.equals(body, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return body;
        }
        return write(event, event.kind().operation(), CanonicalJson.encode(readData(body)));
    }

    private static byte[] write(FeedEvent event, String operation, byte[] data) {
        return write(
                operation,
                event.feed(),
                event.position(),
                event.kind(),
                event.record(),
                event.outsideId(),
                event.time(),
                event.digest(),
                event.chain(),
                data);
    }

    private static JsonNode readData(byte[] body) {
        try {
            return JSON.readTree(body).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("not the JSON that was stored", e);
        }
    }

    private static String typeOf(FeedEventKind kind, @Nullable FeedRecord record) {
        return "org.voyage.feed." + (record == null ? "" : record.wireName() + ".") + kind.wireName() + ".v1";
    }

    private static String schemaOf(FeedEventKind kind, @Nullable FeedRecord record) {
        return "urn:voyage:feeds:" + (record == null ? kind.wireName() : record.wireName()) + ":v1";
    }
}
