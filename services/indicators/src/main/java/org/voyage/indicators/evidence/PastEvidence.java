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
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** The evidence as it was at a moment, and what came to it between two. */
@ApplicationScoped
public class PastEvidence {

    private static final int FETCH = 5_000;
    private static final String NEWEST = """
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
    private static final String BETWEEN = """
            select e.record, e.province || '/' || e.source_id, e.version, e.topic, e.partition, e.kafka_offset,
                   e.event_time, e.change, coalesce(e.cause ->> 'kind', ''), e.after
              from evidence e
              join unnest(?, ?, ?, ?) span (topic, partition, first_offset, next_offset) using (topic, partition)
             where e.kafka_offset >= span.first_offset and e.kafka_offset < span.next_offset and e.record = any (?)
             order by e.event_time, e.topic, e.partition, e.kafka_offset
            """;
    /** A key lies in one partition: what stood before the span is what was known at its beginning. */
    private static final String BEFORE = """
            with moved as (
              select e.record, e.province, e.source_id, array_agg(e.change) as changes,
                     min(span.begin_offset) as begin_offset
                from evidence e
                join unnest(?, ?, ?, ?, ?) span (topic, partition, begin_offset, first_offset, next_offset)
               using (topic, partition)
               where e.kafka_offset >= span.first_offset and e.kafka_offset < span.next_offset
               group by e.record, e.province, e.source_id
               limit ?)
            select m.record, m.province || '/' || m.source_id, m.changes, before.after
              from moved m
              left join lateral (
                   select e.after from evidence e
                    where (e.record, e.province, e.source_id) = (m.record, m.province, m.source_id)
                      and e.kafka_offset < m.begin_offset
                    order by e.version desc limit 1) before on true
            """;

    private static final String PLACES = """
            select e.province || '/' || e.source_id, e.version, e.topic, e.partition, e.kafka_offset, e.event_time, e.change
              from evidence e
              join unnest(?, ?, ?) wanted (province, source_id, version) using (province, source_id, version)
             where e.record = ?
            """;

    private static final String VERSIONS = """
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

    PastEvidence(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    /** A version of a fact, and where and when it came. */
    public record Place(
            String key, int version, String topic, int partition, long offset, Instant eventTime, String change) {

        public String province() {
            return key.substring(0, key.indexOf('/'));
        }

        public String sourceId() {
            return key.substring(key.indexOf('/') + 1);
        }
    }

    /**
     * A version that was stored between two moments.
     *
     * @param cause the kind of its cause; empty when the event named none
     * @param after null when the fact was withdrawn
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to a reader of states, never compared
    public record Step(String record, Place place, String cause, byte @Nullable [] after) {}

    /**
     * A fact of which versions came in a span of the log.
     *
     * @param key {@code province/sourceId}
     * @param changes the kind of each version
     * @param before its state at the beginning; null when it was not there
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to a reader of states, never compared
    public record Before(String record, String key, List<String> changes, byte @Nullable [] before) {}

    /** Shows the newest version of every fact of these records, of those that were known then. */
    public void read(Horizon horizon, Collection<String> records, EvidenceSnapshot.Visitor visitor) {
        Partitions places = new Partitions();
        horizon.next().forEach(places::add);
        if (!places.isEmpty()) {
            readEach(
                    NEWEST,
                    row -> visitor.fact(
                            row.getString(1), row.getString(2), row.getInt(3), row.getString(4), row.getBytes(5)),
                    places.columnsAnd(SqlArray.ofTexts(records)));
        }
        visitor.end(horizon.next(), Map.of());
    }

    /** Shows what came after the one and until the other moment, in the order in which it was made. */
    public void between(Horizon from, Horizon to, Collection<String> records, Consumer<Step> steps) {
        Partitions spans = new Partitions();
        to.next().forEach((partition, next) -> {
            if (next > from.next(partition)) {
                spans.add(partition, from.next(partition), next);
            }
        });
        if (!spans.isEmpty()) {
            readEach(BETWEEN, row -> steps.accept(step(row)), spans.columnsAnd(SqlArray.ofTexts(records)));
        }
    }

    /** Reads the rows of all provinces bit by bit, however many there are. */
    private void readEach(String sql, JdbcClient.RowVisitor visitor, Object... parameters) {
        everything.inTransaction(client -> {
            client.queryEach(FETCH, sql, visitor, parameters);
            return true;
        });
    }

    /**
     * What changed in a span of the log, and how it stood at a moment before.
     *
     * @param begin at or before {@code from}
     * @param from per partition the first offset of the span
     * @param to per partition the first offset after it
     * @param limit the most facts that are given
     */
    public List<Before> before(Horizon begin, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, int limit) {
        Partitions spans = new Partitions();
        to.forEach((partition, next) -> {
            long first = from.getOrDefault(partition, 0L);
            if (next > first) {
                spans.add(partition, begin.next(partition), first, next);
            }
        });
        if (spans.isEmpty()) {
            return List.of();
        }
        return everything.query(
                BEFORE,
                row -> new Before(
                        row.getString(1),
                        row.getString(2),
                        List.of((String[]) row.getArray(3).getArray()),
                        row.getBytes(4)),
                spans.columnsAnd(limit));
    }

    /**
     * Every version of some facts of a record that was known then, in no order.
     *
     * @param keys {@code province/sourceId}
     * @param limit the most versions that are given
     */
    public List<Step> versions(String record, Collection<String> keys, Horizon horizon, int limit) {
        Partitions places = new Partitions();
        horizon.next().forEach(places::add);
        if (places.isEmpty() || keys.isEmpty()) {
            return List.of();
        }
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        split(keys, provinces, sourceIds);
        return everything.query(
                VERSIONS,
                PastEvidence::step,
                places.columnsAnd(SqlArray.ofTexts(provinces), SqlArray.ofTexts(sourceIds), record, limit));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(row.getString(1), place(row, 2), row.getString(9), row.getBytes(10));
    }

    private static Place place(ResultSet row, int first) throws SQLException {
        return new Place(
                row.getString(first),
                row.getInt(first + 1),
                row.getString(first + 2),
                row.getInt(first + 3),
                row.getLong(first + 4),
                RowMapper.readInstant(row, first + 5),
                row.getString(first + 6));
    }

    private static void split(Collection<String> keys, List<String> provinces, List<String> sourceIds) {
        for (String key : keys) {
            int slash = key.indexOf('/');
            provinces.add(key.substring(0, slash));
            sourceIds.add(key.substring(slash + 1));
        }
    }

    /** Where each of these versions of one record came, by key: of the provinces that the caller may see. */
    public Map<String, Place> places(String record, Map<String, Integer> versions) {
        List<String> provinces = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        split(versions.keySet(), provinces, sourceIds);
        Map<String, Place> places = new HashMap<>();
        database.queryEach(
                PLACES,
                row -> places.put(row.getString(1), place(row, 1)),
                SqlArray.ofTexts(provinces),
                SqlArray.ofTexts(sourceIds),
                SqlArray.ofInts(versions.values()),
                record);
        return places;
    }
}
