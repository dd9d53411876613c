package org.voyage.indicators.feature.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.kit.database.JdbcClient;

/** Store of the values that readers outside were last sent, in the caller's transaction. */
@ApplicationScoped
class OutsideValueStore {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Long>> POSITION_TYPE = new TypeReference<>() {};

    private final JdbcClient database;

    OutsideValueStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Value as it was sent. @param state null when it was withdrawn */
    record SentValue(String sourceId, int version, @Nullable JsonNode state) {}

    /** Waits until no other instance publishes; the transaction holds the lock. */
    void lock() {
        database.execute(AdvisoryLock.OUTSIDE_VALUES.exclusiveLockSql());
    }

    Map<String, SentValue> loadAll() {
        Map<String, SentValue> sent = new TreeMap<>();
        database.queryEach("select source_id, version, state from outside_value", row -> {
            SentValue value = mapValue(row);
            sent.put(value.sourceId(), value);
        });
        return sent;
    }

    /** Returns the next values in the order of their source ids, locked against change. */
    List<SentValue> lockAfter(String sourceId, int limit) {
        return database.query(
                "select source_id, version, state from outside_value where source_id > ? order by source_id limit ?"
                        + " for update",
                OutsideValueStore::mapValue,
                sourceId,
                limit);
    }

    /** Returns the positions of the values by figure. */
    Map<String, Map<String, Long>> loadPositions() {
        Map<String, Map<String, Long>> positions = new TreeMap<>();
        database.queryEach(
                "select figure, position from outside_value_position",
                row -> positions.put(row.getString(1), parsePosition(row.getString(2))));
        return positions;
    }

    void store(SentValue value) {
        database.update(
                "insert into outside_value (source_id, version, state) values (?, ?, ?::jsonb)"
                        + " on conflict (source_id) do update set version = excluded.version, state = excluded.state",
                value.sourceId(),
                value.version(),
                value.state() == null ? null : value.state().toString());
    }

    void storePosition(String figure, Map<String, Long> position) {
        try {
            database.update(
                    "insert into outside_value_position (figure, position) values (?, ?::jsonb)"
                            + " on conflict (figure) do update set position = excluded.position",
                    figure,
                    JSON.writeValueAsString(position));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SentValue mapValue(ResultSet row) throws SQLException {
        String state = row.getString(3);
        try {
            return new SentValue(row.getString(1), row.getInt(2), state == null ? null : JSON.readTree(state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be read", e);
        }
    }

    private static Map<String, Long> parsePosition(String json) {
        try {
            return JSON.readValue(json, POSITION_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position cannot be read", e);
        }
    }
}
