package org.voyage.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Finder of the records that Kafka has and the database does not, after a repair has published each record of the
 * database. It works partition by partition: it stores the keys of a partition in a temporary table, and reads the
 * partition again for each page of absent keys. So its memory does not grow with the number of records.
 */
final class AbsentRecordFinder {

    /** Maximum number of keys of a page. */
    private static final int PAGE_KEYS = 20_000;
    /** Maximum size of the events of a page; one event may be larger. */
    private static final long PAGE_BYTES = 16_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS_PER_INSERT = 5_000;
    private static final String CREATE_KEYS_SQL = "create temporary table log_key (key text primary key)";
    private static final String DROP_KEYS_SQL = "drop table if exists log_key";
    private static final String INSERT_KEYS_SQL = "insert into log_key select * from unnest(?) on conflict do nothing";
    private static final String DELETE_PRESENT_SQL = """
            delete from log_key k
             where exists (select from outbox o
                            where o.topic = ? and o.partition = ? and o.key = k.key and o.position >= ?)""";
    private static final String PAGE_SQL = "select key from log_key where key > ? order by key limit ?";

    private final DataSource dataSource;
    private final int pageKeys;
    private final long pageBytes;

    AbsentRecordFinder(DataSource dataSource) {
        this(dataSource, PAGE_KEYS, PAGE_BYTES);
    }

    AbsentRecordFinder(DataSource dataSource, int pageKeys, long pageBytes) {
        this.dataSource = dataSource;
        this.pageKeys = pageKeys;
        this.pageBytes = pageBytes;
    }

    /**
     * Record that the database does not have.
     *
     * @param event its newest event
     * @param version version in that event
     */
    record AbsentRecord(LogTailReader.OwnEvent event, int version) {
        /** Returns the content of the event. */
        ObjectNode data() {
            return parseObject(event).orElseThrow();
        }

        private AbsentRecord newerOf(AbsentRecord other) {
            boolean older = event.epoch() != other.event.epoch()
                    ? event.epoch() < other.event.epoch()
                    : version <= other.version;
            return older ? other : this;
        }
    }

    /**
     * Passes the absent records whose newest event has a state to the visitor, in pages.
     *
     * @param epoch the epoch that is repaired: its own events are about records that the database has
     */
    void forEachPage(LogTailReader log, LogEpoch epoch, Consumer<List<AbsentRecord>> visitor) {
        new JdbcClient(dataSource).<Boolean, RuntimeException>withConnection(connection -> {
            JdbcClient client = JdbcClient.on(connection);
            for (TopicPartition partition : log.findPartitions()) {
                client.execute(DROP_KEYS_SQL);
                client.execute(CREATE_KEYS_SQL);
                try {
                    storeKeys(client, log, partition);
                    client.update(DELETE_PRESENT_SQL, partition.topic(), partition.partition(), epoch.fromPosition());
                    visitPartition(client, log, partition, epoch, visitor);
                } finally {
                    client.execute(DROP_KEYS_SQL);
                }
            }
            return true;
        });
    }

    private static void storeKeys(JdbcClient client, LogTailReader log, TopicPartition partition) {
        Set<String> seen = new HashSet<>();
        log.forEachEvent(partition, event -> {
            seen.add(event.key());
            if (seen.size() == KEYS_PER_INSERT) {
                insertKeys(client, seen);
            }
        });
        insertKeys(client, seen);
    }

    private static void insertKeys(JdbcClient client, Set<String> seen) {
        client.update(INSERT_KEYS_SQL, SqlArray.ofTexts(seen));
        seen.clear();
    }

    private void visitPartition(
            JdbcClient client,
            LogTailReader log,
            TopicPartition partition,
            LogEpoch epoch,
            Consumer<List<AbsentRecord>> visitor) {
        String after = "";
        while (true) {
            List<String> keys = new ArrayList<>(client.query(PAGE_SQL, row -> row.getString(1), after, pageKeys));
            if (keys.isEmpty()) {
                return;
            }
            List<AbsentRecord> page = readNewest(log, partition, epoch, keys);
            after = keys.getLast();
            if (!page.isEmpty()) {
                visitor.accept(page);
            }
        }
    }

    /**
     * Returns the newest events of these keys that have a state.
     *
     * @param keys loses its last ones if their events are too large together
     */
    private List<AbsentRecord> readNewest(
            LogTailReader log, TopicPartition partition, LogEpoch epoch, List<String> keys) {
        Set<String> wanted = new HashSet<>(keys);
        Map<String, AbsentRecord> newest = new HashMap<>();
        long[] bytes = {0};
        log.forEachEvent(partition, event -> {
            if (event.epoch() < epoch.number() && wanted.contains(event.key())) {
                parseVersion(event).ifPresent(version -> {
                    AbsentRecord found = new AbsentRecord(event, version);
                    AbsentRecord before = newest.get(event.key());
                    AbsentRecord kept = before == null ? found : before.newerOf(found);
                    newest.put(event.key(), kept);
                    bytes[0] += kept.event().data().length
                            - (before == null ? 0 : before.event().data().length);
                });
                while (bytes[0] > pageBytes && keys.size() > 1) {
                    String last = keys.removeLast();
                    wanted.remove(last);
                    AbsentRecord left = newest.remove(last);
                    bytes[0] -= left == null ? 0 : left.event().data().length;
                }
            }
        });
        return keys.stream()
                .map(newest::get)
                .filter(Objects::nonNull)
                .filter(absent -> absent.data().path("after").isObject())
                .toList();
    }

    private static Optional<Integer> parseVersion(LogTailReader.OwnEvent event) {
        return parseObject(event)
                .map(its -> its.path("version"))
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue);
    }

    private static Optional<ObjectNode> parseObject(LogTailReader.OwnEvent event) {
        try {
            return JSON.readTree(event.data()) instanceof ObjectNode its ? Optional.of(its) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
