package org.voyage.feeds;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kittest.TestServers;

/**
 * Test double of the record services, which writes their events to the real topics, and direct access to the tables of the
 * feeds. Each test class uses alliances of its own.
 */
public final class FeedsTestBackend {

    public static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int PARTITIONS = 6;
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicLong POSITIONS = new AtomicLong(System.currentTimeMillis() * 1000);
    private static final AtomicLong KEYS = new AtomicLong(System.nanoTime());

    private FeedsTestBackend() {}

    /** Creates the topics of the record services; the service waits for topics that are missing. */
    public static void createTopics() throws InterruptedException, ExecutionException {
        try (Admin admin = openAdmin()) {
            var existing = admin.listTopics().names().get();
            admin.createTopics(FeedRecord.topics().stream()
                            .filter(topic -> !existing.contains(topic))
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Deletes the topic of a record with its events, and creates it again. */
    public static void makeTopicAgain(FeedRecord record) {
        try (Admin admin = openAdmin()) {
            admin.deleteTopics(List.of(record.topic())).all().get();
            await("topic " + record.topic()).atMost(TIMEOUT).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(record.topic(), PARTITIONS, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin openAdmin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()));
    }

    /** Returns a key that no other test uses: {@code 12/K-…}. */
    public static String newKey(String province) {
        return province + "/K-" + KEYS.incrementAndGet();
    }

    /** Returns the state of an overseas school. */
    public static String schoolJson(String country, String name) {
        return """
            {"name":"%s","brand":"luban-workshop","tier":"workshop","form":"branch","hostCountry":"%s",\
            "hostCity":"Vientiane","foundingColleges":["4112000001"],\
            "foreignPartners":[{"name":"Polytechnic %s","country":"%s"}],"majors":["460301"],\
            "status":"open","openedOn":"2020-02-29"}\
            """.formatted(name, country, country, country);
    }

    /** Returns the state of a standard that a college develops. */
    public static String standardJson(String title, String college) {
        return """
            {"title":"%s","kind":"instruction","developingColleges":["%s"],"field":"46","edition":"2023"}\
            """.formatted(title, college);
    }

    /** Returns the state of the recognition of a standard, given by its source id. */
    public static String recognitionJson(String standard, String country) {
        return """
            {"standard":"%s","country":"%s","adopter":"示例","level":"registered-by-authority",\
            "decidedOn":"2023-06-01","evidence":"https://example.org/1"}\
            """.formatted(standard, country);
    }

    /** Sends the change of a record as its service does: a version 1 is created, no state is withdrawn. */
    public static void sendChange(FeedRecord record, String key, int version, @Nullable String after) {
        String change = after == null ? "withdrawn" : version == 1 ? "created" : "corrected";
        send(record, key, changeJson(change, key, version, after, null).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the withdrawal of a record that goes on under another key. */
    public static void sendMove(FeedRecord record, String key, int version, String movedTo) {
        send(record, key, changeJson("withdrawn", key, version, null, movedTo).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a change of any kind. */
    public static void sendChange(FeedRecord record, String key, int version, String change, @Nullable String after) {
        send(record, key, changeJson(change, key, version, after, null).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the data of the event of a change. */
    public static String changeJson(
            String change, String key, int version, @Nullable String after, @Nullable String movedTo) {
        return """
            {"province":"%s","sourceId":"%s","version":%d,"change":"%s",\
            "cause":{"kind":"request","id":"r","actor":"bureau-12","reason":null},\
            "recordedAt":"2026-11-24T10:00:00.123456Z","before":null,"after":%s%s}\
            """.formatted(
                        key.substring(0, 2),
                        key.substring(3),
                        version,
                        change,
                        after,
                        movedTo == null ? "" : ",\"movedTo\":\"" + movedTo + "\"");
    }

    /** Sends a change that was recorded at a time. */
    public static void sendChange(
            FeedRecord record,
            String key,
            int version,
            @Nullable String after,
            @Nullable String movedTo,
            Instant time) {
        String change = after == null ? "withdrawn" : version == 1 ? "created" : "corrected";
        send(record, key, changeJson(change, key, version, after, movedTo).getBytes(StandardCharsets.UTF_8), time);
    }

    /**
     * Sends a change as its service does after a restore.
     *
     * @param epoch of the log of the service
     */
    public static void sendInEpoch(
            int epoch, FeedRecord record, String key, int version, String change, @Nullable String after) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                record.topic(),
                key,
                changeJson(change, key, version, after, null).getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_epoch", String.valueOf(epoch).getBytes(StandardCharsets.UTF_8));
        send(message, Instant.now());
    }

    /** Sends the first version of a record with an event type. */
    public static void sendTyped(FeedRecord record, String key, String type, String after) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                record.topic(), key, changeJson("created", key, 1, after, null).getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        send(message, Instant.now());
    }

    /**
     * Stores schools of a country as the assigner has them, without their changes: many in a moment.
     *
     * @param name of each
     */
    public static void storeSchools(String country, int count, String name) {
        runSql(
                "insert into record_state (record, province, source_id, outside_id, version_order, state)"
                        + " select 'overseas-school', '12', ? || each, lower(?) || lpad(each::text, 21, '0'), 1, ?::jsonb"
                        + " from generate_series(1, ?::int) each",
                country,
                country,
                schoolJson(country, name),
                Integer.toString(count));
    }

    /** Deletes what {@link #storeSchools} stored, so that scans of other tests do not look at it. */
    public static void deleteStoredSchools(String country) {
        runSql(
                "delete from record_state where outside_id like lower(?) || '%' and state ->> 'hostCountry' = ?",
                country, country);
    }

    /** Sends any bytes as the event of a record. */
    public static void send(FeedRecord record, String key, byte[] content) {
        send(record, key, content, Instant.now());
    }

    private static void send(FeedRecord record, String key, byte[] content, Instant time) {
        send(new ProducerRecord<>(record.topic(), key, content), time);
    }

    private static void send(ProducerRecord<String, byte[]> message, Instant time) {
        Map.of(
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_time", time.toString(),
                        "ce_position", String.valueOf(POSITIONS.incrementAndGet()))
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            SharedProducer.INSTANCE.send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Admits an alliance, unless it is admitted, and gives it a grant.
     *
     * @param rule conditions of the grant, JSON as in the API
     * @param fields the fields on grant that it opens, as {@code record.field}
     */
    public static void admit(String alliance, String rule, List<String> fields) {
        runSql("""
            insert into alliance (code, name_zh, name_en, version, admitted_at)
            values (?, '联盟', 'Alliance', 1, now()) on conflict do nothing\
            """, alliance);
        grant(alliance, "g1", rule, fields);
    }

    /** Gives an alliance a grant, in place of the one with this id. */
    public static void grant(String alliance, String id, String rule, List<String> fields) {
        // One transaction: between the two the alliance would have no grant.
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            execute(
                    connection,
                    "update grant_version set superseded_at = now() where alliance = ? and id = ? and superseded_at is"
                            + " null",
                    alliance,
                    id);
            execute(connection, """
                insert into grant_version
                       (alliance, id, version, rule, fields, legal_basis, valid_from, changed_at, changed_by)
                select ?, ?, 1 + count(*), ?::jsonb, string_to_array(?, ','), 'agreement',
                       '2020-01-01', now(), 'test'
                  from grant_version where alliance = ? and id = ?\
                """, alliance, id, rule, String.join(",", fields), alliance, id);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Creates a feed without the API.
     *
     * @param filter JSON as in the API
     * @param start {@code snapshot}, {@code now} or a time
     * @return its id
     */
    public static String createFeed(String alliance, String filter, String start) {
        String id = "t" + Long.toString(KEYS.incrementAndGet(), 36);
        runSql("""
            insert into feed (id, alliance, name, filter, start_at, with_kafka, created_at, created_by, chain,
                              checkpoint_at)
            values (?, ?, 'test', ?::jsonb, ?, false, now(), 'test', decode(repeat('00', 32), 'hex'), now())\
            """, id, alliance, filter, start);
        return id;
    }

    /** Returns the events of a feed that readers may see, in order, without the grants applied. */
    public static List<JsonNode> readEvents(String feed) {
        List<JsonNode> events = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("""
                    select body from feed_event where feed = ?
                       and step <= (select visible_step from assigner_state) order by epoch, sequence\
                    """)) {
            select.setString(1, feed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(JSON.readTree(row.getBytes(1)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** Waits until the events of a feed fulfil a condition, compares them with their schemas, and returns them. */
    public static List<JsonNode> awaitEvents(String feed, Predicate<List<JsonNode>> condition) {
        List<JsonNode> events = await("events of feed " + feed)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> readEvents(feed), condition);
        events.forEach(FeedEventSchemas::requireValid);
        return events;
    }

    /** Waits until a feed has a number of events, checkpoints not counted, and returns them. */
    public static List<JsonNode> awaitEvents(String feed, int count) {
        return awaitEvents(feed, events -> withoutCheckpoints(events).size() >= count);
    }

    /** Waits until the assigner knows a record. */
    public static void awaitKnown(String key) {
        awaitVersion(key, 1);
    }

    /** Waits until the assigner knows a version of a record, by its order. */
    public static void awaitVersion(String key, long versionOrder) {
        await("version " + versionOrder + " of record " + key)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> queryNumber(
                                "select coalesce(max(version_order), 0) from record_state where province = ? and source_id"
                                        + " = ?",
                                key.substring(0, 2),
                                key.substring(3))
                        >= versionOrder);
    }

    /** Waits until no scan of a feed runs. */
    public static void awaitScanned(String feed) {
        await("scan of feed " + feed)
                .atMost(TIMEOUT.multipliedBy(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> queryNumber(
                                "select count(*) from feed where id = ? and scope is not null and scan_cause is null"
                                        + " and replay_day is null",
                                feed)
                        == 1);
    }

    /** Deletes a feed that would cost the tests that follow work. */
    public static void deleteFeed(String feed) {
        runSql("update feed set deleted_at = now() where id = ?", feed);
    }

    public static List<JsonNode> withoutCheckpoints(List<JsonNode> events) {
        return events.stream()
                .filter(event -> !event.path("data").path("kind").asText().equals("checkpoint"))
                .toList();
    }

    public static List<String> kindsOf(List<JsonNode> events) {
        return withoutCheckpoints(events).stream()
                .map(event -> event.path("data").path("kind").asText())
                .toList();
    }

    /** Connects with the rights of the service. */
    public static Connection connect() throws SQLException {
        return TestServers.connect("feeds", "feeds", "all");
    }

    /** Runs a statement with texts as parameters. */
    public static int runSql(String sql, @Nullable String... parameters) {
        try (Connection connection = connect()) {
            return execute(connection, sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int execute(Connection connection, String sql, @Nullable String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Returns the one number of a query with texts as parameters. */
    public static long queryNumber(String sql, String... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Producer for all sends. */
    private static final class SharedProducer {
        static final KafkaProducer<String, byte[]> INSTANCE = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.bootstrapServers(),
                        "acks",
                        "all",
                        "linger.ms",
                        "0",
                        // KAFKA-15591: see OutboxProducerFactory.
                        "max.in.flight.requests.per.connection",
                        "1"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Closes the shared producer with the application, whose classes its thread would keep in memory. */
    @Singleton
    static final class ProducerClosing {
        void close(@Observes ShutdownEvent stop) {
            SharedProducer.INSTANCE.close();
        }
    }
}
