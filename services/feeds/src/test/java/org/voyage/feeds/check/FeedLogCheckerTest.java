package org.voyage.feeds.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.feeds.check.FeedEvidence.AcceptedRequest;
import org.voyage.feeds.check.FeedEvidence.StoredEvent;
import org.voyage.feeds.check.FeedFault.FaultKind;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedLogAppender;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;

/** Plants bugs in the evidence of a sound feed: the checker finds each, and none without one. */
class FeedLogCheckerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int RECORDS = 3;
    private static final int EVENTS = 12;

    /** Bug, and the fault that the checker is to report. */
    record PlantedBug(String name, FaultKind expected, UnaryOperator<FeedEvidence> plant) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void a_sound_feed_has_no_fault() {
        assertThat(FeedLogChecker.findFaults(newEvidence("LAO"))).isEmpty();
    }

    @Test
    void withheld_data_are_no_fault_where_number_and_digest_stay() {
        FeedEvidence sound = newEvidence("LAO");
        List<String> pulled = new ArrayList<>(pulledOf(sound));
        ObjectNode event = (ObjectNode) parse(pulled.get(4));
        event.set("data", JsonNodeFactory.instance.objectNode().put("withheld", true));
        pulled.set(4, event.toString());

        assertThat(FeedLogChecker.findFaults(sound.withPulled(pulled))).isEmpty();
    }

    @Test
    void a_topic_may_begin_later_than_the_feed() {
        assertThat(FeedLogChecker.findFaults(
                        withTopic(newEvidence("LAO"), all -> all.subList(0, 4).clear())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_planted_bug_is_found(PlantedBug bug) {
        assertThat(FeedLogChecker.findFaults(bug.plant().apply(newEvidence("LAO"))))
                .extracting(FeedFault::kind)
                .contains(bug.expected());
    }

    static Stream<PlantedBug> bugs() {
        return Stream.of(
                new PlantedBug(
                        "an event was never stored", FaultKind.MISSING, its -> withStored(its, rows -> rows.remove(5))),
                new PlantedBug(
                        "the last events were not stored, which no gap shows",
                        FaultKind.OTHER_COPY,
                        its -> withStored(its, List::removeLast)),
                new PlantedBug(
                        "a number was given twice",
                        FaultKind.DOUBLED,
                        its -> withStored(its, rows -> rows.add(6, rows.get(5)))),
                new PlantedBug(
                        "an event has other data than its digest says",
                        FaultKind.BROKEN_CHAIN,
                        its -> withStored(its, rows -> rows.set(5, changeState(rows.get(5), "name", "another")))),
                new PlantedBug(
                        "the chain goes on from another event",
                        FaultKind.BROKEN_CHAIN,
                        its -> withStored(its, rows -> rows.set(5, changeChain(rows.get(5))))),
                new PlantedBug("a page was lost", FaultKind.MISSING, its -> withPulled(its, all -> all.remove(3))),
                new PlantedBug(
                        "two pages overlap", FaultKind.DOUBLED, its -> withPulled(its, all -> all.add(4, all.get(3)))),
                new PlantedBug(
                        "two pages were exchanged",
                        FaultKind.REORDERED,
                        its -> withPulled(its, all -> Collections.swap(all, 3, 4))),
                new PlantedBug(
                        "two instances gave a number to two events",
                        FaultKind.TWO_CONTENTS,
                        its -> withPulled(its, all -> all.set(3, withId(all.get(4), all.get(3))))),
                new PlantedBug(
                        "a webhook was noted but not sent",
                        FaultKind.MISSING,
                        its -> withJournal(its, all -> all.remove(2))),
                new PlantedBug(
                        "an accepted event came again under another id",
                        FaultKind.DOUBLED,
                        its -> withJournal(
                                its,
                                all -> all.add(new AcceptedRequest(
                                        "another", all.get(2).events())))),
                new PlantedBug(
                        "events of one record overtook each other",
                        FaultKind.REORDERED,
                        its -> withJournal(its, all -> Collections.swap(all, 2, 2 + RECORDS))),
                new PlantedBug(
                        "the second try had other bytes",
                        FaultKind.TWO_CONTENTS,
                        its -> withJournal(
                                its,
                                all -> all.add(new AcceptedRequest(
                                        all.get(2).webhookId(),
                                        List.of(all.get(2).events().getFirst().replace("name-2", "name-x")))))),
                new PlantedBug(
                        "the topic has an event twice after a crash of its writer",
                        FaultKind.DOUBLED,
                        its -> withTopic(its, all -> all.add(5, all.get(4)))),
                new PlantedBug(
                        "the topic lost an event between two others",
                        FaultKind.MISSING,
                        its -> withTopic(its, all -> all.remove(5))),
                new PlantedBug(
                        "the topic lacks the last event", FaultKind.MISSING, its -> withTopic(its, List::removeLast)),
                new PlantedBug("the topic is empty", FaultKind.MISSING, its -> withTopic(its, List::clear)),
                new PlantedBug(
                        "two writers of the topic overtook each other",
                        FaultKind.REORDERED,
                        its -> withTopic(its, all -> Collections.swap(all, 3, 4))),
                new PlantedBug(
                        "the topic has the same JSON in other bytes",
                        FaultKind.TWO_CONTENTS,
                        its -> withTopic(its, all -> all.set(3, all.get(3) + " "))),
                new PlantedBug("a record of another country was sent", FaultKind.OUT_OF_SCOPE, _ -> newEvidence("THA")),
                new PlantedBug(
                        "a field on grant was sent without one",
                        FaultKind.OUT_OF_SCOPE,
                        its -> its.withScope(Set.of("LAO"), Set.of())),
                new PlantedBug(
                        "a record is noted as sent that no event brought",
                        FaultKind.OTHER_COPY,
                        FeedLogCheckerTest::withPhantom));
    }

    // ---- evidence --------------------------------------------------------------------------------------------------

    /** Returns the evidence of a feed whose reader may see Laos and the host cities. */
    private static FeedEvidence newEvidence(String country) {
        FeedLogAppender head = new FeedLogAppender("f", 1, 1, HashChain.start());
        Map<String, String> held = new TreeMap<>();
        for (int i = 0; i < EVENTS; i++) {
            String record = "overseas-school/r" + i % RECORDS;
            ObjectNode state = JsonNodeFactory.instance.objectNode();
            state.put("name", "name-" + i).put("hostCountry", country).put("hostCity", "city");
            ObjectNode data = JsonNodeFactory.instance.objectNode().put("record", record);
            data.set("state", state);
            head.append(
                    i < RECORDS ? FeedEventKind.CREATED : FeedEventKind.CORRECTED,
                    FeedRecord.OVERSEAS_SCHOOL,
                    "r" + i % RECORDS,
                    Instant.EPOCH,
                    data,
                    null,
                    Set.of());
            held.put(record, new String(CanonicalJson.encode(state), StandardCharsets.UTF_8));
        }
        List<StoredEvent> stored =
                head.appended().stream().map(FeedLogCheckerTest::toStored).toList();
        List<String> bodies = stored.stream().map(StoredEvent::body).toList();
        List<AcceptedRequest> journal = bodies.stream()
                .map(body -> new AcceptedRequest("w" + parse(body).path("id").asText(), List.of(body)))
                .toList();
        return new FeedEvidence(
                stored,
                held,
                bodies,
                bodies,
                Map.of("receiver", journal),
                Set.of("LAO"),
                Set.of("overseas-school.hostCity"));
    }

    private static StoredEvent toStored(FeedEvent event) {
        return new StoredEvent(
                event.position().epoch(),
                event.position().sequence(),
                HashChain.format(event.chain()),
                new String(event.body(), StandardCharsets.UTF_8));
    }

    private interface ListChange<T> {
        void apply(List<T> list);
    }

    private static FeedEvidence withStored(FeedEvidence its, ListChange<StoredEvent> change) {
        List<StoredEvent> rows = new ArrayList<>(its.stored());
        change.apply(rows);
        return new FeedEvidence(rows, its.held(), null, null, Map.of(), its.countries(), its.grantedFields());
    }

    private static FeedEvidence withPulled(FeedEvidence its, ListChange<String> change) {
        List<String> pulled = new ArrayList<>(pulledOf(its));
        change.apply(pulled);
        return its.withPulled(pulled);
    }

    private static FeedEvidence withTopic(FeedEvidence its, ListChange<String> change) {
        List<String> topic = new ArrayList<>(pulledOf(its));
        change.apply(topic);
        return its.withTopic(topic);
    }

    private static FeedEvidence withJournal(FeedEvidence its, ListChange<AcceptedRequest> change) {
        List<AcceptedRequest> journal = new ArrayList<>(its.journals().getOrDefault("receiver", List.of()));
        change.apply(journal);
        return its.withJournal("receiver", journal);
    }

    private static FeedEvidence withPhantom(FeedEvidence its) {
        Map<String, String> held = new TreeMap<>(Map.of("overseas-school/r9", "{}"));
        if (its.held() != null) {
            held.putAll(its.held());
        }
        return new FeedEvidence(
                its.stored(), held, its.pulled(), its.topic(), its.journals(), its.countries(), its.grantedFields());
    }

    private static List<String> pulledOf(FeedEvidence its) {
        List<String> pulled = its.pulled();
        return pulled == null ? List.of() : pulled;
    }

    private static StoredEvent changeState(StoredEvent row, String field, String value) {
        ObjectNode event = (ObjectNode) parse(row.body());
        ((ObjectNode) event.path("data").path("state")).put(field, value);
        return new StoredEvent(row.epoch(), row.sequence(), row.chain(), event.toString());
    }

    private static StoredEvent changeChain(StoredEvent row) {
        ObjectNode event = (ObjectNode) parse(row.body());
        String chain = HashChain.format(HashChain.digestOf(new byte[1]));
        event.put("chain", chain);
        return new StoredEvent(row.epoch(), row.sequence(), chain, event.toString());
    }

    private static String withId(String body, String other) {
        ObjectNode event = (ObjectNode) parse(body);
        event.set("id", parse(other).path("id"));
        return event.toString();
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
