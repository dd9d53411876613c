package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.Finding;

/** Reads what became of a batch, a page at a time. */
@ApplicationScoped
class BatchReader {
    private static final String CAUSES = """
            select rule, pointer, value, row_count, first_row, source_id, detail, detail_zh,
                   coalesce(
                     (select lines[c.first_row - r.first_row + 1] from batch_chunk r
                       where r.batch_id = c.batch_id and r.first_row <= c.first_row order by r.first_row desc limit 1),
                     (select line from batch_refusal r where r.batch_id = c.batch_id and r.row_number = c.first_row))
              from batch_cause c where batch_id = ? and refuses = ?
             order by row_count = 0 desc, row_count desc, first_row, pointer, rule, value limit 100""";

    private static final String REFUSED = """
            select row_number, line, raw, whole, findings
              from (select *, sum(octet_length(raw)) over (order by row_number) - octet_length(raw) as before
                      from (select * from batch_refusal where batch_id = ? and row_number > ?
                             order by row_number limit ?) page) sized
             where before < 4000000 order by row_number""";
    private static final String REASONS = """
            select row_number, line, '', whole, findings from batch_refusal
             where batch_id = ? and row_number > ? order by row_number limit ?""";

    private static final String PLACES = """
            select n, lines[n - first_row + 1], source_ids[n - first_row + 1]
              from unnest(?::bigint[]) n
             cross join lateral (select first_row, lines, source_ids, outcomes from batch_chunk
                                  where batch_id = ? and first_row <= n order by first_row desc limit 1) c""";

    private static final String OUTCOME = " where substr(outcomes, (n - first_row + 1)::int, 1) ";
    private static final String CREATED = PLACES + OUTCOME + "= 'C'";
    private static final String TAKEN = PLACES + OUTCOME + "<> 'R'";

    private final DataSource dataSource;
    private final RuleBook rules;

    BatchReader(DataSource dataSource, RuleBook rules) {
        this.dataSource = dataSource;
        this.rules = rules;
    }

    /** A refused row as it was sent. */
    record RefusedRow(long number, long line, String raw, boolean whole, List<Finding> findings) {}

    /** What a stored row has to say, as JSON. */
    record Detail(long number, String changes, String warnings) {}

    /** Letters of consecutive rows, where these stand in the file, and the keys of their records as far as they are told. */
    record Outcomes(
            long firstRow,
            String letters,
            Long[] lines,
            @Nullable String[] sourceIds) {

        /** @return null if it was not kept */
        @Nullable
        Long line(int i) {
            return lines.length == 0 ? null : lines[i];
        }

        @Nullable
        String sourceId(int i) {
            return sourceIds.length == 0 ? null : sourceIds[i];
        }
    }

    @Nullable
    Batch find(UUID id) {
        return QuarkusTransaction.requiringNew().<@Nullable Batch>call(() -> Batch.findById(id));
    }

    BatchJson json(UUID id) {
        return json(Objects.requireNonNull(find(id)));
    }

    BatchJson json(Batch batch) {
        var form = RecordForm.of(batch.record);
        return BatchJson.of(batch, causes(batch.id, true, form), causes(batch.id, false, form));
    }

    private List<BatchJson.Cause> causes(UUID batch, boolean refuses, RecordForm form) {
        return query(
                CAUSES,
                statement -> {
                    statement.setObject(1, batch);
                    statement.setBoolean(2, refuses);
                },
                row -> {
                    var rule = row.getString(1);
                    var mending = Mending.of(rule, rules.find(rule).orElse(null), row.getString(2), form);
                    return new BatchJson.Cause(
                            rule,
                            row.getString(2),
                            Causes.told(row.getString(3), row.getString(7)),
                            row.getLong(4),
                            row.getLong(5),
                            row.getObject(9, Long.class),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            mending.en(),
                            mending.zh());
                });
    }

    /** What a batch that goes on has counted already. */
    List<Causes.Key> known(UUID batch) {
        return query(
                "select refuses, rule, pointer, value from batch_cause where batch_id = ?",
                statement -> statement.setObject(1, batch),
                row -> new Causes.Key(row.getBoolean(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    /** Where a row stands in the file, and its key; null where that is not told. */
    record Place(long row, long line, @Nullable String sourceId) {}

    /** Those of the rows that have their outcome. */
    List<Place> places(UUID batch, Collection<Long> rows) {
        return places(PLACES, batch, rows);
    }

    /** Those of the rows that have their outcome and were not refused. */
    List<Place> taken(UUID batch, Collection<Long> rows) {
        return places(TAKEN, batch, rows);
    }

    /** Those of the rows that have made a record. */
    List<Place> created(UUID batch, Collection<Long> rows) {
        return places(CREATED, batch, rows);
    }

    private List<Place> places(String sql, UUID batch, Collection<Long> rows) {
        return query(
                sql,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("int8", rows.toArray()));
                    statement.setObject(2, batch);
                },
                row -> new Place(row.getLong(1), row.getLong(2), row.getString(3)));
    }

    /** Number of the last row that has its outcome; 0 if none has. */
    long lastRow(UUID batch) {
        return query(
                        "select coalesce(max(first_row + length(outcomes) - 1), 0) from batch_chunk where batch_id = ?",
                        statement -> statement.setObject(1, batch),
                        row -> row.getLong(1))
                .getFirst();
    }

    /** Batches that are not at their end: of this instance, or of one that has not been seen since. */
    List<Batch> unfinished(String instance, Instant untouchedSince) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Batch.list(
                        "state in (?1, ?2) and (instance = ?3 or touchedAt < ?4) order by startedAt",
                        BatchState.RECEIVING,
                        BatchState.RUNNING,
                        instance,
                        untouchedSince));
    }

    List<Detail> details(UUID batch, long fromRow, int rows) {
        return query(
                "select row_number, changes, warnings from batch_detail"
                        + " where batch_id = ? and row_number >= ? and row_number < ? order by row_number",
                statement -> {
                    statement.setObject(1, batch);
                    statement.setLong(2, fromRow);
                    statement.setLong(3, fromRow + rows);
                },
                row -> new Detail(row.getLong(1), row.getString(2), row.getString(3)));
    }

    /** The first findings of a refused batch, each with its row in front of the pointer. */
    List<Finding> firstFindings(UUID batch) {
        var findings = new ArrayList<Finding>();
        for (var row : refused(batch, 0, 20)) {
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

    /** The next refused rows, at least one if there is one, and no more than a few megabytes. */
    List<RefusedRow> refused(UUID batch, long afterRow, int limit) {
        return refused(REFUSED, batch, afterRow, limit);
    }

    /** The next refused rows without what they were. */
    List<RefusedRow> reasons(UUID batch, long afterRow, int limit) {
        return refused(REASONS, batch, afterRow, limit);
    }

    private List<RefusedRow> refused(String sql, UUID batch, long afterRow, int limit) {
        return query(
                sql,
                statement -> {
                    statement.setObject(1, batch);
                    statement.setLong(2, afterRow);
                    statement.setInt(3, limit);
                },
                row -> new RefusedRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getBoolean(4),
                        FindingsJson.read(row.getString(5))));
    }

    List<Outcomes> outcomes(UUID batch, long fromRow, int limit) {
        return query(
                "select first_row, outcomes, coalesce(lines, '{}'), coalesce(source_ids, '{}') from batch_chunk"
                        + " where batch_id = ? and first_row >= ? order by first_row limit ?",
                statement -> {
                    statement.setObject(1, batch);
                    statement.setLong(2, fromRow);
                    statement.setInt(3, limit);
                },
                row -> new Outcomes(
                        row.getLong(1),
                        row.getString(2),
                        (Long[]) row.getArray(3).getArray(),
                        (String[]) row.getArray(4).getArray()));
    }

    private <T> List<T> query(String sql, Bind bind, Take<T> take) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind.to(statement);
            try (var rows = statement.executeQuery()) {
                var result = new ArrayList<T>();
                while (rows.next()) {
                    result.add(take.from(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw new BatchStoreFailure(e);
        }
    }

    private interface Bind {
        void to(PreparedStatement statement) throws SQLException;
    }

    private interface Take<T> {
        T from(ResultSet row) throws SQLException;
    }
}
