package org.voyage.mobility.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Table of key rotations. It uses the caller's transaction. */
@ApplicationScoped
class RotationTable {

    private final JdbcClient database;

    RotationTable(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /**
     * One row: a rotation and its progress.
     *
     * @param keyId number of the key to which the rotation moves all data
     * @param finishedAt null while the rotation runs
     */
    record KeyRotationRun(
            long id,
            int keyId,
            int pseudonymKeyId,
            String actor,
            String requestId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long total,
            long done,
            long unreadable) {}

    /**
     * Returns the running rotation, else the last one. Of two simultaneous rotations the running one may have the lower
     * number.
     */
    Optional<KeyRotationRun> findLatest() {
        String sql =
                "select id, key_id, pseudonym_key_id, actor, request_id, started_at, finished_at, total, done, unreadable"
                        + " from personal_rotation order by finished_at desc nulls first, id desc limit 1";
        return database.queryFirst(sql, RotationTable::toRotation);
    }

    private static KeyRotationRun toRotation(ResultSet row) throws SQLException {
        return new KeyRotationRun(
                row.getLong(1),
                row.getInt(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                RowMapper.readInstant(row, 6),
                RowMapper.readNullableInstant(row, 7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10));
    }

    /**
     * Inserts a rotation; returns false if one to these keys or to newer ones is running. A running rotation to older
     * keys changes to the new keys.
     */
    boolean insertRotation(String actor, String requestId, KeyRing keys, long total) {
        return database.update(
                        "insert into personal_rotation (actor, request_id, key_id, pseudonym_key_id, started_at, total)"
                                + " values (?, ?, ?, ?, clock_timestamp(), ?) on conflict ((true)) where finished_at is null"
                                + " do update set actor = excluded.actor, request_id = excluded.request_id,"
                                + " key_id = excluded.key_id, pseudonym_key_id = excluded.pseudonym_key_id,"
                                + " started_at = excluded.started_at, total = excluded.total, done = 0, unreadable = 0"
                                + " where (personal_rotation.key_id, personal_rotation.pseudonym_key_id)"
                                + " <> (excluded.key_id, excluded.pseudonym_key_id)"
                                + " and personal_rotation.key_id <= excluded.key_id"
                                + " and personal_rotation.pseudonym_key_id <= excluded.pseudonym_key_id",
                        actor,
                        requestId,
                        keys.primaryKeyNumber(),
                        keys.pseudonymKeyNumber(),
                        total)
                == 1;
    }

    /** Adds to the progress; returns false if the rotation changed to other keys. */
    boolean addProgress(KeyRotationRun rotation, long done, long unreadable) {
        return database.update(
                        "update personal_rotation set done = done + ?, unreadable = unreadable + ?"
                                + " where id = ? and key_id = ? and pseudonym_key_id = ?",
                        done,
                        unreadable,
                        rotation.id(),
                        rotation.keyId(),
                        rotation.pseudonymKeyId())
                == 1;
    }

    /**
     * Marks the rotation finished; returns false if another instance did so already or the rotation changed to other
     * keys.
     */
    boolean markFinished(KeyRotationRun rotation) {
        return database.update(
                        "update personal_rotation set finished_at = clock_timestamp()"
                                + " where id = ? and key_id = ? and pseudonym_key_id = ? and finished_at is null",
                        rotation.id(),
                        rotation.keyId(),
                        rotation.pseudonymKeyId())
                == 1;
    }
}
