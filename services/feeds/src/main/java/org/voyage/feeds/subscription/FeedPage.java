package org.voyage.feeds.subscription;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Page of a feed, encoded as server-sent events. Streams share its bytes.
 *
 * @param chunks in order; none at the end of the log
 */
record FeedPage(List<PageChunk> chunks) {

    static final FeedPage EMPTY = new FeedPage(List.of());

    private static final int MAX_CHUNK_BYTES = 16 * 1024;
    private static final byte[] ID = "id:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME = "\nevent:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "\ndata:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Part of a page that is written at once.
     *
     * @param bytes of whole events, some 16 KB if several fit; never changed
     * @param last position of the last of them
     */
    record PageChunk(Buffer bytes, FeedPosition last) {}

    /** Encodes messages. A body has no line break, because it is JSON without layout. */
    static FeedPage encode(List<FeedMessage> messages) {
        List<PageChunk> chunks = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_CHUNK_BYTES);
        for (int i = 0; i < messages.size(); i++) {
            FeedMessage message = messages.get(i);
            bytes.writeBytes(ID);
            bytes.writeBytes(message.position().text().getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(NAME);
            bytes.writeBytes(message.kind().getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(DATA);
            bytes.writeBytes(message.body());
            bytes.writeBytes(END);
            if (i == messages.size() - 1 || bytes.size() + messages.get(i + 1).body().length > MAX_CHUNK_BYTES) {
                chunks.add(new PageChunk(Buffer.buffer(bytes.toByteArray()), message.position()));
                bytes.reset();
            }
        }
        return new FeedPage(List.copyOf(chunks));
    }

    /** Returns the number of bytes. */
    int size() {
        return chunks.stream().mapToInt(chunk -> chunk.bytes().length()).sum();
    }
}
