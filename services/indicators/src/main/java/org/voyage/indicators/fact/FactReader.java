package org.voyage.indicators.fact;

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
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.VersionOrder;

/**
 * Reader of the JSON of one event. It is strict about the members that the figures need and skips all others. Not for
 * use by several threads.
 */
public final class FactReader {

    private static final List<String> CHANGE_KINDS =
            List.of("created", "corrected", "withdrawn", "restored", "republished");

    /** No service has a key of more than 123 characters; an index of the evidence allows 2,700 bytes. */
    private static final int MAX_KEY_LENGTH = 500;

    /** Events are UTF-8: the evidence stores slices of their bytes. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RecordLayout layout;
    private final FactStateParser states;

    public FactReader(RecordLayout layout, DictionaryRegistry dictionaries) {
        this.layout = layout;
        this.states = new FactStateParser(layout, dictionaries);
    }

    /**
     * Reads an event.
     *
     * @param key the key of the message; the event must have the same key
     * @throws UnreadableEventException when the bytes are no event of this record type
     */
    public FactEvent readEvent(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEventException {
        return readEnvelope(key, json, 0).toEvent();
    }

    /** Reads the event of a message, in the epoch of the message. */
    public FactEvent readEvent(LogMessage message) throws UnreadableEventException {
        return readEnvelope(message.key(), message.value(), message.epoch()).toEvent();
    }

    /** Reads as {@link #readEvent}, and adds the slices of the state and the cause in the array behind the bytes. */
    public EventSlices readSlices(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEventException {
        return readEnvelope(key, json, 0).toSlices();
    }

    /** Reads as {@link #readEvent(LogMessage)}, with the slices. */
    public EventSlices readSlices(LogMessage message) throws UnreadableEventException {
        return readEnvelope(message.key(), message.value(), message.epoch()).toSlices();
    }

    private EventEnvelope readEnvelope(@Nullable String key, @Nullable ByteBuffer json, int epoch)
            throws UnreadableEventException {
        if (key == null) {
            throw new UnreadableEventException("it has no key");
        }
        if (key.length() > MAX_KEY_LENGTH) {
            throw new UnreadableEventException("its key has more than " + MAX_KEY_LENGTH + " characters");
        }
        if (json == null) {
            throw new UnreadableEventException("it has no content");
        }
        try {
            EventEnvelope envelope = new EventEnvelope(key, epoch);
            int from = json.arrayOffset() + json.position();
            readDocument(json.array(), from, json.remaining(), envelope::readMembers)
                    .requireComplete();
            return envelope;
        } catch (IOException e) {
            throw new UnreadableEventException(reason(e));
        }
    }

    /** Reads a state alone, in the format of the evidence. */
    public FactState readState(byte[] json) throws UnreadableEventException {
        try {
            return readDocument(json, 0, json.length, (parser, _) -> {
                parser.nextToken();
                return states.parseState(parser);
            });
        } catch (IOException e) {
            String reason = reason(e);
            throw new UnreadableEventException("the state cannot be read: " + reason, "记录内容无法读取：" + reason);
        }
    }

    /** Reads one JSON value, from before its first token to its last. */
    private interface ValueParser<T> {
        /** @param begin the index of the array at which the parser counts bytes from 0 */
        T read(JsonParser parser, int begin) throws IOException, UnreadableEventException;
    }

    /** @throws UnreadableEventException also when something follows the value */
    private static <T> T readDocument(byte[] json, int from, int length, ValueParser<T> parsing)
            throws IOException, UnreadableEventException {
        int mark = BYTE_ORDER_MARK.length;
        if (length < mark || !Arrays.equals(json, from, from + mark, BYTE_ORDER_MARK, 0, mark)) {
            mark = 0;
        }
        try (JsonParser parser = JSON.createParser(json, from + mark, length - mark)) {
            T value = parsing.read(parser, from + mark);
            if (parser.nextToken() != null) {
                throw new UnreadableEventException("something follows the object");
            }
            return value;
        }
    }

    /** Returns the reason why a document is unreadable, without a position in it. */
    private static String reason(IOException e) {
        String reason = e instanceof JacksonException its ? its.getOriginalMessage() : String.valueOf(e.getMessage());
        if (reason.startsWith("Unexpected end-of-input")) {
            return "it ends too early";
        }
        int place = reason.indexOf("[Source");
        int end = place < 0 ? reason.length() : Math.max(0, reason.lastIndexOf(" (", place));
        return "it is not JSON: " + reason.substring(0, end);
    }

    /** Event with two slices of the array behind its bytes; a slice of length 0 represents null. */
    public record EventSlices(FactEvent event, int stateFrom, int stateTo, int causeFrom, int causeTo) {}

    /** Members of one event that were read so far, in any order. */
    private final class EventEnvelope {
        private final String key;
        private final int epoch;
        private @Nullable String province;
        private @Nullable String sourceId;
        private @Nullable String change;
        private int version;
        private boolean hasAfter;
        private @Nullable FactState state;
        private int stateFrom;
        private int stateTo;
        private int causeFrom;
        private int causeTo;

        EventEnvelope(String key, int epoch) {
            this.key = key;
            this.epoch = epoch;
        }

        EventEnvelope readMembers(JsonParser parser, int begin) throws IOException, UnreadableEventException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEventException("it is not an object");
            }
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                readMember(parser, name, begin);
            }
            return this;
        }

        private void readMember(JsonParser parser, String name, int begin)
                throws IOException, UnreadableEventException {
            switch (name) {
                case "province" -> province = text(parser, name);
                case "sourceId" -> sourceId = text(parser, name);
                case "change" -> change = text(parser, name);
                case "version" -> version = FactStateParser.requireInteger(parser, name);
                case "after" -> {
                    hasAfter = true;
                    stateFrom = begin + (int) parser.currentTokenLocation().getByteOffset();
                    state = parser.currentToken() == JsonToken.VALUE_NULL ? null : states.parseState(parser);
                    stateTo = begin + valueEnd(parser);
                }
                case "cause" -> {
                    causeFrom = begin + (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    causeTo = begin + valueEnd(parser);
                }
                default -> parser.skipChildren();
            }
        }

        /** Returns the index after the value whose last token was read last. */
        private static int valueEnd(JsonParser parser) throws IOException {
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }

        void requireComplete() throws UnreadableEventException {
            if (province == null || sourceId == null || change == null || version < 1 || !hasAfter) {
                throw new UnreadableEventException(
                        "province, sourceId, change, version (1 or more) and after are needed");
            }
            if (!VersionOrder.isValid(epoch, version)) {
                throw new UnreadableEventException("its epoch or its version is too large");
            }
            if (!CHANGE_KINDS.contains(change)) {
                throw new UnreadableEventException("change is \"" + change + "\"");
            }
            if (change.equals("withdrawn") != (state == null) && !change.equals("republished")) {
                throw new UnreadableEventException("change and after contradict each other");
            }
            if (!matchesKey(province, sourceId)) {
                throw new UnreadableEventException("its key is not province/sourceId");
            }
        }

        FactEvent toEvent() {
            return new FactEvent(
                    layout.record(), key, VersionOrder.toOrder(epoch, version), Objects.requireNonNull(change), state);
        }

        EventSlices toSlices() {
            return state == null
                    ? new EventSlices(toEvent(), 0, 0, causeFrom, causeTo)
                    : new EventSlices(toEvent(), stateFrom, stateTo, causeFrom, causeTo);
        }

        /** Returns whether the key is {@code province/sourceId}. */
        private boolean matchesKey(String province, String sourceId) {
            return !province.isEmpty()
                    && !sourceId.isEmpty()
                    && key.indexOf('/') == province.length()
                    && key.length() == province.length() + 1 + sourceId.length()
                    && key.startsWith(province)
                    && key.endsWith(sourceId)
                    && key.chars().noneMatch(character -> character < ' ');
        }
    }

    private static String text(JsonParser parser, String name) throws IOException, UnreadableEventException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEventException(name + " is not a text");
        }
        return parser.getText();
    }
}
