package org.voyage.kit.audit;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The trail in the database; every method joins the transaction it is called in. */
@ApplicationScoped
@IfBuildProperty(name = "voyage.audit.enabled", stringValue = "true", enableIfMissing = true)
class AuditStore {
    static final int FETCH = 100;

    private final DataSource dataSource;

    AuditStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    /** Whether nobody else seals until this transaction ends. */
    boolean sealsAlone() {
        return query("take turns", "select pg_try_advisory_xact_lock(7306, 0)", row -> row.getBoolean(1))
                .getFirst();
    }

    /** Everything up to here is settled. Ask before reading, in a statement of its own. */
    long horizon() {
        return query("find the horizon", "select audit_horizon()", row -> row.getLong(1))
                .getFirst();
    }

    AuditHead head() {
        return before(Long.MAX_VALUE);
    }

    /** The last seal before a position. */
    AuditHead before(long position) {
        return query(
                        "find a seal",
                        "select position, hash from audit_seal where position < ? order by position desc limit 1",
                        row -> new AuditHead(row.getLong(1), row.getBytes(2)),
                        position)
                .stream()
                .findFirst()
                .orElseGet(AuditHead::beginning);
    }

    /** Seconds since the oldest entry that is not sealed yet; 0 if all are. */
    double oldestUnsealed() {
        return query("find the oldest entry that is not sealed", """
                        select extract(epoch from clock_timestamp() - at) from audit_entry
                         where position > (select coalesce(max(position), 0) from audit_seal)
                         order by position limit 1""", row -> row.getDouble(1)).stream()
                .findFirst()
                .orElse(0.0);
    }

    void seal(List<AuditHead> seals) {
        Long[] positions = seals.stream().map(AuditHead::position).toArray(Long[]::new);
        byte[][] hashes = seals.stream().map(AuditHead::hash).toArray(byte[][]::new);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into audit_seal (position, hash) select * from unnest(?::bigint[], ?::bytea[])")) {
            statement.setArray(1, connection.createArrayOf("int8", positions));
            statement.setArray(2, connection.createArrayOf("bytea", hashes));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AuditUnavailable("seal", e);
        }
    }

    <T> List<T> query(String step, String sql, Reading<T> reading, Object... arguments) {
        List<T> found = new ArrayList<>();
        each(step, sql, row -> found.add(reading.read(row)), arguments);
        return found;
    }

    /** Visits row by row; within a transaction only a few are in memory at a time. */
    void each(String step, String sql, Visitor visitor, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    visitor.visit(row);
                }
            }
        } catch (SQLException e) {
            throw new AuditUnavailable(step, e);
        }
    }
}
