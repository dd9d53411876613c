package org.voyage.mobility.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is known of rotations. Uses the caller's transaction. */
@ApplicationScoped
class RotationTable {

    private final DataSource dataSource;

    RotationTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @param finishedAt null while it goes on */
    record Rotation(
            long id,
            String actor,
            String requestId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long total,
            long done,
            long unreadable) {}

    Optional<Rotation> latest() {
        String sql = "select id, actor, request_id, started_at, finished_at, total, done, unreadable"
                + " from personal_rotation order by id desc limit 1";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(rotation(row)) : Optional.empty();
        } catch (SQLException e) {
            throw new PersonalUnavailable(e);
        }
    }

    private static Rotation rotation(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime finished = row.getObject(5, OffsetDateTime.class);
        return new Rotation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8));
    }

    /** Begins one; false if one is going on. */
    boolean begin(String actor, String requestId, KeyRing keys, long total) {
        return update(
                        "insert into personal_rotation (actor, request_id, key_id, pseudonym_key_id, started_at, total)"
                                + " values (?, ?, ?, ?, clock_timestamp(), ?) on conflict do nothing",
                        actor,
                        requestId,
                        keys.primary(),
                        keys.pseudonymPrimary(),
                        total)
                == 1;
    }

    void advance(long id, long done, long unreadable) {
        update(
                "update personal_rotation set done = done + ?, unreadable = unreadable + ? where id = ?",
                done,
                unreadable,
                id);
    }

    /** False if somebody else has said so already. */
    boolean finish(long id) {
        return update(
                        "update personal_rotation set finished_at = clock_timestamp() where id = ? and finished_at is null",
                        id)
                == 1;
    }

    private int update(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersonalUnavailable(e);
        }
    }
}
