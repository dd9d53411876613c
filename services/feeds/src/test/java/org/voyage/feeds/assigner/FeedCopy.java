package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedLogAppender;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.scope.FeedScope;

/** Copy that a reader makes of the events of a feed, with the checks that a careful reader makes. */
final class FeedCopy {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, JsonNode> states = new TreeMap<>();
    private int read;
    private int epoch = 1;
    private long sequence;
    private byte[] chain = HashChain.start();

    /** Reads the events that are new. */
    void read(FeedLogAppender head, FeedScope scope) {
        List<FeedEvent> events = head.appended();
        for (; read < events.size(); read++) {
            readEvent(parse(events.get(read).body()), events.get(read), scope);
        }
    }

    /** Begins with what a feed that starts now holds for its reader; its events of before are part of it. */
    void begin(Map<String, ReaderCopyRecord> held, FeedLogAppender head) {
        states.clear();
        held.forEach((id, record) -> states.put(record.record().wireName() + "/" + id, parse(record.state())));
        read = head.appended().size();
        epoch = head.epoch();
        sequence = head.nextSequence() - 1;
        chain = head.chain();
    }

    private void readEvent(JsonNode event, FeedEvent stored, FeedScope scope) {
        JsonNode data = event.path("data");
        String kind = data.path("kind").asText();
        if (kind.equals("reset")) {
            epoch++;
            sequence = 0;
            chain = HashChain.start();
            states.clear();
        }
        sequence++;
        require(event.path("id").asText().equals(new FeedPosition(epoch, sequence).text()), "a gap before ", event);
        byte[] digest = HashChain.digestOf(CanonicalJson.encode(data));
        chain = HashChain.append(chain, event.path("id").asText(), digest);
        require(HashChain.format(chain).equals(event.path("chain").asText()), "a broken chain at ", event);
        require(!new String(stored.body(), StandardCharsets.UTF_8).contains("secret-"), "a hidden field in ", event);
        String record = data.path("record").asText();
        switch (kind) {
            case "created", "restored", "entered-scope", "present" -> {
                require(!states.containsKey(record) || kind.equals("present"), "held already ", event);
                begin(record, data.path("state"), event);
                require(
                        stored.dimensions() != null
                                && scope.visibleFields(stored.dimensions())
                                        .filter(fields -> fields.containsAll(stored.fields()))
                                        .isPresent(),
                        "outside the grant ",
                        event);
            }
            case "corrected" -> {
                require(states.containsKey(record), "not held ", event);
                require(!data.path("state").equals(states.get(record)), "nothing has changed ", event);
                begin(record, data.path("state"), event);
            }
            case "withdrawn", "left-scope" -> {
                require(states.remove(record) != null, "not held ", event);
                require(!data.has("state"), "a state in ", event);
                if (data.has("movedTo")) {
                    require(kind.equals("withdrawn"), "a destination in ", event);
                }
                require(
                        states.values().stream()
                                .noneMatch(each ->
                                        record.equals(each.path("standard").asText())),
                        "a standard left before its recognitions ",
                        event);
            }
            default -> require(kind.equals("reset"), "unknown kind ", event);
        }
    }

    private void begin(String record, JsonNode state, JsonNode event) {
        if (state.has("standard")) {
            require(states.containsKey(state.path("standard").asText()), "no standard before ", event);
        }
        states.put(record, state);
    }

    void requireEqual(Map<String, JsonNode> expected) {
        if (!states.equals(expected)) {
            throw new AssertionError("the copy has\n" + states + "\nand not\n" + expected);
        }
    }

    private static void require(boolean condition, String fault, JsonNode event) {
        if (!condition) {
            throw new AssertionError(fault + event);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
