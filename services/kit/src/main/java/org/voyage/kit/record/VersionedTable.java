package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.FieldReader;

/**
 * The newest version of each record in one table and the older ones in its {@code _history}, read and written in sets:
 * one row and a thousand take the same statements. Uses the caller's transaction.
 */
public class VersionedTable<T> {

    private static final String COLUMNS =
            "province, source_id, version, recorded_at, cause_kind, cause_id, actor, reason, moved_to, record";
    private static final String ROWS = "(select p province, s source_id, v version, t recorded_at, ck cause_kind,"
            + " ci cause_id, a actor, w reason, m moved_to, d::jsonb record from unnest(?::text[], ?::text[], ?::int[],"
            + " ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
            + " as x (p, s, v, t, ck, ci, a, w, m, d)) as u";

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DataSource dataSource;
    private final String table;
    private final RecordJson<T> json;

    VersionedTable(DataSource dataSource, RecordType<T> type) {
        this.dataSource = dataSource;
        this.table = type.table();
        this.json = type.json();
    }

    /** Locks those of the records that are there, until the transaction ends. */
    Map<RecordKey, Version<T>> lock(Collection<RecordKey> keys) {
        return load(keys, " for update of r");
    }

    /** Locks those of the records that are there against change, not against being read or shared. */
    public Map<RecordKey, Version<T>> share(Collection<RecordKey> keys) {
        return load(keys, " for share of r");
    }

    private Map<RecordKey, Version<T>> load(Collection<RecordKey> keys, String lock) {
        List<RecordKey> sorted = keys.stream().distinct().sorted().toList();
        String sql = "select " + COLUMNS + " from " + table
                + " r join unnest(?::text[], ?::text[]) as k (p, s) on r.province = k.p and r.source_id = k.s"
                + " order by province, source_id" + lock;
        Map<RecordKey, Version<T>> found = new HashMap<>();
        for (Version<T> version :
                query(sql, texts(sorted, key -> key.province().code()), texts(sorted, RecordKey::sourceId))) {
            found.put(version.key(), version);
        }
        return found;
    }

    /**
     * The records that stand of each series, of every year.
     *
     * @param names province and name of a series
     */
    List<Version<T>> series(Collection<RecordKey> names) {
        return query(
                "select " + COLUMNS + " from " + table
                        + " r join unnest(?::text[], ?::text[]) as k (p, s) on r.province = k.p and r.series = k.s"
                        + " where reason is null",
                texts(names, name -> name.province().code()),
                texts(names, RecordKey::sourceId));
    }

    /** Writes what the transaction changed. */
    void save(Changes<T> changes) {
        write("insert into " + table + " (" + COLUMNS + ") select * from " + ROWS, changes.inserted());
        write(
                "update " + table
                        + " r set (version, recorded_at, cause_kind, cause_id, actor, reason, moved_to, record) = (u.version,"
                        + " u.recorded_at, u.cause_kind, u.cause_id, u.actor, u.reason, u.moved_to, u.record) from "
                        + ROWS + " where r.province = u.province and r.source_id = u.source_id",
                changes.updated());
        write("insert into " + table + "_history (" + COLUMNS + ") select * from " + ROWS, changes.superseded());
    }

    private void write(String sql, List<Version<T>> versions) {
        if (versions.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Object[][] columns = {
                texts(versions, v -> v.key().province().code()),
                texts(versions, v -> v.key().sourceId()),
                versions.stream().map(Version::number).toArray(Integer[]::new),
                versions.stream().map(v -> utc(v.recordedAt())).toArray(OffsetDateTime[]::new),
                texts(versions, v -> v.cause().kind().code()),
                texts(versions, v -> v.cause().id()),
                texts(versions, v -> v.cause().actor()),
                texts(versions, Version::reason),
                texts(versions, Version::movedTo),
                texts(versions, v -> text(v.record()))
            };
            String[] types = {"text", "text", "int4", "timestamptz", "text", "text", "text", "text", "text", "text"};
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf(types[i], columns[i]));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new TableUnavailable(table, e);
        }
    }

    /** The version that was the newest one at a moment, or none. */
    public List<Version<T>> asOf(RecordKey key, Instant moment) {
        return query(
                "select " + COLUMNS + " from (select * from (" + versions() + ") v where recorded_at <= ?"
                        + " order by version desc limit 1) newest",
                key.province().code(),
                key.sourceId(),
                key.province().code(),
                key.sourceId(),
                utc(moment));
    }

    /** Every version, oldest first. */
    public List<Version<T>> history(RecordKey key) {
        return query(
                versions() + " order by version",
                key.province().code(),
                key.sourceId(),
                key.province().code(),
                key.sourceId());
    }

    private String versions() {
        return "select " + COLUMNS + " from " + table + " where province = ? and source_id = ? union all select "
                + COLUMNS + " from " + table + "_history where province = ? and source_id = ?";
    }

    /** The newest versions that meet the conditions. */
    public List<Version<T>> list(Conditions where, String order, int limit) {
        return query(listed(where, order), argumentsOf(where, limit).toArray());
    }

    /** The statement of a list that {@link #stored} puts with {@link #argumentsOf}. */
    String listed(Conditions where, String order) {
        return "select " + COLUMNS + " from " + table + where.sql() + " order by " + order + " limit ?";
    }

    static List<Object> argumentsOf(Conditions where, int limit) {
        List<Object> arguments = new ArrayList<>(where.arguments());
        arguments.add(limit);
        return List.copyOf(arguments);
    }

    /** The versions that a list finds, each record as the JSON that is stored, in UTF-8: nothing else about it is asked. */
    List<Version<byte[]>> stored(String listed, List<Object> arguments) {
        return rows(listed, row -> row.getBytes(10), arguments.toArray());
    }

    /** The next records in the order of their keys, kept from changing until the transaction ends. */
    List<Version<T>> page(Optional<RecordKey> after, int limit) {
        Conditions where = new Conditions();
        after.ifPresent(key ->
                where.and("(province, source_id) > (?, ?)", key.province().code(), key.sourceId()));
        return query(
                listed(where, "province, source_id") + " for share",
                argumentsOf(where, limit).toArray());
    }

    /** Whether a record that stands meets the condition. */
    public boolean exists(Conditions where) {
        return !list(where.and("reason is null"), "province, source_id", 1).isEmpty();
    }

    /** Reads a record from its row. */
    private interface RecordReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    private List<Version<T>> query(String sql, Object... arguments) {
        return rows(sql, this::record, arguments);
    }

    private <R> List<Version<R>> rows(String sql, RecordReader<R> record, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(i + 1, arguments[i]);
                }
            }
            List<Version<R>> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(version(row, record.read(row)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new TableUnavailable(table, e);
        }
    }

    private static <R> Version<R> version(ResultSet row, R record) throws SQLException {
        return new Version<>(
                new RecordKey(Province.of(row.getString(1)), row.getString(2)),
                row.getInt(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                new Cause(Cause.Kind.of(row.getString(5)), row.getString(6), row.getString(7)),
                row.getString(8),
                row.getString(9),
                record);
    }

    private T record(ResultSet row) throws SQLException {
        try {
            return json.read(FieldReader.ofTaken((ObjectNode) MAPPER.readTree(row.getString(10))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(T record) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            json.write(record, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static <S> String[] texts(Collection<S> from, Function<S, @Nullable String> text) {
        return from.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
