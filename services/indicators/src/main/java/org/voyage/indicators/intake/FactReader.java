package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of one event strictly where the figures depend on it and skips the rest unread. Not for use by several
 * threads.
 */
public final class FactReader {

    private static final List<String> CHANGES = List.of("created", "corrected", "withdrawn", "restored", "republished");

    private static final int ABSENT = -2;
    private static final int OTHER = -1;
    /** No service has one of more than 123 characters; an index of the evidence takes 2,700 bytes. */
    private static final int LONGEST_KEY = 500;

    private final RecordLayout layout;
    private final StateReader states;
    private final Documents documents = new Documents();

    public FactReader(RecordLayout layout, Dictionaries dictionaries) {
        this.layout = layout;
        this.states = new StateReader(layout, dictionaries);
    }

    /**
     * @param key the key of the message; the event must be about it
     * @throws UnreadableEvent when the bytes are no event of this record type
     */
    public FactEvent read(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEvent {
        return read(key, json, false).event();
    }

    /** As {@link #read}, and where in the array behind the bytes the state and the cause stand. */
    public Parts readParts(@Nullable String key, @Nullable ByteBuffer json) throws UnreadableEvent {
        return read(key, json, true).parts();
    }

    private Envelope read(@Nullable String key, @Nullable ByteBuffer json, boolean parts) throws UnreadableEvent {
        if (key == null) {
            throw new UnreadableEvent("it has no key");
        }
        if (key.length() > LONGEST_KEY) {
            throw new UnreadableEvent("its key has more than " + LONGEST_KEY + " characters");
        }
        if (json == null) {
            throw new UnreadableEvent("it has no content");
        }
        Envelope envelope = new Envelope(key, parts);
        try {
            documents.read(json.array(), json.arrayOffset() + json.position(), json.remaining(), envelope::read);
        } catch (IOException e) {
            throw new UnreadableEvent(documents.reason(e));
        }
        envelope.check();
        return envelope;
    }

    /** Reads a state alone, as the evidence keeps it. */
    public FactState readState(byte[] json) throws UnreadableEvent {
        try {
            return documents.read(json, 0, json.length, parser -> {
                parser.nextToken();
                return states.read(parser);
            });
        } catch (IOException e) {
            String reason = documents.reason(e);
            throw new UnreadableEvent("the state cannot be read: " + reason, "记录内容无法读取：" + reason);
        }
    }

    /** An event and two slices of the array behind its bytes; a slice of length 0 stands for null. */
    public record Parts(FactEvent event, int stateFrom, int stateTo, int causeFrom, int causeTo) {}

    /** What is collected of one event while its members pass by, in whatever order. */
    private final class Envelope {
        private final String key;
        private final boolean parts;
        /** How many characters the province has, if the key begins with it. */
        private int province = ABSENT;
        /** How many characters the sourceId has, if the key ends with it. */
        private int sourceId = ABSENT;

        private @Nullable String change;
        private int version;
        private boolean after;
        private @Nullable FactState state;
        private int stateFrom;
        private int stateTo;
        private int causeFrom;
        private int causeTo;

        Envelope(String key, boolean parts) {
            this.key = key;
            this.parts = parts;
        }

        Envelope read(JsonParser parser) throws IOException, UnreadableEvent {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEvent("it is not an object");
            }
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                member(parser, name);
            }
            return this;
        }

        private void member(JsonParser parser, String name) throws IOException, UnreadableEvent {
            switch (name) {
                case "province" -> province = ofKey(parser, name, true);
                case "sourceId" -> sourceId = ofKey(parser, name, false);
                case "change" -> change = change(parser);
                case "version" -> version = StateReader.wholeNumber(parser, name);
                case "after" -> {
                    after = true;
                    stateFrom = begin(parser);
                    state = parser.currentToken() == JsonToken.VALUE_NULL ? null : states.read(parser);
                    stateTo = end(parser);
                }
                case "cause" -> {
                    causeFrom = begin(parser);
                    parser.skipChildren();
                    causeTo = end(parser);
                }
                default -> parser.skipChildren();
            }
        }

        /** To be told makes objects, so who does not want to know is not. */
        private int begin(JsonParser parser) {
            return parts ? documents.begun(parser) : 0;
        }

        private int end(JsonParser parser) throws IOException {
            return parts ? documents.ended(parser) : 0;
        }

        private int ofKey(JsonParser parser, String name, boolean begins) throws IOException, UnreadableEvent {
            requireText(parser, name);
            int length = parser.getTextLength();
            int from = begins ? 0 : key.length() - length;
            return length > 0 && KnownTexts.isAt(parser, key, from) ? length : OTHER;
        }

        void check() throws UnreadableEvent {
            if (province == ABSENT || sourceId == ABSENT || change == null || version < 1 || !after) {
                throw new UnreadableEvent("province, sourceId, change, version (1 or more) and after are needed");
            }
            if (!CHANGES.contains(change)) {
                throw new UnreadableEvent("change is \"" + change + "\"");
            }
            if (change.equals("withdrawn") != (state == null) && !change.equals("republished")) {
                throw new UnreadableEvent("change and after contradict each other");
            }
            if (!isKey()) {
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
        private boolean isKey() {
            if (province < 0
                    || sourceId < 0
                    || key.length() != province + 1 + sourceId
                    || key.indexOf('/') != province) {
                return false;
            }
            for (int i = 0; i < key.length(); i++) {
                if (key.charAt(i) < ' ') {
                    return false;
                }
            }
            return true;
        }
    }

    private static String change(JsonParser parser) throws IOException, UnreadableEvent {
        requireText(parser, "change");
        for (String change : CHANGES) {
            if (parser.getTextLength() == change.length() && KnownTexts.isAt(parser, change, 0)) {
                return change;
            }
        }
        return parser.getText();
    }

    private static void requireText(JsonParser parser, String name) throws UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEvent(name + " is not a text");
        }
    }
}
