package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.voyage.indicators.evidence.Offsets.Overtaken;
import org.voyage.indicators.evidence.Offsets.Place;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReader;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Writes what was read and how far it was read in one transaction, so that each event is stored exactly once. */
@ApplicationScoped
public class EvidenceStore {

    private static final String COLUMNS = "record, province, source_id, version, topic, partition, kafka_offset,"
            + " position, event_time, change, cause, after";
    private static final int COLUMN_COUNT = 12;
    private static final String UNIQUE_VIOLATION = "23505";
    /** A version that is stored already adds no row; that its service told it once more, as the newest, is noted here. */
    private static final String HEAL = """
            update set_aside s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?, ?, ?) told (topic, partition, kafka_offset, version, province, source_id)
             where s.key = convert_to(told.province || '/' || told.source_id, 'UTF8') and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
               and not exists (select from evidence e
                                where (e.record, e.province, e.source_id) = (s.record, told.province, told.source_id)
                                  and e.version > told.version and e.kafka_offset < told.kafka_offset)
            """;

    private final JdbcClient database;
    private final JdbcClient everything;

    EvidenceStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    Map<TopicPartition, Place> places() {
        return Offsets.load(database);
    }

    /**
     * Stores entries none of which is expected to be there already.
     *
     * @return how many rows the evidence grew by
     * @throws Repeated when one was there; nothing is stored
     * @throws Overtaken when another reader was faster; nothing is stored
     */
    int storeNew(List<Entry> entries, Map<TopicPartition, Place> from, Map<TopicPartition, Place> to)
            throws Overtaken, Repeated {
        try {
            return inTransaction(entries, from, to, client -> insert(client, entries, ""));
        } catch (DatabaseException e) {
            if (UNIQUE_VIOLATION.equals(e.sqlState())) {
                throw new Repeated();
            }
            throw e;
        }
    }

    /** As {@link #storeNew}, slower, leaving out what is there already. */
    int storeMissing(List<Entry> entries, Map<TopicPartition, Place> from, Map<TopicPartition, Place> to)
            throws Overtaken {
        return inTransaction(entries, from, to, client -> insert(client, entries, " on conflict do nothing"));
    }

    /** By way of a table of this connection: PostgreSQL copies into none that policies guard. */
    private static int insert(JdbcClient client, List<Entry> entries, String conflict) {
        client.execute("create temporary table if not exists arriving (like evidence) on commit delete rows");
        if (copy(client, "arriving", entries) == 0) {
            return 0;
        }
        return client.update("insert into evidence (" + COLUMNS + ") select " + COLUMNS + " from arriving" + conflict);
    }

    /** Some of the rows are there already. */
    static final class Repeated extends Exception {
        Repeated() {
            super("some versions are stored already", null, false, false);
        }
    }

    private int inTransaction(
            List<Entry> entries,
            Map<TopicPartition, Place> from,
            Map<TopicPartition, Place> to,
            ToIntFunction<JdbcClient> rows)
            throws Overtaken {
        return everything.inTransaction(client -> {
            Offsets.move(client, from, to);
            int written = rows.applyAsInt(client);
            Progress.setAside(client, Progress.SET_ASIDE, entries);
            heal(client, entries);
            Knowledge.note(client, to);
            return written;
        });
    }

    static int copy(JdbcClient client, String table, List<Entry> entries) {
        BinaryRows rows = new BinaryRows();
        Set<Version> seen = new HashSet<>(entries.size() * 2);
        for (Entry entry : entries) {
            FactReader.Parts parts = entry.parts();
            if (parts != null
                    && seen.add(new Version(
                            parts.event().record(),
                            parts.event().key(),
                            parts.event().version()))) {
                row(rows, entry, parts);
            }
        }
        if (seen.isEmpty()) {
            return 0;
        }
        byte[] bytes = rows.finish();
        return client.withConnection(connection -> {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " (" + COLUMNS + ") from stdin (format binary)");
            copy.writeToCopy(bytes, 0, bytes.length);
            return Math.toIntExact(copy.endCopy());
        });
    }

    private record Version(String record, String key, int version) {}

    private static void row(BinaryRows rows, Entry entry, FactReader.Parts parts) {
        FactEvent event = parts.event();
        Delivery delivery = entry.delivery();
        byte[] value = Objects.requireNonNull(delivery.value()).array();
        rows.row(COLUMN_COUNT);
        rows.text(event.record());
        rows.text(event.province());
        rows.text(event.sourceId());
        rows.number(event.version());
        rows.text(delivery.topic());
        rows.number(delivery.partition());
        rows.number(delivery.offset());
        rows.number(delivery.position());
        rows.instant(delivery.time());
        rows.text(event.change());
        rows.sliceOrNull(value, parts.causeFrom(), parts.causeTo());
        rows.sliceOrNull(value, parts.stateFrom(), parts.stateTo());
    }

    private static void heal(JdbcClient client, List<Entry> entries) {
        Partitions told = new Partitions();
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.parts() != null && entry.parts().event().isRepublished()) {
                FactEvent event = entry.parts().event();
                Delivery delivery = entry.delivery();
                told.add(
                        new TopicPartition(delivery.topic(), delivery.partition()), delivery.offset(), event.version());
                provinces.add(event.province());
                sourceIds.add(event.sourceId());
            }
        }
        if (!told.isEmpty()) {
            client.update(HEAL, told.columnsAnd(SqlArray.ofTexts(provinces), SqlArray.ofTexts(sourceIds)));
        }
    }
}
