package org.voyage.kit.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Mapper from the current row of a result to an object. */
@FunctionalInterface
public interface RowMapper<T> {

    T map(ResultSet row) throws SQLException;

    /** Reads a column of type {@code timestamptz} that is not null. */
    static Instant readInstant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Reads a column of type {@code timestamptz}. */
    static @Nullable Instant readNullableInstant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
