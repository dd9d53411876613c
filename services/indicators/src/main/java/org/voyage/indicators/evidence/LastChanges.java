package org.voyage.indicators.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * When records were last changed, by the year that they are about. Each event of the evidence is looked at once, the first time
 * that somebody asks; after that only what has come since. For one thread, whose snapshots are each not older than the last.
 */
public final class LastChanges {

    /** Stands for the year of records of which it is not known. */
    public static final int UNKNOWN = 0;

    /** A record that was withdrawn was about the year of its version before. */
    private static final String SINCE = """
            select e.topic, e.province,
                   coalesce(substring(coalesce(e.after, (
                       select before.after from evidence before
                        where (before.record, before.province, before.source_id, before.version)
                            = (e.record, e.province, e.source_id, e.version - 1))) ->> field.name
                       from '^[0-9][0-9][0-9][0-9]')::int, ?),
                   max(e.event_time)
              from evidence e
              join unnest(?, ?, ?, ?) span (topic, partition, first_offset, next_offset) using (topic, partition)
              left join unnest(?, ?) field (record, name) on field.record = e.record
             where e.kafka_offset >= span.first_offset and e.kafka_offset < span.next_offset
             group by 1, 2, 3
            """;

    private final String[] records;
    private final String[] fields;
    private Map<TopicPartition, Long> next = Map.of();
    private Map<Of, Instant> last = Map.of();

    /** Records of one topic and one province that are about one year. */
    public record Of(String topic, String province, int year) {}

    /** @param yearFields by record the member of its state that begins with the year */
    public LastChanges(Map<String, String> yearFields) {
        this.records = yearFields.keySet().toArray(String[]::new);
        this.fields = yearFields.values().toArray(String[]::new);
    }

    /** @param connection in a transaction that sees one moment */
    public Map<Of, Instant> in(Connection connection) throws SQLException {
        Map<TopicPartition, Long> now = new HashMap<>();
        Partitions spans = new Partitions();
        Offsets.load(connection).forEach((partition, place) -> {
            now.put(partition, place.next());
            long first = next.getOrDefault(partition, 0L);
            if (place.next() > first) {
                spans.add(partition, first, place.next());
            }
        });
        if (!spans.isEmpty()) {
            last = with(since(connection, spans));
            next = now;
        }
        return last;
    }

    private Map<Of, Instant> since(Connection connection, Partitions spans) throws SQLException {
        Map<Of, Instant> changes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
            statement.setInt(1, UNKNOWN);
            int following = spans.bind(connection, statement, 2);
            statement.setArray(following, connection.createArrayOf("text", records));
            statement.setArray(following + 1, connection.createArrayOf("text", fields));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    changes.put(
                            new Of(row.getString(1), row.getString(2), row.getInt(3)),
                            row.getObject(4, OffsetDateTime.class).toInstant());
                }
            }
        }
        return changes;
    }

    private Map<Of, Instant> with(Map<Of, Instant> newer) {
        Map<Of, Instant> all = new HashMap<>(last);
        newer.forEach((of, at) -> all.merge(of, at, (a, b) -> a.isAfter(b) ? a : b));
        return Map.copyOf(all);
    }
}
