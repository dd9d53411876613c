package org.voyage.kit.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** Store of the audit trail in the database; every method joins the transaction of its caller. */
@ApplicationScoped
class AuditStore {
    static final int FETCH_SIZE = 100;

    private final JdbcClient database;

    AuditStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Takes the lock on sealing until this transaction ends; false if another instance has it. */
    boolean tryLockSealing() {
        return database.queryOne("select pg_try_advisory_xact_lock(7306, 0)", row -> row.getBoolean(1));
    }

    /** Returns the position up to which all entries are settled. Call it before reading, in a statement of its own. */
    long settledPosition() {
        return database.queryOne("select audit_horizon()", row -> row.getLong(1));
    }

    AuditChainHead latestHead() {
        return headBefore(Long.MAX_VALUE);
    }

    /** Returns the last seal before a position. */
    AuditChainHead headBefore(long position) {
        return database.queryFirst(
                        "select position, hash from audit_seal where position < ? order by position desc limit 1",
                        row -> new AuditChainHead(row.getLong(1), row.getBytes(2)),
                        position)
                .orElseGet(AuditChainHead::genesis);
    }

    /** Returns the seconds since the oldest unsealed entry; 0 if all are sealed. */
    double oldestUnsealedSeconds() {
        return database.queryFirst("""
                        select extract(epoch from clock_timestamp() - at) from audit_entry
                         where position > (select coalesce(max(position), 0) from audit_seal)
                         order by position limit 1""", row -> row.getDouble(1)).orElse(0.0);
    }

    void insertSeals(List<AuditChainHead> seals) {
        database.update(
                "insert into audit_seal (position, hash) select * from unnest(?::bigint[], ?::bytea[])",
                SqlArray.ofLongs(seals.stream().map(AuditChainHead::position).toList()),
                new SqlArray("bytea", seals.stream().map(AuditChainHead::hash).toArray(byte[][]::new)));
    }

    <T> List<T> queryRows(String sql, RowMapper<T> mapper, Object... arguments) {
        return database.query(sql, mapper, arguments);
    }

    /** Visits row by row; within a transaction only a few are in memory at a time. */
    void forEachRow(String sql, JdbcClient.RowVisitor visitor, Object... arguments) {
        database.queryEach(FETCH_SIZE, sql, visitor, arguments);
    }
}
