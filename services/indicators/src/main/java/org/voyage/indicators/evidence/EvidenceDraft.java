package org.voyage.indicators.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.indicators.fact.EvidenceInput;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.PartitionArrays;

/**
 * Draft of the evidence, read again from the log while the current evidence serves. It is stored in temporary tables of
 * one connection until it replaces the evidence. For one thread.
 */
public final class EvidenceDraft implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EvidenceDraft.class);
    private static final int FETCH_ROWS = 5_000;
    /** SQLSTATE class of errors in the data. */
    private static final String DATA_ERROR_CLASS = "22";

    private static final String CREATE_TABLES_SQL = """
            create temporary table draft (like evidence including indexes);
            create temporary table draft_arriving (like evidence);
            create temporary table draft_unreadable (like dead_letter including defaults including indexes)""";
    private static final String DROP_TABLES_SQL =
            "drop table if exists draft; drop table if exists draft_arriving; drop table if exists draft_unreadable";
    /** Of two events of one version the first counts, as in the evidence itself. */
    private static final String INSERT_DRAFT_SQL = """
            insert into draft select * from draft_arriving order by topic, partition, kafka_offset on conflict do nothing
            """;

    private static final String NEWEST_SQL = """
            select distinct on (province, source_id) province || '/' || source_id, version, change, after
              from draft where record = ? order by province, source_id, version desc""";
    private static final String SAME_KEY_CONDITION =
            "(d.record, d.province, d.source_id, d.version) = (e.record, e.province, e.source_id, e.version)";
    private static final String SAME_VERSION_CONDITION = SAME_KEY_CONDITION
            + " and (d.topic, d.partition, d.kafka_offset, d.position, d.event_time, d.change)"
            + " = (e.topic, e.partition, e.kafka_offset, e.position, e.event_time, e.change)"
            + " and d.cause::text is not distinct from e.cause::text"
            + " and d.after::text is not distinct from e.after::text";
    private static final String DELETE_SQL = """
            delete from evidence e using unnest(?, ?, ?) horizon (topic, partition, next_offset)
             where (e.topic, e.partition) = (horizon.topic, horizon.partition) and e.kafka_offset < horizon.next_offset
               and e.kafka_offset >= horizon.next_offset >> 32 << 32
               and not exists (select from draft d where %s)
            returning e.record, e.province, e.source_id, e.version""".formatted(SAME_VERSION_CONDITION);
    private static final String INSERT_SQL = """
            insert into evidence select d.* from draft d
             where not exists (select from evidence e where %s)
            on conflict do nothing
            returning record, province, source_id, version""".formatted(SAME_KEY_CONDITION);
    private static final String DELETE_READABLE_SQL = """
            delete from dead_letter s using unnest(?, ?, ?) horizon (topic, partition, next_offset)
             where (s.topic, s.partition) = (horizon.topic, horizon.partition) and s.kafka_offset < horizon.next_offset
               and s.kafka_offset >= horizon.next_offset >> 32 << 32
               and not exists (select from draft_unreadable u
                                where (u.topic, u.partition, u.kafka_offset) = (s.topic, s.partition, s.kafka_offset))""";
    /** Events that were readable when they were stored, and are unreadable now. */
    private static final String INSERT_DEAD_LETTER_SQL =
            "insert into dead_letter select * from draft_unreadable on conflict do nothing";

    private final Connection connection;
    private final JdbcClient database;
    private final FactReaderRegistry readers;
    private final Map<String, Map<Integer, Set<Long>>> unreadable = new HashMap<>();

    EvidenceDraft(Connection connection, FactReaderRegistry readers) {
        this.connection = connection;
        this.database = JdbcClient.on(connection);
        this.readers = readers;
        database.execute(DROP_TABLES_SQL);
        database.execute(CREATE_TABLES_SQL);
    }

    /**
     * Adds messages, in the order of each partition.
     *
     * @return the number of readable messages
     */
    public int addMessages(List<LogMessage> deliveries) {
        List<EvidenceInput> entries = new ArrayList<>();
        for (LogMessage message : deliveries) {
            EvidenceInput entry = EvidenceInput.parse(message, readers);
            if (entry.parts() == null) {
                markUnreadable(entry);
            } else {
                entries.add(entry);
            }
        }
        insertEntries(entries);
        return entries.size();
    }

    /** Inserts entries. If PostgreSQL rejects one, a search isolates the single event, as in the ingester. */
    private void insertEntries(List<EvidenceInput> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            EvidenceStore.copyEntries(database, "draft_arriving", entries);
        } catch (DatabaseException e) {
            if (e.sqlState() == null || !e.sqlState().startsWith(DATA_ERROR_CLASS)) {
                throw e;
            }
            if (entries.size() == 1) {
                markUnreadable(entries.getFirst().asDeadLetter("PostgreSQL refuses it: " + e.sqlState()));
            } else {
                insertEntries(entries.subList(0, entries.size() / 2));
                insertEntries(entries.subList(entries.size() / 2, entries.size()));
            }
            return;
        }
        database.execute(INSERT_DRAFT_SQL);
        EvidenceStore.findContradictions(database, "draft_arriving", "draft", entries)
                .forEach(this::markUnreadable);
        database.execute("truncate draft_arriving");
    }

    private void markUnreadable(EvidenceInput entry) {
        DeadLetterStore.storeDeadLetters(database, "draft_unreadable", List.of(entry));
        LogMessage message = entry.message();
        unreadable
                .computeIfAbsent(message.topic(), topic -> new HashMap<>())
                .computeIfAbsent(message.partition(), partition -> new HashSet<>())
                .add(message.offset());
    }

    /** Returns the offsets of a topic's events that are still unreadable, by partition. */
    public Map<Integer, Set<Long>> unreadableOffsets(String topic) {
        return unreadable.getOrDefault(topic, Map.of());
    }

    /** Passes the newest version of every fact of these records to the visitor. */
    public void forEachNewest(Collection<String> records, EvidenceSnapshot.EvidenceVisitor visitor) {
        database.inTransaction(client -> {
            for (String record : records) {
                client.queryEach(
                        FETCH_ROWS,
                        NEWEST_SQL,
                        row -> visitor.visitFact(
                                record, row.getString(1), row.getInt(2), row.getString(3), row.getBytes(4)),
                        record);
            }
            return true;
        });
    }

    /**
     * Result of a replacement. {@code repaired} is the number of versions that were missing, superfluous or different.
     * {@code replayed} is the number of former dead letters that the evidence now holds.
     */
    public record DraftReplacement(long repaired, long replayed) {}

    /**
     * Replaces the evidence below a position, in one transaction: a reader sees the old or the new evidence, never a
     * mixture. Rows stored since then are unchanged.
     *
     * @param next per partition the offset up to which the draft was read
     */
    public DraftReplacement replaceEvidence(Map<TopicPartition, Long> next) {
        PartitionArrays places = new PartitionArrays();
        next.forEach(places::add);
        if (places.isEmpty()) {
            return new DraftReplacement(0, 0);
        }
        return database.inTransaction(client -> {
            Set<List<Object>> repaired =
                    new HashSet<>(client.query(DELETE_SQL, EvidenceDraft::version, places.columnsAnd()));
            repaired.addAll(client.query(INSERT_SQL, EvidenceDraft::version));
            long replayed = client.update(DELETE_READABLE_SQL, places.columnsAnd());
            client.execute(INSERT_DEAD_LETTER_SQL);
            return new DraftReplacement(repaired.size(), replayed);
        });
    }

    private static List<Object> version(ResultSet row) throws SQLException {
        return List.of(row.getString(1), row.getString(2), row.getString(3), row.getInt(4));
    }

    @Override
    public void close() {
        try (connection) {
            database.execute(DROP_TABLES_SQL);
        } catch (SQLException | DatabaseException e) {
            LOG.warn("a draft of the evidence could not be cleared away; it goes with its connection", e);
        }
    }
}
