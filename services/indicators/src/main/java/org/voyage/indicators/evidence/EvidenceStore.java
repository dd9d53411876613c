package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.indicators.fact.EvidenceInput;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReader;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsetTable;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.ReaderLease;

/**
 * Store of the evidence. One transaction writes the events and the offsets, so that each event is stored exactly once.
 */
@ApplicationScoped
public class EvidenceStore {

    private static final String EVIDENCE_COLUMNS =
            "record, province, source_id, version, topic, partition, kafka_offset,"
                    + " position, event_time, change, cause, after";
    private static final int COLUMN_COUNT = 12;
    private static final String UNIQUE_VIOLATION = "23505";
    /** Of two contents of one version the first counts. */
    private static final String FIRST_CONTENT_SQL = " order by topic, partition, kafka_offset on conflict do nothing";

    private static final Logger LOG = Logger.getLogger(EvidenceStore.class);
    private static final String CONTRADICTIONS_SQL = """
            select a.topic, a.partition, a.kafka_offset
              from %s a join %s e on (e.record, e.province, e.source_id, e.version)
                                     = (a.record, a.province, a.source_id, a.version)
             where a.change <> 'republished' and a.after::text is distinct from e.after::text""";

    private final JdbcClient database;
    private final JdbcClient everything;

    EvidenceStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    ReaderLease createLease(String reader) {
        return ConsumerOffsets.createLease(database, reader);
    }

    public Map<TopicPartition, StoredOffset> loadOffsets() {
        return ConsumerOffsetTable.loadOffsets(database);
    }

    /**
     * Stores entries that are expected to be new.
     *
     * @return number of rows added to the evidence
     * @throws DuplicateEvidenceException when an entry was already stored; nothing is stored
     * @throws OffsetConflictException when another reader was faster; nothing is stored
     */
    int storeNew(
            List<EvidenceInput> entries, Map<TopicPartition, StoredOffset> from, Map<TopicPartition, StoredOffset> to)
            throws OffsetConflictException, DuplicateEvidenceException {
        if (hasRepeats(entries)) {
            throw new DuplicateEvidenceException();
        }
        try {
            return inTransaction(entries, from, to, client -> insertEntries(client, entries, ""));
        } catch (DatabaseException e) {
            if (UNIQUE_VIOLATION.equals(e.sqlState())) {
                throw new DuplicateEvidenceException();
            }
            throw e;
        }
    }

    /** Stores entries as {@link #storeNew} does, but more slowly, and leaves out rows that exist already. */
    int storeMissing(
            List<EvidenceInput> entries, Map<TopicPartition, StoredOffset> from, Map<TopicPartition, StoredOffset> to)
            throws OffsetConflictException {
        return inTransaction(entries, from, to, client -> {
            int written = insertEntries(client, entries, FIRST_CONTENT_SQL);
            List<EvidenceInput> contradictions = findContradictions(client, "arriving", "evidence", entries);
            DeadLetterStore.storeDeadLetters(client, DeadLetterStore.TABLE, contradictions);
            contradictions.forEach(entry -> LOG.warnf(
                    "stored a dead letter of %s, partition %d, offset %d: %s",
                    entry.message().topic(),
                    entry.message().partition(),
                    entry.message().offset(),
                    entry.reason()));
            return written;
        });
    }

    /**
     * Returns the entries whose version is stored with another content, as dead letters. Of two contents of one version
     * the first counts. A republication names the newest state and no new content.
     *
     * @param arriving table of the entries
     * @param stored table that holds the first content of each version
     */
    static List<EvidenceInput> findContradictions(
            JdbcClient client, String arriving, String stored, List<EvidenceInput> entries) {
        Set<LogLocation> locations = Set.copyOf(client.query(
                CONTRADICTIONS_SQL.formatted(arriving, stored),
                row -> new LogLocation(row.getString(1), row.getInt(2), row.getLong(3))));
        return entries.stream()
                .filter(entry -> locations.contains(LogLocation.of(entry.message())))
                .map(entry -> entry.asDeadLetter("its version is stored with another content"))
                .toList();
    }

    private record LogLocation(String topic, int partition, long offset) {
        static LogLocation of(LogMessage message) {
            return new LogLocation(message.topic(), message.partition(), message.offset());
        }
    }

    /** Returns whether a version occurs twice. */
    private static boolean hasRepeats(List<EvidenceInput> entries) {
        Set<FactVersionKey> seen = new HashSet<>(entries.size() * 2);
        for (EvidenceInput entry : entries) {
            FactReader.EventSlices parts = entry.parts();
            if (parts != null && !seen.add(FactVersionKey.of(parts.event()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Inserts by way of a temporary table: PostgreSQL does not COPY into a table that row-level security policies
     * guard.
     */
    private static int insertEntries(JdbcClient client, List<EvidenceInput> entries, String conflict) {
        client.execute("create temporary table if not exists arriving (like evidence) on commit delete rows");
        if (copyEntries(client, "arriving", entries) == 0) {
            return 0;
        }
        return client.update("insert into evidence (" + EVIDENCE_COLUMNS + ") select " + EVIDENCE_COLUMNS
                + " from arriving" + conflict);
    }

    /** Some of the rows exist already. */
    static final class DuplicateEvidenceException extends Exception {
        DuplicateEvidenceException() {
            super("some versions are stored already", null, false, false);
        }
    }

    private int inTransaction(
            List<EvidenceInput> entries,
            Map<TopicPartition, StoredOffset> from,
            Map<TopicPartition, StoredOffset> to,
            ToIntFunction<JdbcClient> rows)
            throws OffsetConflictException {
        return everything.inTransaction(client -> {
            ConsumerOffsetTable.advanceAll(client, from, to);
            int written = rows.applyAsInt(client);
            DeadLetterStore.storeDeadLetters(client, DeadLetterStore.TABLE, entries);
            DeadLetterStore.markHealedByRepublication(client, entries);
            CheckpointHistory.recordCheckpoint(client, to);
            return written;
        });
    }

    static int copyEntries(JdbcClient client, String table, List<EvidenceInput> entries) {
        BinaryCopyWriter rows = new BinaryCopyWriter();
        boolean isEmpty = true;
        for (EvidenceInput entry : entries) {
            FactReader.EventSlices parts = entry.parts();
            if (parts != null) {
                writeRow(rows, entry, parts);
                isEmpty = false;
            }
        }
        if (isEmpty) {
            return 0;
        }
        byte[] bytes = rows.finishRows();
        return client.withConnection(connection -> {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " (" + EVIDENCE_COLUMNS + ") from stdin (format binary)");
            copy.writeToCopy(bytes, 0, bytes.length);
            return Math.toIntExact(copy.endCopy());
        });
    }

    private record FactVersionKey(String record, String key, int version) {
        static FactVersionKey of(FactEvent event) {
            return new FactVersionKey(event.record(), event.key(), event.version());
        }
    }

    private static void writeRow(BinaryCopyWriter rows, EvidenceInput entry, FactReader.EventSlices parts) {
        FactEvent event = parts.event();
        LogMessage message = entry.message();
        byte[] value = Objects.requireNonNull(message.value()).array();
        rows.beginRow(COLUMN_COUNT);
        rows.writeText(event.record());
        rows.writeText(event.province());
        rows.writeText(event.sourceId());
        rows.writeNumber(event.version());
        rows.writeText(message.topic());
        rows.writeNumber(message.partition());
        rows.writeNumber(message.offset());
        rows.writeNumber(message.position());
        rows.writeInstant(message.time());
        rows.writeText(event.change());
        rows.writeSliceOrNull(value, parts.causeFrom(), parts.causeTo());
        rows.writeSliceOrNull(value, parts.stateFrom(), parts.stateTo());
    }
}
