package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents in UTF-8, one after the other through one parser: to make one for each takes as long as a part of the
 * reading, and the collector has to clear it away. The parser is one that can be fed; what ends too early is no document.
 * For one thread.
 */
final class Documents {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** What a byte order mark begins with. A parser that was fed before would not take it, a new one does. */
    private static final byte MARK = (byte) 0xEF;

    private @Nullable JsonParser parser;
    private ByteBuffer document = NOTHING;
    /** What the parser had read before the document. */
    private long before;

    /** A parser before the first token of a document. Either {@link #end} or {@link #giveUp} has to follow. */
    JsonParser begin(ByteBuffer json) throws IOException {
        JsonParser its = parser;
        if (its == null || json.hasRemaining() && json.get(json.position()) == MARK) {
            its = JSON.createNonBlockingByteArrayParser();
            before = 0;
        }
        parser = its;
        document = json;
        int from = json.arrayOffset() + json.position();
        ((ByteArrayFeeder) its.getNonBlockingInputFeeder()).feedInput(json.array(), from, from + json.remaining());
        return its;
    }

    /**
     * To be called at the end of its value.
     *
     * @throws UnreadableEvent when something follows
     */
    void end() throws IOException, UnreadableEvent {
        JsonParser its = Objects.requireNonNull(parser, "nothing was begun");
        if (!its.getNonBlockingInputFeeder().needMoreInput()) {
            endInSpace(its);
        }
        before += document.remaining();
        document = NOTHING;
    }

    private void endInSpace(JsonParser its) throws IOException, UnreadableEvent {
        for (int i = ended(its); i < document.arrayOffset() + document.limit(); i++) {
            switch (document.array()[i]) {
                case ' ', '\t', '\r', '\n' -> {}
                default -> throw new UnreadableEvent("something follows the object");
            }
        }
        if (its.nextToken() != JsonToken.NOT_AVAILABLE) {
            throw new IllegalStateException("white space is no token");
        }
    }

    /** The rest of the document is of no use, and so is its parser. */
    void giveUp() {
        parser = null;
    }

    /** Where in the array the value begins whose first token was read last. */
    int begun(JsonParser its) {
        return place(its.currentTokenLocation().getByteOffset()) - 1;
    }

    /** Where in the array the value has ended whose last token was read last. */
    int ended(JsonParser its) {
        return place(its.currentLocation().getByteOffset());
    }

    private int place(long read) {
        return document.arrayOffset() + document.position() + (int) (read - before);
    }
}
