package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.CorrectionHint;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.bulk.outcome.RefusalCauseCounter;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.sheet.RecordForm;

/** Queries for the outcome of a batch, one page at a time. */
@ApplicationScoped
class BatchQueries {
    private static final String CAUSES_SQL = """
            select rule, pointer, value, row_count, first_row, source_id, detail, detail_zh,
                   coalesce(
                     (select lines[c.first_row - r.first_row + 1] from batch_chunk r
                       where r.batch_id = c.batch_id and r.first_row <= c.first_row order by r.first_row desc limit 1),
                     (select line from batch_refusal r where r.batch_id = c.batch_id and r.row_number = c.first_row))
              from batch_cause c where batch_id = ? and refuses = ?
             order by row_count = 0 desc, row_count desc, first_row, pointer, rule, value limit 100""";

    private static final String REFUSED_ROWS_SQL = """
            select row_number, line, raw, whole, findings
              from (select *, sum(octet_length(raw)) over (order by row_number) - octet_length(raw) as before
                      from (select * from batch_refusal where batch_id = ? and row_number > ?
                             order by row_number limit ?) page) sized
             where before < 4000000 order by row_number""";
    private static final String REFUSAL_REASONS_SQL = """
            select row_number, line, '', whole, findings from batch_refusal
             where batch_id = ? and row_number > ? order by row_number limit ?""";

    private static final String ROW_LOCATIONS_SQL = """
            select n, lines[n - first_row + 1], source_ids[n - first_row + 1]
              from unnest(?::bigint[]) n
             cross join lateral (select first_row, lines, source_ids, outcomes from batch_chunk
                                  where batch_id = ? and first_row <= n order by first_row desc limit 1) c""";

    private static final String OUTCOME_CONDITION = " where substr(outcomes, (n - first_row + 1)::int, 1) ";
    private static final String CREATED_ROWS_SQL = ROW_LOCATIONS_SQL + OUTCOME_CONDITION + "= 'C'";
    private static final String ACCEPTED_ROWS_SQL = ROW_LOCATIONS_SQL + OUTCOME_CONDITION + "<> 'R'";

    /** Failure of a batch that its sender has stopped. */
    static final String STOPPED_FAILURE = "stopped";

    private final JdbcClient jdbc;
    private final RuleBook rules;

    BatchQueries(DataSource dataSource, RuleBook rules) {
        this.jdbc = new JdbcClient(dataSource);
        this.rules = rules;
    }

    /** A refused row in its stored form. */
    record StoredRefusedRow(long number, long line, String raw, boolean whole, List<Finding> findings) {}

    /** Details of a stored row, as JSON. */
    record RowDetail(long number, String changes, String warnings) {}

    /**
     * Outcome letters of consecutive rows, the lines of these rows in the file, and the stored keys of their records.
     */
    record OutcomePage(
            long firstRow,
            String letters,
            Long[] lines,
            @Nullable String[] sourceIds) {

        /** @return null if the line was not stored */
        @Nullable
        Long lineAt(int i) {
            return lines.length == 0 ? null : lines[i];
        }

        @Nullable
        String sourceIdAt(int i) {
            return sourceIds.length == 0 ? null : sourceIds[i];
        }
    }

    @Nullable
    Batch findBatch(UUID id) {
        return QuarkusTransaction.requiringNew().<@Nullable Batch>call(() -> Batch.findById(id));
    }

    /** Returns whether the sender has stopped the batch. */
    boolean isStopped(UUID id) {
        var batch = findBatch(id);
        return batch != null && STOPPED_FAILURE.equals(batch.failure);
    }

    BatchResponse toJson(UUID id) {
        return toJson(Objects.requireNonNull(findBatch(id)));
    }

    BatchResponse toJson(Batch batch) {
        var form = RecordForm.of(batch.record);
        return BatchResponse.of(
                batch,
                FindingsJson.readColumns(batch.fileColumns),
                findCauses(batch.id, true, form),
                findCauses(batch.id, false, form));
    }

    private List<BatchResponse.BatchCause> findCauses(UUID batch, boolean refuses, RecordForm form) {
        return jdbc.query(
                CAUSES_SQL,
                row -> {
                    var rule = row.getString(1);
                    var hint = CorrectionHint.of(rule, rules.findRule(rule).orElse(null), row.getString(2), form);
                    return new BatchResponse.BatchCause(
                            rule,
                            row.getString(2),
                            RefusalCauseCounter.valueForSender(row.getString(3), row.getString(7)),
                            row.getLong(4),
                            row.getLong(5),
                            row.getObject(9, Long.class),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            hint.en(),
                            hint.zh());
                },
                batch,
                refuses);
    }

    /** Returns the causes that a continued batch has counted already. */
    List<RefusalCauseCounter.CauseKey> findCountedCauses(UUID batch) {
        return jdbc.query(
                "select refuses, rule, pointer, value from batch_cause where batch_id = ?",
                row -> new RefusalCauseCounter.CauseKey(
                        row.getBoolean(1), row.getString(2), row.getString(3), row.getString(4)),
                batch);
    }

    /** Location of a row in the file, and its key; null if the key may not be stored. */
    record RowLocation(long row, long line, @Nullable String sourceId) {}

    /** Returns the locations of those of the rows that have their outcome. */
    List<RowLocation> findRowLocations(UUID batch, Collection<Long> rows) {
        return queryRowLocations(ROW_LOCATIONS_SQL, batch, rows);
    }

    /** Returns the locations of those of the rows that have their outcome and were not refused. */
    List<RowLocation> findAcceptedRows(UUID batch, Collection<Long> rows) {
        return queryRowLocations(ACCEPTED_ROWS_SQL, batch, rows);
    }

    /** Returns the locations of those of the rows that have created a record. */
    List<RowLocation> findCreatedRows(UUID batch, Collection<Long> rows) {
        return queryRowLocations(CREATED_ROWS_SQL, batch, rows);
    }

    private List<RowLocation> queryRowLocations(String sql, UUID batch, Collection<Long> rows) {
        return jdbc.query(
                sql,
                row -> new RowLocation(row.getLong(1), row.getLong(2), row.getString(3)),
                new SqlArray("int8", rows.toArray()),
                batch);
    }

    /** Returns the number of the last row that has its outcome; 0 if none has. */
    long findLastRow(UUID batch) {
        return jdbc.query(
                        "select coalesce(max(first_row + length(outcomes) - 1), 0) from batch_chunk where batch_id = ?",
                        row -> row.getLong(1),
                        batch)
                .getFirst();
    }

    /** Returns the unfinished batches of all processes. */
    List<UUID> findUnfinishedIds() {
        return jdbc.query(
                "select id from batch where state in ('RECEIVING', 'RUNNING')", row -> row.getObject(1, UUID.class));
    }

    /**
     * Returns the unfinished batches that this process holds, and those that no process has touched since.
     *
     * @param untouchedSince by the database's clock
     */
    List<Batch> findUnfinished(String holder, Instant untouchedSince) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Batch.list(
                        "state in (?1, ?2) and (instance = ?3 or touchedAt < ?4) order by startedAt",
                        BatchState.RECEIVING,
                        BatchState.RUNNING,
                        holder,
                        untouchedSince));
    }

    List<RowDetail> findDetails(UUID batch, long fromRow, int rows) {
        return jdbc.query(
                "select row_number, changes, warnings from batch_detail"
                        + " where batch_id = ? and row_number >= ? and row_number < ? order by row_number",
                row -> new RowDetail(row.getLong(1), row.getString(2), row.getString(3)),
                batch,
                fromRow,
                fromRow + rows);
    }

    /** Returns the first findings of a refused batch, each with its row in front of the pointer. */
    List<Finding> findFirstFindings(UUID batch) {
        var findings = new ArrayList<Finding>();
        for (var row : findRefusedRows(batch, 0, 20)) {
            for (var finding : row.findings()) {
                if (findings.size() < 20) {
                    findings.add(new Finding(
                            "/rows/" + row.number() + finding.pointer(),
                            finding.rule(),
                            "Line " + row.line() + ": " + finding.detail(),
                            "文件第 " + row.line() + " 行：" + finding.detailZh()));
                }
            }
        }
        return findings;
    }

    /** Returns the next refused rows, at least one if there is one, and no more than a few megabytes. */
    List<StoredRefusedRow> findRefusedRows(UUID batch, long afterRow, int limit) {
        return queryRefusedRows(REFUSED_ROWS_SQL, batch, afterRow, limit);
    }

    /** Returns the next refused rows without their text. */
    List<StoredRefusedRow> findRefusalReasons(UUID batch, long afterRow, int limit) {
        return queryRefusedRows(REFUSAL_REASONS_SQL, batch, afterRow, limit);
    }

    private List<StoredRefusedRow> queryRefusedRows(String sql, UUID batch, long afterRow, int limit) {
        return jdbc.query(
                sql,
                row -> new StoredRefusedRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getBoolean(4),
                        FindingsJson.readFindings(row.getString(5))),
                batch,
                afterRow,
                limit);
    }

    /**
     * Returns the outcomes of the next chunks, from the one that holds the row on.
     *
     * @param wanted letters of which a chunk has one at least; empty for all chunks
     */
    List<OutcomePage> findOutcomes(UUID batch, long fromRow, String wanted, int limit) {
        return jdbc.query(
                "select first_row, outcomes, coalesce(lines, '{}'), coalesce(source_ids, '{}') from batch_chunk"
                        + " where batch_id = ? and first_row >= coalesce((select max(first_row) from batch_chunk"
                        + " where batch_id = ? and first_row <= ?), 0)"
                        + " and (? = '' or length(translate(outcomes, ?, '')) < length(outcomes))"
                        + " order by first_row limit ?",
                row -> new OutcomePage(
                        row.getLong(1),
                        row.getString(2),
                        (Long[]) row.getArray(3).getArray(),
                        (String[]) row.getArray(4).getArray()),
                batch,
                batch,
                fromRow,
                wanted,
                wanted,
                limit);
    }
}
