package org.voyage.feeds.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.check.FeedEvidence.AcceptedRequest;
import org.voyage.feeds.check.FeedEvidence.StoredEvent;
import org.voyage.feeds.check.FeedFault.FaultKind;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.FieldClasses;

/**
 * Offline checker of a feed. It knows the rules of the events and nothing of the code that makes them: numbers without
 * gap, digests and chain, order per record, one content per position, scope, and the copy of a reader of all events.
 */
public final class FeedLogChecker {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATABASE = "database";
    private static final String PULL = "pull";
    private static final String TOPIC = "topic";

    private final FeedEvidence evidence;
    private final List<FeedFault> faults = new ArrayList<>();
    private final Map<String, JsonNode> eventsById = new HashMap<>();

    private FeedLogChecker(FeedEvidence evidence) {
        this.evidence = evidence;
    }

    /** Returns the faults; empty when there are none. */
    public static List<FeedFault> findFaults(FeedEvidence evidence) {
        FeedLogChecker checker = new FeedLogChecker(evidence);
        checker.checkStored();
        checker.checkPulled();
        checker.checkTopic();
        evidence.journals().forEach(checker::checkJournal);
        return checker.faults;
    }

    private void report(FaultKind kind, String place, String id) {
        faults.add(new FeedFault(kind, place + " " + id));
    }

    private void checkStored() {
        int epoch = 0;
        long sequence = 0;
        byte[] chain = HashChain.start();
        Map<String, JsonNode> copy = new TreeMap<>();
        for (StoredEvent row : evidence.stored()) {
            JsonNode event = parse(row.body());
            String id = new FeedPosition(row.epoch(), row.sequence()).text();
            if (row.epoch() != epoch) {
                epoch = row.epoch();
                sequence = 0;
                chain = HashChain.start();
            }
            if (row.sequence() != sequence + 1) {
                report(row.sequence() <= sequence ? FaultKind.DOUBLED : FaultKind.MISSING, DATABASE, id);
                chain = null;
            }
            sequence = row.sequence();
            if (!event.path("id").asText().equals(id)) {
                report(FaultKind.TWO_CONTENTS, DATABASE, id);
            }
            JsonNode known = eventsById.putIfAbsent(id, event);
            if (known != null && !known.equals(event)) {
                report(FaultKind.TWO_CONTENTS, DATABASE, id);
            }
            chain = checkChain(row, event, id, chain);
            checkScope(event, DATABASE);
            apply(event, copy);
        }
        Map<String, String> held = evidence.held();
        if (held != null) {
            compareCopy(copy, held);
        }
    }

    /** Returns the chain after the event. @param before null after a gap, where it cannot be followed */
    private byte[] checkChain(StoredEvent row, JsonNode event, String id, byte @Nullable [] before) {
        String digest = event.path("digest").asText();
        byte[] computed = HashChain.digestOf(CanonicalJson.encode(event.path("data")));
        if (!HashChain.format(computed).equals(digest)) {
            report(FaultKind.BROKEN_CHAIN, DATABASE, id + " digest");
        }
        byte[] given = HexFormat.of().parseHex(event.path("chain").asText().substring("sha256:".length()));
        if (!row.chain().equals(event.path("chain").asText())) {
            report(FaultKind.BROKEN_CHAIN, DATABASE, id + " row");
        }
        if (before != null) {
            byte[] digestBytes = HexFormat.of().parseHex(digest.substring("sha256:".length()));
            if (!HashChain.format(HashChain.append(before, id, digestBytes)).equals(HashChain.format(given))) {
                report(FaultKind.BROKEN_CHAIN, DATABASE, id);
            }
            JsonNode data = event.path("data");
            if (data.path("kind").asText().equals("checkpoint")
                    && !(data.path("chain").asText().equals(HashChain.format(before))
                            && data.path("sequence").asLong() == row.sequence() - 1)) {
                report(FaultKind.BROKEN_CHAIN, DATABASE, id + " checkpoint");
            }
        }
        return given;
    }

    private void checkScope(JsonNode event, String place) {
        JsonNode state = event.path("data").path("state");
        String id = event.path("id").asText();
        JsonNode data = event.path("data");
        if (state.isMissingNode()) {
            if (data.has("before")
                    || event.path("data").path("kind").asText().equals("left-scope") && data.has("movedTo")) {
                report(FaultKind.OUT_OF_SCOPE, place, id);
            }
            return;
        }
        FeedRecord record = FeedRecord.of(data.path("record").asText().split("/")[0]);
        Set<String> visible = new TreeSet<>(FieldClasses.visibleFields(record, evidence.grantedFields()));
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            boolean isList =
                    field.getValue().isArray() && field.getValue().path(0).isObject();
            if (!isList && !visible.contains(field.getKey())) {
                report(FaultKind.OUT_OF_SCOPE, place, id + " " + field.getKey());
            }
            if (isList) {
                field.getValue()
                        .forEach(each -> each.fieldNames().forEachRemaining(member -> {
                            if (!visible.contains(field.getKey() + "." + member)) {
                                report(FaultKind.OUT_OF_SCOPE, place, id + " " + field.getKey() + "." + member);
                            }
                        }));
            }
        }
        Set<String> countries = evidence.countries();
        Set<String> named = new HashSet<>();
        for (String field : List.of("hostCountry", "country")) {
            if (state.has(field)) {
                named.add(state.path(field).asText());
            }
        }
        if (countries != null && !named.isEmpty() && named.stream().noneMatch(countries::contains)) {
            report(FaultKind.OUT_OF_SCOPE, place, id + " " + named);
        }
    }

    private static void apply(JsonNode event, Map<String, JsonNode> copy) {
        JsonNode data = event.path("data");
        String record = data.path("record").asText();
        switch (data.path("kind").asText()) {
            case "reset" -> copy.clear();
            case "withdrawn", "left-scope" -> copy.remove(record);
            case "checkpoint" -> {}
            default -> copy.put(record, data.path("state"));
        }
    }

    private void compareCopy(Map<String, JsonNode> copy, Map<String, String> held) {
        Set<String> records = new TreeSet<>(copy.keySet());
        records.addAll(held.keySet());
        for (String record : records) {
            JsonNode state = copy.get(record);
            String canonical = state == null ? null : new String(CanonicalJson.encode(state), StandardCharsets.UTF_8);
            if (canonical == null || !canonical.equals(held.get(record))) {
                report(FaultKind.OTHER_COPY, DATABASE, record);
            }
        }
    }

    private void checkPulled() {
        List<String> pulled = evidence.pulled();
        if (pulled != null) {
            reportMissing(checkSequence(pulled, PULL), PULL);
        }
    }

    /** The oldest events of a topic may be deleted; the others have the stored bytes and no gap. */
    private void checkTopic() {
        List<String> topic = evidence.topic();
        if (topic == null) {
            return;
        }
        Set<String> seen = checkSequence(topic, TOPIC);
        Map<String, String> bodies = new LinkedHashMap<>();
        evidence.stored().forEach(row -> bodies.put(new FeedPosition(row.epoch(), row.sequence()).text(), row.body()));
        List<String> kept =
                bodies.keySet().stream().dropWhile(id -> !seen.contains(id)).toList();
        (kept.isEmpty() ? bodies.keySet() : kept)
                .stream().filter(id -> !seen.contains(id)).forEach(id -> report(FaultKind.MISSING, TOPIC, id));
        for (String body : topic) {
            String id = parse(body).path("id").asText();
            if (!body.equals(bodies.get(id))) {
                report(FaultKind.TWO_CONTENTS, TOPIC, id + " bytes");
            }
        }
    }

    /** Returns the ids of events that are in the order of the feed, each once. */
    private Set<String> checkSequence(List<String> bodies, String place) {
        Set<String> seen = new HashSet<>();
        String last = "";
        for (String body : bodies) {
            JsonNode event = parse(body);
            String id = event.path("id").asText();
            if (!seen.add(id)) {
                report(FaultKind.DOUBLED, place, id);
            } else if (positionOf(id).compareTo(last) < 0) {
                report(FaultKind.REORDERED, place, id);
            }
            last = positionOf(id);
            compareContent(event, place);
        }
        return seen;
    }

    private void checkJournal(String receiver, List<AcceptedRequest> requests) {
        Set<String> seen = new HashSet<>();
        Map<String, AcceptedRequest> requestsByEvent = new HashMap<>();
        Map<String, String> lastByRecord = new HashMap<>();
        for (AcceptedRequest request : requests) {
            for (String body : request.events()) {
                JsonNode event = parse(body);
                String id = event.path("id").asText();
                AcceptedRequest first = requestsByEvent.putIfAbsent(id, request);
                if (first != null && isOtherWebhook(first, request)) {
                    report(FaultKind.DOUBLED, receiver, id);
                }
                if (seen.add(id)) {
                    String before = lastByRecord.put(event.path("subject").asText(), positionOf(id));
                    if (before != null && before.compareTo(positionOf(id)) > 0) {
                        report(FaultKind.REORDERED, receiver, id);
                    }
                }
                compareContent(event, receiver);
            }
        }
        reportMissing(seen, receiver);
    }

    /** The events of a batch whose answer got lost may come again by themselves. */
    private static boolean isOtherWebhook(AcceptedRequest first, AcceptedRequest repeat) {
        return !first.webhookId().equals(repeat.webhookId())
                && first.events().size() == 1
                && repeat.events().size() == 1;
    }

    private void reportMissing(Set<String> seen, String place) {
        evidence.stored().stream()
                .map(row -> new FeedPosition(row.epoch(), row.sequence()).text())
                .filter(id -> !seen.contains(id))
                .forEach(id -> report(FaultKind.MISSING, place, id));
    }

    /** Compares with the stored event; withheld data are the only difference that may be. */
    private void compareContent(JsonNode event, String place) {
        String id = event.path("id").asText();
        JsonNode known = eventsById.get(id);
        if (known == null) {
            report(FaultKind.TWO_CONTENTS, place, id + " is not stored");
        } else if (event.path("data").path("withheld").asBoolean()) {
            if (!event.path("digest").equals(known.path("digest"))
                    || event.path("data").size() != 1) {
                report(FaultKind.TWO_CONTENTS, place, id);
            }
        } else if (!event.equals(known)) {
            report(FaultKind.TWO_CONTENTS, place, id);
        }
        checkScope(event, place);
    }

    /** Returns the id as a text that sorts like the position. */
    private static String positionOf(String id) {
        int dash = id.indexOf('-');
        return "%010d%s".formatted(Long.parseLong(id.substring(0, dash)), id.substring(dash));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an event: " + body, e);
        }
    }
}
