package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DryRunScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.input.FieldReader;

/**
 * Table of the newest version of each record, with the older ones in its {@code _history}. It reads and writes sets:
 * one row and a thousand take the same statements. Uses the caller's transaction.
 */
public class VersionedTable<T> {

    private static final String COLUMNS =
            "province, source_id, version, recorded_at, cause_kind, cause_id, actor, reason, moved_to, record";
    private static final String ROWS_SQL = "(select p province, s source_id, v version, t recorded_at, ck cause_kind,"
            + " ci cause_id, a actor, w reason, m moved_to, d::jsonb record from unnest(?::text[], ?::text[], ?::int[],"
            + " ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
            + " as x (p, s, v, t, ck, ci, a, w, m, d)) as u";

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JdbcClient database;
    private final String table;
    private final RecordJson<T> json;

    public VersionedTable(DataSource dataSource, RecordType<T> type) {
        this.database = new JdbcClient(dataSource);
        this.table = type.table();
        this.json = type.json();
    }

    /**
     * Locks the existing ones of the records until the transaction ends; a dry run only reads them. The result is filled
     * when the pipeline executes.
     */
    public Map<RecordKey, RecordVersion<T>> lockForUpdate(Collection<RecordKey> keys, StatementPipeline pipeline) {
        List<RecordKey> sorted = sortKeys(keys);
        Map<RecordKey, RecordVersion<T>> found = new HashMap<>();
        addVersionsQuery(
                pipeline,
                loadSql(DryRunScope.lockClause(" for update of r")),
                version -> found.put(version.key(), version),
                provinceColumn(sorted),
                sourceIdColumn(sorted));
        return found;
    }

    private void addVersionsQuery(
            StatementPipeline pipeline, String sql, Consumer<RecordVersion<T>> reader, Object... arguments) {
        pipeline.addQuery(
                sql,
                rows -> {
                    while (rows.next()) {
                        reader.accept(toVersion(rows, readRecord(rows)));
                    }
                },
                arguments);
    }

    /** Locks the existing ones of the records against change, not against reading or sharing. */
    public Map<RecordKey, RecordVersion<T>> lockForShare(Collection<RecordKey> keys) {
        List<RecordKey> sorted = sortKeys(keys);
        return indexByKey(queryVersions(
                loadSql(DryRunScope.lockClause(" for share of r")), provinceColumn(sorted), sourceIdColumn(sorted)));
    }

    /**
     * Locks like {@link #lockForShare(Collection)} when the pipeline executes.
     *
     * @param reader receives each record
     */
    public void lockForShare(
            Collection<RecordKey> keys, StatementPipeline pipeline, Consumer<RecordVersion<T>> reader) {
        List<RecordKey> sorted = sortKeys(keys);
        addVersionsQuery(
                pipeline,
                loadSql(DryRunScope.lockClause(" for share of r")),
                reader,
                provinceColumn(sorted),
                sourceIdColumn(sorted));
    }

    private static List<RecordKey> sortKeys(Collection<RecordKey> keys) {
        return keys.stream().distinct().sorted().toList();
    }

    /** Returns SQL that locks in the order of the keys, so that two transactions do not deadlock. */
    private String loadSql(String lock) {
        return "select " + COLUMNS + " from " + table
                + " r join unnest(?::text[], ?::text[]) as k (p, s) on r.province = k.p and r.source_id = k.s"
                + " order by province, source_id" + lock;
    }

    private static SqlArray provinceColumn(Collection<RecordKey> keys) {
        return SqlArray.ofTexts(keys, key -> key.province().code());
    }

    private static SqlArray sourceIdColumn(Collection<RecordKey> keys) {
        return SqlArray.ofTexts(keys, RecordKey::sourceId);
    }

    private static <R> Map<RecordKey, RecordVersion<R>> indexByKey(List<RecordVersion<R>> versions) {
        Map<RecordKey, RecordVersion<R>> byKey = new HashMap<>();
        versions.forEach(version -> byKey.put(version.key(), version));
        return byKey;
    }

    /**
     * Returns the active records of each series, of every year. The result is filled when the pipeline executes.
     *
     * @param names province and name of a series
     */
    public List<RecordVersion<T>> findSeries(Collection<RecordKey> names, StatementPipeline pipeline) {
        List<RecordVersion<T>> found = new ArrayList<>();
        addVersionsQuery(
                pipeline,
                "select " + COLUMNS + " from " + table
                        + " r join unnest(?::text[], ?::text[]) as k (p, s) on r.province = k.p and r.series = k.s"
                        + " where reason is null",
                found::add,
                provinceColumn(names),
                sourceIdColumn(names));
        return found;
    }

    /** Adds statements that write the changes of the transaction. */
    public void addWrites(ChangeSet<T> changes, StatementPipeline pipeline) {
        addInsert(
                pipeline,
                "insert into " + table + " (" + COLUMNS + ") select * from " + ROWS_SQL,
                changes.insertedVersions());
        addInsert(
                pipeline,
                "update " + table
                        + " r set (version, recorded_at, cause_kind, cause_id, actor, reason, moved_to, record) = (u.version,"
                        + " u.recorded_at, u.cause_kind, u.cause_id, u.actor, u.reason, u.moved_to, u.record) from "
                        + ROWS_SQL + " where r.province = u.province and r.source_id = u.source_id",
                changes.updatedVersions());
        addInsert(
                pipeline,
                "insert into " + table + "_history (" + COLUMNS + ") select * from " + ROWS_SQL,
                changes.supersededVersions());
    }

    private void addInsert(StatementPipeline pipeline, String sql, List<RecordVersion<T>> versions) {
        if (!versions.isEmpty()) {
            pipeline.addUpdate(
                    sql,
                    SqlArray.ofTexts(versions, v -> v.key().province().code()),
                    SqlArray.ofTexts(versions, v -> v.key().sourceId()),
                    SqlArray.ofInts(versions.stream().map(RecordVersion::number).toList()),
                    new SqlArray(
                            "timestamptz",
                            versions.stream().map(v -> toUtc(v.recordedAt())).toArray(OffsetDateTime[]::new)),
                    SqlArray.ofTexts(versions, v -> v.cause().kind().code()),
                    SqlArray.ofTexts(versions, v -> v.cause().id()),
                    SqlArray.ofTexts(versions, v -> v.cause().actor()),
                    SqlArray.ofTexts(versions, RecordVersion::reason),
                    SqlArray.ofTexts(versions, RecordVersion::movedTo),
                    SqlArray.ofTexts(versions, v -> toJson(v.record())));
        }
    }

    /** Returns the version that was the newest one at a point in time, or none. */
    public List<RecordVersion<T>> findAsOf(RecordKey key, Instant moment) {
        return queryVersions(
                "select " + COLUMNS + " from (select * from (" + versionsSql() + ") v where recorded_at <= ?"
                        + " order by version desc limit 1) newest",
                key.province().code(),
                key.sourceId(),
                key.province().code(),
                key.sourceId(),
                moment);
    }

    /** Returns every version, oldest first. */
    public List<RecordVersion<T>> findHistory(RecordKey key) {
        return queryVersions(
                versionsSql() + " order by version",
                key.province().code(),
                key.sourceId(),
                key.province().code(),
                key.sourceId());
    }

    private String versionsSql() {
        return "select " + COLUMNS + " from " + table + " where province = ? and source_id = ? union all select "
                + COLUMNS + " from " + table + "_history where province = ? and source_id = ?";
    }

    /** Returns the newest versions that meet the conditions. */
    public List<RecordVersion<T>> listNewest(SqlConditions where, String order, int limit) {
        return queryVersions(listSql(where, order), listArguments(where, limit));
    }

    /** Returns the newest versions that meet the conditions. The result is filled when the pipeline executes. */
    public List<RecordVersion<T>> listNewest(SqlConditions where, String order, int limit, StatementPipeline pipeline) {
        List<RecordVersion<T>> found = new ArrayList<>();
        addVersionsQuery(pipeline, listSql(where, order), found::add, listArguments(where, limit));
        return found;
    }

    /** Returns the newest versions that meet the conditions, each record as the stored JSON in UTF-8. */
    public List<RecordVersion<byte[]>> findStored(SqlConditions where, String order, int limit) {
        return queryRows(listSql(where, order), row -> row.getBytes(10), listArguments(where, limit));
    }

    private String listSql(SqlConditions where, String order) {
        return "select " + COLUMNS + " from " + table + where.sql() + " order by " + order + " limit ?";
    }

    private static Object[] listArguments(SqlConditions where, int limit) {
        List<Object> arguments = new ArrayList<>(where.arguments());
        arguments.add(limit);
        return arguments.toArray();
    }

    /** Returns the next records in the order of their keys, locked against change until the transaction ends. */
    public List<RecordVersion<T>> lockPage(Optional<RecordKey> after, int limit) {
        SqlConditions where = new SqlConditions();
        after.ifPresent(key ->
                where.and("(province, source_id) > (?, ?)", key.province().code(), key.sourceId()));
        return queryVersions(listSql(where, "province, source_id") + " for share", listArguments(where, limit));
    }

    /** Returns the next keys of a province after a given one, in their order, from an index only. */
    public List<String> findKeys(Province province, String after, int limit) {
        return findKeys("source_id > ? order by source_id limit ?", province.code(), after, limit);
    }

    /** Returns those of the keys of a province whose records are active. */
    public List<String> findActiveKeys(Province province, Collection<String> keys) {
        return findKeys("source_id = any(?) and reason is null", province.code(), SqlArray.ofTexts(keys));
    }

    /**
     * Returns the active records of a province by their names, in the order of their keys.
     *
     * @param fields names of the texts that are names, as in the record's JSON; a constant, not a caller's value
     */
    public List<NamedRecord> findNamed(Province province, List<String> fields, int limit) {
        String columns =
                fields.stream().map(field -> "record ->> '" + field + "'").collect(Collectors.joining(", "));
        return database.query(
                "select source_id, array_remove(array[" + columns + "], null) from " + table
                        + " where province = ? and reason is null order by source_id limit ?",
                row -> new NamedRecord(new RecordKey(province, row.getString(1)), List.of((String[])
                        row.getArray(2).getArray())),
                province.code(),
                limit);
    }

    private List<String> findKeys(String where, Object... arguments) {
        return database.query(
                "select source_id from " + table + " where province = ? and " + where,
                row -> row.getString(1),
                arguments);
    }

    /** Returns whether an active record meets the condition. */
    public boolean existsActive(SqlConditions where) {
        return !listNewest(where.and("reason is null"), "province, source_id", 1)
                .isEmpty();
    }

    private List<RecordVersion<T>> queryVersions(String sql, Object... arguments) {
        return queryRows(sql, this::readRecord, arguments);
    }

    private <R> List<RecordVersion<R>> queryRows(String sql, RowMapper<R> record, Object... arguments) {
        return database.query(sql, row -> toVersion(row, record.map(row)), arguments);
    }

    private static <R> RecordVersion<R> toVersion(ResultSet row, R record) throws SQLException {
        return new RecordVersion<>(
                new RecordKey(Province.of(row.getString(1)), row.getString(2)),
                row.getInt(3),
                RowMapper.readInstant(row, 4),
                new ChangeCause(ChangeCause.ChangeCauseKind.of(row.getString(5)), row.getString(6), row.getString(7)),
                row.getString(8),
                row.getString(9),
                record);
    }

    private T readRecord(ResultSet row) throws SQLException {
        try {
            return json.readRecord(FieldReader.ofAcceptedRecord((ObjectNode) MAPPER.readTree(row.getString(10))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String toJson(T record) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            json.writeRecord(record, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static OffsetDateTime toUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
