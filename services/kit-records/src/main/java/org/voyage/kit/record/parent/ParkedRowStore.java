package org.voyage.kit.record.parent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DryRunScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.SqlConditions;

/** Store of parked rows. All methods use the caller's transaction. */
@ApplicationScoped
public class ParkedRowStore {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COLUMNS =
            "record, province, source_id, parent_record, parent, body, cause_kind, cause_id, actor, parked_at, findings";
    /**
     * First number of the advisory lock between the transactions that park a row and those that bring a parent; the
     * second is the province.
     */
    private static final int LOCK_CLASS = 7_301;

    /** Bytes of a row without its body, about. */
    private static final long ROW_BYTES = 300;

    private final DataSource dataSource;
    private final JdbcClient database;
    private final StorageQuota storage;

    ParkedRowStore(DataSource dataSource, StorageQuota storage) {
        this.dataSource = dataSource;
        this.database = new JdbcClient(dataSource);
        this.storage = storage;
    }

    /**
     * Waits until no transaction is bringing a parent of the province, and blocks new ones until this transaction ends.
     * If a parent is still missing after that, the caller can park: the transaction that brings the parent later will
     * find the row. A dry run parks nothing that stays, and locks nothing.
     */
    void lockParents(Province province, StatementPipeline pipeline) {
        if (!DryRunScope.isDry()) {
            pipeline.addUpdate("select pg_advisory_xact_lock(?, ?)", LOCK_CLASS, Integer.valueOf(province.code()));
        }
    }

    /** Announces that parents of the provinces change, before a search for their parked rows. */
    void announceParents(Collection<Province> provinces) {
        StatementPipeline pipeline = new StatementPipeline();
        addAnnouncements(provinces, pipeline);
        executePipeline(pipeline);
    }

    /** Executes statements of this store and of others in one round trip. */
    void executePipeline(StatementPipeline pipeline) {
        pipeline.execute(dataSource);
    }

    /**
     * Announces arriving parents and searches for their parked rows, when the pipeline executes: most parents have none.
     *
     * @return the types of the records in the parked rows
     */
    Set<String> announceArrivals(String parentRecord, Collection<RecordKey> parents, StatementPipeline pipeline) {
        Set<String> waiting = new HashSet<>();
        if (parents.isEmpty()) {
            return waiting;
        }
        addAnnouncements(parents.stream().map(RecordKey::province).toList(), pipeline);
        pipeline.addQuery(
                "select distinct p.record from parked_row p join unnest(?::text[], ?::text[]) as k (a, b)"
                        + " on p.province = k.a and p.parent = k.b where p.parent_record = ?",
                rows -> {
                    while (rows.next()) {
                        waiting.add(rows.getString(1));
                    }
                },
                provinces(parents),
                sourceIds(parents),
                parentRecord);
        return waiting;
    }

    private static void addAnnouncements(Collection<Province> provinces, StatementPipeline pipeline) {
        if (!DryRunScope.isDry()) {
            provinces.stream()
                    .distinct()
                    .sorted()
                    .forEach(province -> pipeline.addUpdate(
                            "select pg_advisory_xact_lock_shared(?, ?)", LOCK_CLASS, Integer.valueOf(province.code())));
        }
    }

    /** Parks a row, in place of an earlier one of the same record. @param findings why it could not be applied */
    void parkRow(ParkedRow row, List<Finding> findings) {
        database.update(
                "insert into parked_row (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb)"
                        + " on conflict (record, province, source_id) do update set"
                        + " parent_record = excluded.parent_record, parent = excluded.parent,"
                        + " body = excluded.body, cause_kind = excluded.cause_kind, cause_id = excluded.cause_id,"
                        + " actor = excluded.actor, parked_at = excluded.parked_at, findings = excluded.findings",
                row.record(),
                row.key().province().code(),
                row.key().sourceId(),
                row.parent().record(),
                row.parent().key().sourceId(),
                row.body(),
                row.cause().kind().code(),
                row.cause().id(),
                row.cause().actor(),
                row.parkedAt(),
                toJson(findings));
        storage.countBytes(row.key().province().code(), ROW_BYTES + row.body().length());
    }

    /** Returns the parked rows of these records. */
    List<ParkedRow> findParked(String record, Collection<RecordKey> keys) {
        return query(
                "select " + columnsOf("p") + " from parked_row p join unnest(?::text[], ?::text[]) as k (a, b)"
                        + " on p.province = k.a and p.source_id = k.b where p.record = ?",
                provinces(keys),
                sourceIds(keys),
                record);
    }

    /** Removes a parked row, if there is one. */
    boolean removeRow(String record, RecordKey key) {
        return database.update(
                        "delete from parked_row where record = ? and province = ? and source_id = ?",
                        record,
                        key.province().code(),
                        key.sourceId())
                > 0;
    }

    /**
     * Removes the parked rows of records with newer submissions, when the pipeline executes.
     *
     * @return the keys of the removed rows
     */
    Set<RecordKey> removeRows(String record, Collection<RecordKey> keys, StatementPipeline pipeline) {
        Set<RecordKey> removed = new HashSet<>();
        if (!keys.isEmpty()) {
            pipeline.addQuery(
                    "delete from parked_row p using unnest(?::text[], ?::text[]) as k (a, b)"
                            + " where p.record = ? and p.province = k.a and p.source_id = k.b"
                            + " returning p.province, p.source_id",
                    rows -> {
                        while (rows.next()) {
                            removed.add(new RecordKey(Province.of(rows.getString(1)), rows.getString(2)));
                        }
                    },
                    provinces(keys),
                    sourceIds(keys),
                    record);
        }
        return removed;
    }

    /** Removes and returns the rows of one type that wait for these parents, in the order of arrival. */
    List<ParkedRow> takeWaitingFor(String record, String parentRecord, Collection<RecordKey> parents) {
        return query(
                "with taken as (delete from parked_row p using unnest(?::text[], ?::text[]) as k (a, b)"
                        + " where p.record = ? and p.parent_record = ? and p.province = k.a and p.parent = k.b returning "
                        + columnsOf("p") + ") select * from taken order by parked_at, province, source_id",
                provinces(parents),
                sourceIds(parents),
                record,
                parentRecord);
    }

    /** Returns the parents of the province's rows that could not be applied when the parent arrived. */
    List<ParentReference> findUnappliedParents(Province province) {
        return query(
                        "select distinct on (parent_record, parent) " + COLUMNS
                                + " from parked_row where province = ? and findings <> '[]'"
                                + " order by parent_record, parent",
                        province.code())
                .stream()
                .map(ParkedRow::parent)
                .toList();
    }

    /** Returns parked rows, oldest first, after the given position. */
    public List<ParkedRow> listWaiting(SqlConditions where, int limit) {
        List<Object> arguments = new ArrayList<>(where.arguments());
        arguments.add(limit);
        return query(
                "select " + COLUMNS + " from parked_row" + where.sql()
                        + " order by parked_at, record, province, source_id limit ?",
                arguments.toArray());
    }

    private static String columnsOf(String alias) {
        return alias + "." + COLUMNS.replace(", ", ", " + alias + ".");
    }

    private List<ParkedRow> query(String sql, Object... arguments) {
        return database.query(sql, ParkedRowStore::toParkedRow, arguments);
    }

    private static SqlArray provinces(Collection<RecordKey> keys) {
        return SqlArray.ofTexts(keys, key -> key.province().code());
    }

    private static SqlArray sourceIds(Collection<RecordKey> keys) {
        return SqlArray.ofTexts(keys, RecordKey::sourceId);
    }

    private static ParkedRow toParkedRow(ResultSet row) throws SQLException {
        Province province = Province.of(row.getString(2));
        return new ParkedRow(
                row.getString(1),
                new RecordKey(province, row.getString(3)),
                new ParentReference(row.getString(4), new RecordKey(province, row.getString(5))),
                row.getString(6),
                new ChangeCause(ChangeCause.ChangeCauseKind.of(row.getString(7)), row.getString(8), row.getString(9)),
                RowMapper.readInstant(row, 10),
                parseFindings(row.getString(11)));
    }

    private static String toJson(List<Finding> findings) {
        try {
            return MAPPER.writeValueAsString(findings);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Finding> parseFindings(String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
