package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.voyage.client.FeedCopy;
import org.voyage.client.FeedVerifier;

/**
 * Journal of the events that the reader of a feed has accepted. The reader verifies numbers, digests, chain and
 * checkpoints of each event, also while parts of the platform are killed.
 */
final class FeedJournal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String OPERATOR = "operator";
    private static final int PAGE_EVENTS = 1000;
    /** Fields of records that only a grant of theirs opens; this reader has none. */
    private static final Set<String> HIDDEN_FIELDS = Set.of("hostCity", "enterprises", "approvalNumber");

    /**
     * Accepted event.
     *
     * @param record outside name of its record; empty for checkpoints and resets
     * @param state of the record for its reader; a null node when it has left
     */
    record JournalEvent(String id, String type, String record, String chain, JsonNode state) {}

    private final PlatformEndpoints endpoints;
    private final String alliance;
    private final Set<String> countries;
    private final String feed;
    private final Path folder;
    private final FeedVerifier verifier;
    private final FeedCopy copy;
    private final List<JournalEvent> events = new ArrayList<>();
    /** Of the copy and the events; fair, as the reader takes it again at once. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private Future<?> reading = CompletableFuture.completedFuture(null);
    private int readers;
    private volatile boolean over;

    private FeedJournal(
            PlatformEndpoints endpoints,
            String alliance,
            Set<String> countries,
            String feed,
            Path folder,
            JsonNode keys) {
        this.endpoints = endpoints;
        this.alliance = alliance;
        this.countries = countries;
        this.feed = feed;
        this.folder = folder;
        this.verifier = new FeedVerifier(keys);
        this.copy = new FeedCopy(folder.resolve("journal"));
    }

    /**
     * Admits an alliance, grants it one record type in some countries and subscribes from now on, with a topic.
     *
     * @param admission where the alliance subscribes
     * @param endpoints where the reader reads
     * @param folder of its copies
     */
    static FeedJournal subscribe(
            PlatformEndpoints admission,
            PlatformEndpoints endpoints,
            CrashTables tables,
            String alliance,
            String record,
            Set<String> countries,
            Path folder) {
        try (ApiClient api = new ApiClient(admission)) {
            String path = "/v1/alliances/" + alliance;
            api.put(OPERATOR, admission.feeds(), path, Map.of("name", "示例联盟", "nameEn", "Example alliance"))
                    .requireOk();
            api.put(
                            OPERATOR,
                            admission.feeds(),
                            path + "/grants/all",
                            Map.of(
                                    "records",
                                    List.of(record),
                                    "countries",
                                    List.copyOf(countries),
                                    "legalBasis",
                                    "示例合作协议（虚构）/ example agreement (constructed)",
                                    "from",
                                    "2023-06-30"))
                    .requireOk();
            String feed = post(api, alliance, "/v1/feeds", Map.of("name", "journal", "start", "now", "kafka", true))
                    .path("id")
                    .asText();
            await().atMost(TIMEOUT)
                    .until(() -> !tables.query(
                                    "feeds",
                                    "select id from feed where id = ? and scope is not null and scan_cause is null",
                                    feed)
                            .isEmpty());
            JsonNode keys = api.get(clientOf(alliance), admission.feeds(), "/.well-known/voyage-feeds-keys")
                    .requireOk()
                    .parseJson();
            return new FeedJournal(endpoints, alliance, Set.copyOf(countries), feed, folder, keys);
        }
    }

    private static String clientOf(String alliance) {
        return "alliance-" + alliance;
    }

    private static JsonNode post(ApiClient api, String alliance, String path, Map<String, ?> body) {
        byte[] bytes = ApiClient.toJson(body).getBytes(StandardCharsets.UTF_8);
        return api.post(clientOf(alliance), api.endpoints().feeds(), path, new BulkFile("application/json", bytes))
                .requireOk()
                .parseJson();
    }

    /** Lets the feed be posted to a receiver, which proves itself. */
    void addEndpoint(PlatformEndpoints admission, String url) {
        try (ApiClient api = new ApiClient(admission)) {
            String path = "/v1/feeds/" + feed + "/endpoints";
            String endpoint = post(api, alliance, path, Map.of("url", url, "signing", List.of("hmac"), "batch", false))
                    .path("id")
                    .asText();
            JsonNode challenge = api.post(clientOf(alliance), admission.feeds(), path + "/" + endpoint + "/challenge")
                    .requireOk()
                    .parseJson();
            assertThat(challenge.path("passed").asBoolean()).as("%s", challenge).isTrue();
        }
    }

    /** Begins to read, until {@link #close}. */
    void startReading() {
        reading = reader.submit(() -> {
            while (!over) {
                readPage(1);
            }
        });
    }

    /** Reads and verifies the next events. @return their number */
    private int readPage(int waitSeconds) {
        lock.lock();
        try (RetryingClient client = new RetryingClient(endpoints)) {
            String after = copy.position().map(position -> "&after=" + position).orElse("");
            JsonNode page = client.sendUntilAcknowledged(api -> api.get(
                            clientOf(alliance),
                            endpoints.feeds(),
                            "/v1/feeds/" + feed + "/events?limit=" + PAGE_EVENTS + "&wait=" + waitSeconds + after))
                    .parseJson();
            for (JsonNode event : page) {
                assertThat(copy.accept(event, verifier))
                        .as("%s comes once", event.path("id").asText())
                        .isTrue();
                events.add(toJournalEvent(event));
            }
            return page.size();
        } finally {
            lock.unlock();
        }
    }

    private void readToEnd() {
        assertThat(reading.state()).as("reader of the feed").isNotEqualTo(Future.State.FAILED);
        int read;
        do {
            read = readPage(0);
        } while (read > 0);
    }

    private static JournalEvent toJournalEvent(JsonNode event) {
        JsonNode data = event.path("data");
        return new JournalEvent(
                event.path("id").asText(),
                event.path("type").asText(),
                data.path("record").asText(),
                event.path("chain").asText(),
                data.has("state") ? data.get("state") : JSON.nullNode());
    }

    List<JournalEvent> events() {
        return readCopy(() -> List.copyOf(events));
    }

    private <T> T readCopy(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a state is in the scope of the reader. */
    static boolean isInScope(JsonNode state, Set<String> countries) {
        return countries.contains(state.path("hostCountry").asText())
                || StreamSupport.stream(state.path("foreignPartners").spliterator(), false)
                        .anyMatch(partner ->
                                countries.contains(partner.path("country").asText()));
    }

    /** Returns what the reader may see of a state; a null node outside its scope. */
    private JsonNode visibleState(JsonNode state) {
        return isInScope(state, countries) ? ((ObjectNode) state.deepCopy()).remove(HIDDEN_FIELDS) : JSON.nullNode();
    }

    /**
     * Requires that each change that the reader may see has made one event, in the order of its record's versions, and
     * nothing else has.
     */
    void requireEveryChange(CrashTopics topics, CrashTables tables) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            readToEnd();
            topics.readToEnd();
            Map<String, List<JsonNode>> expected = new TreeMap<>();
            topics.keptStates().forEach((key, states) -> expected.put(key, visibleChanges(states)));
            assertThat(CrashConsistency.findDifferences(expected, eventsByKey(tables)))
                    .as("changes of each record and its events")
                    .isEmpty();
        });
        assertThat(events()).extracting(JournalEvent::type).noneMatch(type -> type.startsWith("org.voyage.feed.reset"));
    }

    private List<JsonNode> visibleChanges(List<JsonNode> states) {
        List<JsonNode> changes = new ArrayList<>();
        JsonNode last = JSON.nullNode();
        for (JsonNode state : states) {
            JsonNode visible = visibleState(state);
            if (!visible.equals(last)) {
                changes.add(visible);
                last = visible;
            }
        }
        return changes;
    }

    private Map<String, List<JsonNode>> eventsByKey(CrashTables tables) {
        Map<String, String> keys = keysByRecord(tables);
        Map<String, List<JsonNode>> byKey = new TreeMap<>();
        for (JournalEvent event : events()) {
            if (!event.record().isEmpty()) {
                byKey.computeIfAbsent(keys.getOrDefault(event.record(), event.record()), key -> new ArrayList<>())
                        .add(event.state());
            }
        }
        return byKey;
    }

    private static Map<String, String> keysByRecord(CrashTables tables) {
        Map<String, String> keys = new HashMap<>();
        for (String[] row : tables.query("feeds", "select record, outside_id, province, source_id from record_state")) {
            keys.put(row[0] + "/" + row[1], CrashTables.keyOf(row[0], row[2], row[3]));
        }
        return keys;
    }

    /**
     * Requires that a second reader gets the same events from the beginning, and that both copies are what the platform
     * says to be in scope. The chain covers the ids and digests of all events.
     */
    void requireSameFromBeginning() {
        FeedCopy second = new FeedCopy(folder.resolve("copy-" + ++readers));
        await().atMost(TIMEOUT).untilAsserted(() -> {
            readToEnd();
            try (ApiClient api = new ApiClient(endpoints)) {
                assertThat(new FeedReceiver(api, clientOf(alliance)).makeCopy(feed, second))
                        .as("the copy equals the snapshot")
                        .isTrue();
            }
            assertThat(second.position()).isEqualTo(readCopy(copy::position));
        });
        assertThat(second.chain()).isEqualTo(readCopy(copy::chain));
        assertThat(second.records()).isEqualTo(readCopy(() -> new TreeMap<>(copy.records())));
    }

    /** Requires that the copy has the schools of the overseas service, in scope and without hidden fields. */
    void requireCopyOfSchools(CrashTables tables) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            readToEnd();
            Map<String, JsonNode> expected = new TreeMap<>();
            for (String[] row : tables.query(
                    "overseas", "select province, source_id, record from overseas_school where reason is null")) {
                JsonNode visible = visibleState(JSON.readTree(row[2]));
                if (!visible.isNull()) {
                    expected.put(CrashTables.keyOf("overseas-school", row[0], row[1]), visible);
                }
            }
            Map<String, String> keys = keysByRecord(tables);
            Map<String, JsonNode> copied = new TreeMap<>();
            readCopy(() -> Map.copyOf(copy.records()))
                    .forEach((name, state) -> copied.put(keys.getOrDefault(name, name), state));
            assertThat(expected).isNotEmpty();
            assertThat(CrashConsistency.findDifferences(expected, copied))
                    .as("records and copy")
                    .isEmpty();
        });
    }

    /** Requires that the topic of the feed has the same events in the same order, each once. */
    void requireTopic(String servers) {
        readToEnd();
        List<String> expected = describe(events());
        List<String> ids = readTopic(servers, expected.size());
        assertThat(ids).isEqualTo(expected);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    /** Requires that the topic has the same events of the newest epoch from its first one on, in the same order, each once. */
    void requireNewestEpochInTopic(String servers) {
        readToEnd();
        String epoch = events().getLast().id().split("-", 2)[0] + "-";
        List<String> expected = describe(
                events().stream().filter(event -> event.id().startsWith(epoch)).toList());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readTopic(servers, 0).stream()
                                .filter(event -> event.startsWith(epoch))
                                .toList())
                        .isEqualTo(expected));
    }

    /** Requires that the topic of states, read from its beginning, gives the copy. */
    void requireStates(String servers) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            readToEnd();
            assertThat(readStates(servers)).isEqualTo(readCopy(() -> new TreeMap<>(copy.records())));
        });
    }

    private Map<String, JsonNode> readStates(String servers) {
        Map<String, JsonNode> items = new TreeMap<>();
        readTopic(servers, "feeds." + alliance + "." + feed + ".state", 0, message -> {
            if (message.value() == null) {
                items.remove(message.key());
            } else {
                items.put(message.key(), parse(message.value()));
            }
        });
        Map<String, JsonNode> states = new TreeMap<>();
        items.values().forEach(item -> states.put(item.path("record").asText(), item.path("state")));
        return states;
    }

    /** The chain covers the digest of the event and all before it. */
    private static List<String> describe(List<JournalEvent> events) {
        return events.stream().map(event -> event.id() + " " + event.chain()).toList();
    }

    /** Reads the topic from its beginning to its end, and on until it has some events. */
    private List<String> readTopic(String servers, int count) {
        List<String> found = new ArrayList<>();
        readTopic(
                servers,
                "feeds." + alliance + "." + feed,
                count,
                message -> found.add(
                        new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8) + " "
                                + parse(message.value()).path("chain").asText()));
        return found;
    }

    private static void readTopic(
            String servers, String topic, int count, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", servers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(consumer.assignment());
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            AtomicInteger read = new AtomicInteger();
            await().atMost(TIMEOUT).until(() -> {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    visitor.accept(message);
                    read.incrementAndGet();
                }
                return read.get() >= count && consumer.position(partition) >= end;
            });
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        over = true;
        reader.shutdownNow();
    }
}
