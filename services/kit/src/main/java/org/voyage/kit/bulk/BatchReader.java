package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.web.Finding;

/** Reads what became of a batch, a page at a time. */
@ApplicationScoped
class BatchReader {
    private static final String GROUPS = """
            select f.value ->> 'rule', regexp_replace(f.value ->> 'pointer', '/[0-9]+', '/*', 'g'), count(*),
                   min(r.row_number),
                   (array_agg(f.value ->> 'detail' order by r.row_number))[1],
                   (array_agg(f.value ->> 'detailZh' order by r.row_number))[1]
              from (select row_number, findings from batch_refusal where batch_id = ?
                     order by row_number limit 10000) r
                   cross join lateral jsonb_array_elements(r.findings) f
             group by 1, 2 order by 3 desc, 4 limit 20""";

    private static final String REFUSED = """
            select row_number, line, raw, whole, findings
              from (select *, sum(octet_length(raw)) over (order by row_number) - octet_length(raw) as before
                      from (select * from batch_refusal where batch_id = ? and row_number > ?
                             order by row_number limit ?) page) sized
             where before < 4000000 order by row_number""";
    private static final String REASONS = """
            select row_number, line, '', whole, findings from batch_refusal
             where batch_id = ? and row_number > ? order by row_number limit ?""";

    private final DataSource dataSource;

    BatchReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A refused row as it was sent. */
    record RefusedRow(long number, long line, String raw, boolean whole, List<Finding> findings) {}

    /** Letters of consecutive rows. */
    record Outcomes(long firstRow, String letters) {}

    BatchJson json(UUID batch) {
        var groups = groups(batch);
        return QuarkusTransaction.requiringNew().call(() -> BatchJson.of(Batch.findById(batch), groups));
    }

    List<BatchJson.RefusalGroup> groups(UUID batch) {
        return query(
                GROUPS,
                statement -> statement.setObject(1, batch),
                row -> new BatchJson.RefusalGroup(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6)));
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
                            "Row " + row.number() + ": " + finding.detail(),
                            "第 " + row.number() + " 行：" + finding.detailZh()));
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
                "select first_row, outcomes from batch_chunk where batch_id = ? and first_row >= ?"
                        + " order by first_row limit ?",
                statement -> {
                    statement.setObject(1, batch);
                    statement.setLong(2, fromRow);
                    statement.setInt(3, limit);
                },
                row -> new Outcomes(row.getLong(1), row.getString(2)));
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
