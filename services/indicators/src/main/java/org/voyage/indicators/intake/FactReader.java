package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of one event strictly where the figures depend on it and skips the rest unread. Not for use by several
 * threads.
 */
public final class FactReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> CHANGES = Set.of("created", "corrected", "withdrawn", "restored", "republished");

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
    public FactEvent read(@Nullable String key, byte @Nullable [] json) throws UnreadableEvent {
        return readParts(key, json).event();
    }

    /** As {@link #read}, and where in the bytes the state and the cause stand. */
    public Parts readParts(@Nullable String key, byte @Nullable [] json) throws UnreadableEvent {
        if (key == null) {
            throw new UnreadableEvent("it has no key");
        }
        if (json == null) {
            throw new UnreadableEvent("it has no content");
        }
        try (JsonParser parser = JSON.createParser(json)) {
            Envelope envelope = new Envelope();
            envelope.read(parser);
            return envelope.finish(key);
        } catch (JacksonException e) {
            throw new UnreadableEvent("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableEvent("it is not JSON: " + e.getMessage());
        }
    }

    /** Reads a state alone, as the evidence keeps it. */
    public FactState readState(byte[] json) throws UnreadableEvent {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return states.read(parser);
        } catch (IOException e) {
            throw new UnreadableEvent("the state is not JSON: " + e.getMessage(), "记录内容不是 JSON：" + e.getMessage());
        }
    }

    /**
     * An event and two slices of its bytes; a slice of length 0 stands for null.
     */
    public record Parts(FactEvent event, int stateFrom, int stateTo, int causeFrom, int causeTo) {}

    /** What is collected of one event while its members pass by, in whatever order. */
    private final class Envelope {
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

        void read(JsonParser parser) throws IOException, UnreadableEvent {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEvent("it is not an object");
            }
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                member(parser, name);
            }
            if (parser.nextToken() != null) {
                throw new UnreadableEvent("something follows the object");
            }
        }

        private void member(JsonParser parser, String name) throws IOException, UnreadableEvent {
            switch (name) {
                case "province" -> province = text(parser, name);
                case "sourceId" -> sourceId = text(parser, name);
                case "change" -> change = text(parser, name);
                case "version" -> version = StateReader.wholeNumber(parser, name);
                case "after" -> {
                    after = true;
                    stateFrom = (int) parser.currentTokenLocation().getByteOffset();
                    state = parser.currentToken() == JsonToken.VALUE_NULL ? null : states.read(parser);
                    stateTo = (int) parser.currentLocation().getByteOffset();
                }
                case "cause" -> {
                    causeFrom = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    causeTo = (int) parser.currentLocation().getByteOffset();
                }
                default -> parser.skipChildren();
            }
        }

        Parts finish(String key) throws UnreadableEvent {
            if (province == null || sourceId == null || change == null || version < 1 || !after) {
                throw new UnreadableEvent("province, sourceId, change, version (1 or more) and after are needed");
            }
            if (!CHANGES.contains(change)) {
                throw new UnreadableEvent("change is \"" + change + "\"");
            }
            if (change.equals("withdrawn") != (state == null) && !change.equals("republished")) {
                throw new UnreadableEvent("change and after contradict each other");
            }
            if (!isKeyOf(key, province, sourceId)) {
                throw new UnreadableEvent("its key is not province/sourceId");
            }
            FactEvent event = new FactEvent(layout.record(), key, version, change, state);
            return state == null
                    ? new Parts(event, 0, 0, causeFrom, causeTo)
                    : new Parts(event, stateFrom, stateTo, causeFrom, causeTo);
        }
    }

    private static boolean isKeyOf(String key, String province, String sourceId) {
        if (key.length() != province.length() + 1 + sourceId.length()
                || key.charAt(province.length()) != '/'
                || province.isEmpty()
                || sourceId.isEmpty()
                || province.indexOf('/') >= 0
                || !key.startsWith(province)
                || !key.endsWith(sourceId)) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    private static String text(JsonParser parser, String name) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEvent(name + " is not a text");
        }
        return parser.getText();
    }
}
