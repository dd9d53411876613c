package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of one event strictly where the figures depend on it and skips the rest unread. Not for use by several
 * threads.
 */
public final class FactReader {

    private static final List<String> CHANGES = List.of("created", "corrected", "withdrawn", "restored", "republished");

    /** No service has one of more than 123 characters; an index of the evidence takes 2,700 bytes. */
    private static final int LONGEST_KEY = 500;

    /** Events are UTF-8: the evidence keeps slices of their bytes. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RecordLayout layout;
    private final StateReader states;

    public FactReader(RecordLayout layout, Dictionaries dictionaries) {
        this.layout = layout;
        this.states = new StateReader(layout, dictionaries);
    }

    /**
     * @param key the key of the message; the event must be about it
     * @throws UnreadableEvent when the bytes are no event of this record type
     */
    public FactEvent read(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEvent {
        return readEnvelope(key, json).event();
    }

    /** Reads as {@link #read}, and adds where in the array behind the bytes the state and the cause are. */
    public Parts readParts(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEvent {
        return readEnvelope(key, json).parts();
    }

    private Envelope readEnvelope(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEvent {
        if (key == null) {
            throw new UnreadableEvent("it has no key");
        }
        if (key.length() > LONGEST_KEY) {
            throw new UnreadableEvent("its key has more than " + LONGEST_KEY + " characters");
        }
        if (json == null) {
            throw new UnreadableEvent("it has no content");
        }
        try {
            Envelope envelope = new Envelope(key);
            int from = json.arrayOffset() + json.position();
            readDocument(json.array(), from, json.remaining(), envelope::read).check();
            return envelope;
        } catch (IOException e) {
            throw new UnreadableEvent(reason(e));
        }
    }

    /** Reads a state alone, as the evidence keeps it. */
    public FactState readState(byte[] json) throws UnreadableEvent {
        try {
            return readDocument(json, 0, json.length, (parser, _) -> {
                parser.nextToken();
                return states.read(parser);
            });
        } catch (IOException e) {
            String reason = reason(e);
            throw new UnreadableEvent("the state cannot be read: " + reason, "记录内容无法读取：" + reason);
        }
    }

    /** Reads one JSON value, from before its first token to its last. */
    private interface ValueParser<T> {
        /** @param begin the index of the array at which the parser counts bytes from 0 */
        T read(JsonParser parser, int begin) throws IOException, UnreadableEvent;
    }

    /** @throws UnreadableEvent also when something follows the value */
    private static <T> T readDocument(byte[] json, int from, int length, ValueParser<T> parsing)
            throws IOException, UnreadableEvent {
        int mark = BYTE_ORDER_MARK.length;
        if (length < mark || !Arrays.equals(json, from, from + mark, BYTE_ORDER_MARK, 0, mark)) {
            mark = 0;
        }
        try (JsonParser parser = JSON.createParser(json, from + mark, length - mark)) {
            T value = parsing.read(parser, from + mark);
            if (parser.nextToken() != null) {
                throw new UnreadableEvent("something follows the object");
            }
            return value;
        }
    }

    /** Why a document cannot be read, without a place in it. */
    private static String reason(IOException e) {
        String reason = e instanceof JacksonException its ? its.getOriginalMessage() : String.valueOf(e.getMessage());
        if (reason.startsWith("Unexpected end-of-input")) {
            return "it ends too early";
        }
        int place = reason.indexOf("[Source");
        int end = place < 0 ? reason.length() : Math.max(0, reason.lastIndexOf(" (", place));
        return "it is not JSON: " + reason.substring(0, end);
    }

    /** An event and two slices of the array behind its bytes; a slice of length 0 stands for null. */
    public record Parts(FactEvent event, int stateFrom, int stateTo, int causeFrom, int causeTo) {}

    /** What is collected of one event while its members pass by, in whatever order. */
    private final class Envelope {
        private final String key;
        private @Nullable String province;
        private @Nullable String sourceId;
        private @Nullable String change;
        private int version;
        private boolean after;
        private @Nullable FactState state;
        private int stateFrom;
        private int stateTo;
        private int causeFrom;
        private int causeTo;

        Envelope(String key) {
            this.key = key;
        }

        Envelope read(JsonParser parser, int begin) throws IOException, UnreadableEvent {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEvent("it is not an object");
            }
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                member(parser, name, begin);
            }
            return this;
        }

        private void member(JsonParser parser, String name, int begin) throws IOException, UnreadableEvent {
            switch (name) {
                case "province" -> province = text(parser, name);
                case "sourceId" -> sourceId = text(parser, name);
                case "change" -> change = text(parser, name);
                case "version" -> version = StateReader.wholeNumber(parser, name);
                case "after" -> {
                    after = true;
                    stateFrom = begin + (int) parser.currentTokenLocation().getByteOffset();
                    state = parser.currentToken() == JsonToken.VALUE_NULL ? null : states.read(parser);
                    stateTo = begin + end(parser);
                }
                case "cause" -> {
                    causeFrom = begin + (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    causeTo = begin + end(parser);
                }
                default -> parser.skipChildren();
            }
        }

        /** The byte after the value whose last token was read last. */
        private static int end(JsonParser parser) throws IOException {
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }

        void check() throws UnreadableEvent {
            if (province == null || sourceId == null || change == null || version < 1 || !after) {
                throw new UnreadableEvent("province, sourceId, change, version (1 or more) and after are needed");
            }
            if (!CHANGES.contains(change)) {
                throw new UnreadableEvent("change is \"" + change + "\"");
            }
            if (change.equals("withdrawn") != (state == null) && !change.equals("republished")) {
                throw new UnreadableEvent("change and after contradict each other");
            }
            if (!isKey(province, sourceId)) {
                throw new UnreadableEvent("its key is not province/sourceId");
            }
        }

        FactEvent event() {
            return new FactEvent(layout.record(), key, version, Objects.requireNonNull(change), state);
        }

        Parts parts() {
            return state == null
                    ? new Parts(event(), 0, 0, causeFrom, causeTo)
                    : new Parts(event(), stateFrom, stateTo, causeFrom, causeTo);
        }

        /** Whether the key is {@code province/sourceId}. */
        private boolean isKey(String province, String sourceId) {
            return !province.isEmpty()
                    && !sourceId.isEmpty()
                    && key.indexOf('/') == province.length()
                    && key.equals(province + "/" + sourceId)
                    && key.chars().noneMatch(character -> character < ' ');
        }
    }

    private static String text(JsonParser parser, String name) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEvent(name + " is not a text");
        }
        return parser.getText();
    }
}
