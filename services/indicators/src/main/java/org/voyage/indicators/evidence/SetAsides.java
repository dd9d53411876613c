package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The events that could not be read. */
@ApplicationScoped
public class SetAsides {

    private final DataSource dataSource;

    SetAsides(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @param content the bytes as they came, null when there were none */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record SetAside(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            byte @Nullable [] content,
            String reason,
            Instant at) {}

    /** The offsets of those of one topic, by partition. */
    public Map<Integer, Set<Long>> offsets(String topic) throws SQLException {
        Map<Integer, Set<Long>> offsets = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select partition, kafka_offset from set_aside where topic = ?")) {
            statement.setString(1, topic);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    offsets.computeIfAbsent(row.getInt(1), partition -> new HashSet<>())
                            .add(row.getLong(2));
                }
            }
        }
        return offsets;
    }

    /** The newest first. */
    public List<SetAside> newest(int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select topic, partition, kafka_offset, key, content, reason, set_aside_at"
                                + " from set_aside order by set_aside_at desc, kafka_offset desc limit ?")) {
            statement.setInt(1, limit);
            List<SetAside> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    byte[] key = row.getBytes(4);
                    found.add(new SetAside(
                            row.getString(1),
                            row.getInt(2),
                            row.getLong(3),
                            key == null ? null : new String(key, StandardCharsets.UTF_8),
                            row.getBytes(5),
                            row.getString(6),
                            row.getTimestamp(7).toInstant()));
                }
            }
            return found;
        }
    }
}
