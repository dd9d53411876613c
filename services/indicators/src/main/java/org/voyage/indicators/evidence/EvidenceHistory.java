package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.log.PartitionArrays;

/** History of the evidence: its state at a point in time, and the versions stored between two points in time. */
@ApplicationScoped
public class EvidenceHistory {

    private static final int FETCH_ROWS = 5_000;
    private static final String NEWEST_SQL = """
            with known as not materialized (
              select e.record, e.province, e.source_id, e.version, e.change, e.after
                from evidence e
                join unnest(?, ?, ?) horizon (topic, partition, next_offset) using (topic, partition)
               where e.kafka_offset < horizon.next_offset and e.record = any (?)),
            newest as (
              select record, province, source_id, max(version) as version
                from known group by record, province, source_id)
            select record, province || '/' || source_id, version, change, after
              from known join newest using (record, province, source_id, version)
            """;
    private static final String BETWEEN_SQL = """
            select e.record, e.province || '/' || e.source_id, e.version, e.topic, e.partition, e.kafka_offset,
                   e.event_time, e.change, coalesce(e.cause ->> 'kind', ''), e.after
              from evidence e
              join unnest(?, ?, ?, ?) span (topic, partition, first_offset, next_offset) using (topic, partition)
             where e.kafka_offset >= span.first_offset and e.kafka_offset < span.next_offset and e.record = any (?)
             order by e.event_time, e.topic, e.partition, e.kafka_offset
            """;
    private static final String CHANGES_SQL = """
            select e.record, e.province || '/' || e.source_id, e.change, span.begin_offset
              from evidence e
              join unnest(?, ?, ?, ?, ?) span (topic, partition, begin_offset, first_offset, next_offset)
             using (topic, partition)
             where e.kafka_offset >= span.first_offset and e.kafka_offset < span.next_offset
            """;
    /**
     * A key lies in one partition: its newest version before an offset of that partition is the one known there. The
     * database looks few keys up by the index, and joins many.
     */
    private static final String EARLIER_STATES_SQL = """
            select record, province || '/' || source_id, after
              from (select distinct on (record, province, source_id) record, province, source_id, e.after
                      from unnest(?, ?, ?, ?) wanted (record, province, source_id, begin_offset)
                      join evidence e using (record, province, source_id)
                     where e.kafka_offset < wanted.begin_offset
                     order by record, province, source_id, e.version desc) earlier
             where after is not null
            """;

    private static final String LOCATIONS_SQL = """
            select e.province || '/' || e.source_id, e.version, e.topic, e.partition, e.kafka_offset, e.event_time, e.change
              from evidence e
              join unnest(?, ?, ?) wanted (province, source_id, version) using (province, source_id, version)
             where e.record = ?
            """;

    /** A withdrawn record has the text of its last state. */
    private static final String TEXTS_SQL = """
            select wanted.province || '/' || wanted.source_id, known.text
              from unnest(?, ?, ?) wanted (province, source_id, version)
              join lateral (
                   select e.after ->> ? as text from evidence e
                    where (e.record, e.province, e.source_id) = (?, wanted.province, wanted.source_id)
                      and e.version <= wanted.version and e.after is not null
                    order by e.version desc limit 1) known on known.text is not null
            """;

    private static final String VERSIONS_SQL = """
            select e.record, e.province || '/' || e.source_id, e.version, e.topic, e.partition, e.kafka_offset,
                   e.event_time, e.change, coalesce(e.cause ->> 'kind', ''), e.after
              from evidence e
              join unnest(?, ?, ?) horizon (topic, partition, next_offset) using (topic, partition)
              join unnest(?, ?) wanted (province, source_id) using (province, source_id)
             where e.kafka_offset < horizon.next_offset and e.record = ?
             limit ?
            """;

    private final JdbcClient database;
    private final JdbcClient everything;

    EvidenceHistory(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseTimeout.runWithTimeout(
                DatabaseTimeout.LONG_WORK, () -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection())));
    }

    /** Location of a version in the log, with its time. */
    public record VersionLocation(
            String key, int version, String topic, int partition, long offset, Instant eventTime, String change) {

        public String province() {
            return key.substring(0, key.indexOf('/'));
        }

        public String sourceId() {
            return key.substring(key.indexOf('/') + 1);
        }
    }

    /**
     * Version that was stored between two points in time.
     *
     * @param cause the kind of its cause; empty when the event named none
     * @param stateAfter null when the fact was withdrawn
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to a reader of states, never compared
    public record StoredVersion(String record, VersionLocation location, String cause, byte @Nullable [] stateAfter) {}

    /** Visitor of the versions that were stored in a span of the log. */
    @FunctionalInterface
    public interface ChangeVisitor {
        /**
         * @param key {@code province/sourceId}
         * @param change the kind of the version
         * @param begin offset in the partition of the key at which the comparison begins; before offset 0 no fact existed
         */
        void visitChange(String record, String key, String change, long begin);
    }

    /** Visitor of the states of facts at a point in time. */
    @FunctionalInterface
    public interface StateVisitor {
        void visitState(String record, String key, byte[] state);
    }

    /** Passes the newest version known at that time, for every fact of these records, to the visitor. */
    public void forEachNewest(
            Checkpoint checkpoint, Collection<String> records, EvidenceSnapshot.EvidenceVisitor visitor) {
        PartitionArrays places = new PartitionArrays();
        checkpoint.nextOffsets().forEach(places::add);
        if (!places.isEmpty()) {
            readEach(
                    NEWEST_SQL,
                    row -> visitor.visitFact(
                            row.getString(1), row.getString(2), row.getInt(3), row.getString(4), row.getBytes(5)),
                    places.columnsAnd(SqlArray.ofTexts(records)));
        }
        visitor.finish(checkpoint.nextOffsets(), Map.of());
    }

    /**
     * Passes the versions stored after the first and until the second point in time to the visitor, in the order in
     * which they were made.
     */
    public void forEachBetween(
            Checkpoint from, Checkpoint to, Collection<String> records, Consumer<StoredVersion> steps) {
        PartitionArrays spans = new PartitionArrays();
        to.nextOffsets().forEach((partition, next) -> {
            if (next > from.nextOffset(partition)) {
                spans.add(partition, from.nextOffset(partition), next);
            }
        });
        if (!spans.isEmpty()) {
            readEach(BETWEEN_SQL, row -> steps.accept(toVersion(row)), spans.columnsAnd(SqlArray.ofTexts(records)));
        }
    }

    /** Reads the rows of all provinces in steps, for any number of rows. */
    private void readEach(String sql, JdbcClient.RowVisitor visitor, Object... parameters) {
        everything.inTransaction(client -> {
            client.queryEach(FETCH_ROWS, sql, visitor, parameters);
            return true;
        });
    }

    /**
     * Passes each version that was stored in a span of the log to the visitor, in no order.
     *
     * @param begin at or before {@code from}
     * @param from per partition the first offset of the span
     * @param to per partition the first offset after it
     */
    public void forEachChange(
            Checkpoint begin, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, ChangeVisitor visitor) {
        PartitionArrays spans = new PartitionArrays();
        to.forEach((partition, next) -> {
            long first = from.getOrDefault(partition, 0L);
            if (next > first) {
                spans.add(partition, begin.nextOffset(partition), first, next);
            }
        });
        if (!spans.isEmpty()) {
            readEach(
                    CHANGES_SQL,
                    row -> visitor.visitChange(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                    spans.columnsAnd());
        }
    }

    /**
     * Passes the earlier state of each fact that had one to the visitor.
     *
     * @param keys by record the keys, each with an offset in its partition: the state is the one before it
     */
    public void forEachEarlierState(Map<String, Map<String, Long>> keys, StateVisitor visitor) {
        List<String> records = new ArrayList<>();
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        keys.forEach((record, offsetsByKey) -> {
            splitKeys(offsetsByKey.keySet(), provinces, sourceIds);
            offsetsByKey.values().forEach(offset -> {
                records.add(record);
                offsets.add(offset);
            });
        });
        if (!records.isEmpty()) {
            readEach(
                    EARLIER_STATES_SQL,
                    row -> visitor.visitState(row.getString(1), row.getString(2), row.getBytes(3)),
                    SqlArray.ofTexts(records),
                    SqlArray.ofTexts(provinces),
                    SqlArray.ofTexts(sourceIds),
                    SqlArray.ofLongs(offsets));
        }
    }

    /**
     * Returns every version of some facts of a record that was known at that time, in no order.
     *
     * @param keys {@code province/sourceId}
     * @param limit maximum number of versions
     */
    public List<StoredVersion> findVersions(String record, Collection<String> keys, Checkpoint checkpoint, int limit) {
        PartitionArrays places = new PartitionArrays();
        checkpoint.nextOffsets().forEach(places::add);
        if (places.isEmpty() || keys.isEmpty()) {
            return List.of();
        }
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        splitKeys(keys, provinces, sourceIds);
        return everything.query(
                VERSIONS_SQL,
                EvidenceHistory::toVersion,
                places.columnsAnd(SqlArray.ofTexts(provinces), SqlArray.ofTexts(sourceIds), record, limit));
    }

    private static StoredVersion toVersion(ResultSet row) throws SQLException {
        return new StoredVersion(row.getString(1), place(row, 2), row.getString(9), row.getBytes(10));
    }

    private static VersionLocation place(ResultSet row, int first) throws SQLException {
        return new VersionLocation(
                row.getString(first),
                row.getInt(first + 1),
                row.getString(first + 2),
                row.getInt(first + 3),
                row.getLong(first + 4),
                RowMapper.readInstant(row, first + 5),
                row.getString(first + 6));
    }

    private static void splitKeys(Collection<String> keys, List<String> provinces, List<String> sourceIds) {
        for (String key : keys) {
            int slash = key.indexOf('/');
            provinces.add(key.substring(0, slash));
            sourceIds.add(key.substring(slash + 1));
        }
    }

    /** Returns the locations of these versions of one record, by key, for the provinces that the caller may see. */
    public Map<String, VersionLocation> findLocations(String record, Map<String, Integer> versions) {
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        splitKeys(versions.keySet(), provinces, sourceIds);
        Map<String, VersionLocation> places = new HashMap<>();
        database.queryEach(
                LOCATIONS_SQL,
                row -> places.put(row.getString(1), place(row, 1)),
                SqlArray.ofTexts(provinces),
                SqlArray.ofTexts(sourceIds),
                SqlArray.ofInts(versions.values()),
                record);
        return places;
    }

    /**
     * Returns a text of the state of these versions of one record, by key, for the provinces that the caller may see.
     *
     * @param member name of the text in the state
     */
    public Map<String, String> findTexts(String record, String member, Map<String, Integer> versions) {
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        splitKeys(versions.keySet(), provinces, sourceIds);
        Map<String, String> texts = new HashMap<>();
        database.queryEach(
                TEXTS_SQL,
                row -> texts.put(row.getString(1), row.getString(2)),
                SqlArray.ofTexts(provinces),
                SqlArray.ofTexts(sourceIds),
                SqlArray.ofInts(versions.values()),
                member,
                record);
        return texts;
    }
}
