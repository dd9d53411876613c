package org.voyage.kit.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database refused a statement or could not be reached. The cause is the {@link SQLException} of the driver. */
public class DatabaseException extends RuntimeException {

    private final @Nullable String sqlState;

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlState = cause.getSQLState();
    }

    /** Returns the SQLSTATE of PostgreSQL, or null when the connection pool or the driver failed without one. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
