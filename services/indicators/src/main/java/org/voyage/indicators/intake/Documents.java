package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents in UTF-8, one after the other through one parser, for which they are one stream: to make a parser for each
 * takes longer than a part of the reading, and the collector has to clear it away. For one thread.
 */
final class Documents {

    /** What is limited for one document must not be for all of them together, however many one parser reads. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(-1)
                    .maxTokenCount(-1)
                    .build())
            .build();
    /** From its first four bytes a parser takes the encoding. These can be UTF-8 alone, whatever comes after them. */
    private static final byte[] FIRST = {'[', ' ', ' ', ']'};

    private static final byte[] NOTHING = {};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Source source = new Source();
    private @Nullable JsonParser parser;
    /** Whether the last document that could not be read should have gone on. */
    private boolean early;

    /** Reads the value of one document, from before its first token to its last. */
    interface Reading<T> {
        T of(JsonParser parser) throws IOException, UnreadableEvent;
    }

    /** @throws UnreadableEvent also when something follows the value */
    <T> T read(byte[] json, int from, int length, Reading<T> reading) throws IOException, UnreadableEvent {
        boolean ended = false;
        try {
            JsonParser its = parser();
            int mark = startsWithMark(json, from, length) ? BYTE_ORDER_MARK.length : 0;
            source.give(json, from + mark, length - mark);
            T value = reading.of(its);
            end(its);
            ended = true;
            return value;
        } finally {
            if (!ended) {
                early = source.ranDry();
                // It may stand anywhere, and hold what belongs to no other document.
                parser = null;
                source = new Source();
            }
        }
    }

    /** Why the last document could not be read; without the place, which is that in all documents together. */
    String reason(IOException e) {
        if (early) {
            return "it ends too early";
        }
        String reason = e instanceof JacksonException its ? its.getOriginalMessage() : String.valueOf(e.getMessage());
        int place = reason.indexOf("[Source");
        int end = place < 0 ? reason.length() : Math.max(0, reason.lastIndexOf(" (", place));
        return "it is not JSON: " + reason.substring(0, end);
    }

    private JsonParser parser() throws IOException {
        JsonParser its = parser;
        if (its == null) {
            source.give(FIRST, 0, FIRST.length);
            its = JSON.createParser(source);
            its.nextToken();
            its.nextToken();
            parser = its;
        }
        return its;
    }

    private void end(JsonParser its) throws IOException, UnreadableEvent {
        Blank blank = new Blank();
        its.releaseBuffered(blank);
        source.drain(blank);
        if (blank.isWritten()) {
            throw new UnreadableEvent("something follows the object");
        }
    }

    private static boolean startsWithMark(byte[] json, int from, int length) {
        return length >= BYTE_ORDER_MARK.length
                && json[from] == BYTE_ORDER_MARK[0]
                && json[from + 1] == BYTE_ORDER_MARK[1]
                && json[from + 2] == BYTE_ORDER_MARK[2];
    }

    /** Where in the array the value begins whose first token was read last. */
    int begun(JsonParser its) {
        return source.place(its.currentTokenLocation().getByteOffset());
    }

    /** Where in the array the value has ended whose last token was read last. */
    int ended(JsonParser its) throws IOException {
        its.finishToken();
        return source.place(its.currentLocation().getByteOffset());
    }

    /** What the parser reads from: one document after the other. It ends where a document does that should go on. */
    private static final class Source extends InputStream {
        private byte[] all = NOTHING;
        private int next;
        private int end;
        /** Where in the array the first byte of the stream would be. */
        private long first;
        /** How many bytes the parser has taken. */
        private long given;

        private boolean dry;

        void give(byte[] document, int from, int length) {
            all = document;
            next = from;
            end = from + length;
            first = from - given;
        }

        /** Whether the parser wanted more than there was. */
        boolean ranDry() {
            return dry;
        }

        int place(long read) {
            return (int) (first + read);
        }

        void drain(OutputStream rest) throws IOException {
            if (next < end) {
                rest.write(all, next, end - next);
            }
            all = NOTHING;
            next = 0;
            end = 0;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int most) {
            if (next == end) {
                dry = true;
                return -1;
            }
            int length = Math.min(most, end - next);
            System.arraycopy(all, next, into, at, length);
            next += length;
            given += length;
            return length;
        }
    }

    /** Takes what follows a document, which may be white space only. */
    private static final class Blank extends OutputStream {
        private boolean written;

        boolean isWritten() {
            return written;
        }

        @Override
        public void write(int next) {
            switch (next & 0xFF) {
                case ' ', '\t', '\r', '\n' -> {}
                default -> written = true;
            }
        }
    }
}
