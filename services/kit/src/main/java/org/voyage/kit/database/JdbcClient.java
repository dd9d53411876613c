package org.voyage.kit.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Client that executes SQL with positional parameters. Parameters are null, {@link SqlArray}, {@link
 * java.time.Instant}, enums, or values of a type that the driver knows; a text for a {@code jsonb} column needs {@code
 * ?::jsonb}. Every {@link SQLException} becomes a {@link DatabaseException}. A client of a data source joins the JTA
 * transaction of its caller.
 */
public final class JdbcClient {

    private final ConnectionSource connections;
    private final boolean closes;

    /** Takes a connection for each call and closes it at the end of the call. */
    public JdbcClient(DataSource dataSource) {
        this(dataSource::getConnection);
    }

    /** Takes a connection for each call and closes it at the end of the call. */
    public JdbcClient(ConnectionSource connections) {
        this(connections, true);
    }

    private JdbcClient(ConnectionSource connections, boolean closes) {
        this.connections = connections;
        this.closes = closes;
    }

    /** Uses one connection for every call and leaves it open. */
    public static JdbcClient on(Connection connection) {
        return new JdbcClient(() -> connection, false);
    }

    /** Source of the connections of a client. */
    @FunctionalInterface
    public interface ConnectionSource {
        Connection open() throws SQLException;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface ConnectionWork<T extends @Nullable Object, X extends Exception> {
        T run(Connection connection) throws SQLException, X;
    }

    /** Work with a client that uses one connection. */
    @FunctionalInterface
    public interface ClientWork<T extends @Nullable Object, X extends Exception> {
        T run(JdbcClient client) throws SQLException, X;
    }

    /** Visitor of the current row of a result. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /** Executes a statement, or several that are separated by semicolons, and ignores the results. */
    public void execute(String sql, @Nullable Object... parameters) {
        withStatement(sql, parameters, PreparedStatement::execute);
    }

    /** Executes an insert, update or delete and returns the number of rows. */
    public int update(String sql, @Nullable Object... parameters) {
        return withStatement(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Executes an insert, update or delete once for each row of parameters. */
    public void updateBatch(String sql, List<@Nullable Object[]> rows) {
        withStatement(sql, new Object[0], statement -> {
            for (@Nullable Object[] row : rows) {
                SqlArray.bindAll(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Returns all rows of a query. */
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        List<T> found = new ArrayList<>();
        queryEach(sql, row -> found.add(mapper.map(row)), parameters);
        return found;
    }

    /** Returns the first row of a query. */
    public <T> Optional<T> queryFirst(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return query(sql, mapper, parameters).stream().findFirst();
    }

    /** Returns the first row of a query that always has one. */
    public <T> T queryOne(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return query(sql, mapper, parameters).getFirst();
    }

    /** Visits all rows of a query. */
    public void queryEach(String sql, RowVisitor visitor, @Nullable Object... parameters) {
        queryEach(0, sql, visitor, parameters);
    }

    /** Visits all rows of a query. Inside a transaction at most {@code fetchSize} rows are in memory; 0 means all. */
    public void queryEach(int fetchSize, String sql, RowVisitor visitor, @Nullable Object... parameters) {
        withStatement(sql, parameters, statement -> {
            if (fetchSize > 0) {
                statement.setFetchSize(fetchSize);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    visitor.visit(row);
                }
            }
            return true;
        });
    }

    /** Runs work in a transaction of its own. The caller must not be in a JTA transaction. */
    public <T extends @Nullable Object, X extends Exception> T inTransaction(ClientWork<T, X> work) throws X {
        return withConnection(connection -> {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(on(connection));
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }

    /** Runs work on a connection. */
    public <T extends @Nullable Object, X extends Exception> T withConnection(ConnectionWork<T, X> work) throws X {
        try {
            Connection connection = connections.open();
            try (Closing _ = closes ? connection::close : () -> {}) {
                return work.run(connection);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private interface Closing extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private interface StatementWork<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T withStatement(String sql, @Nullable Object[] parameters, StatementWork<T> work) {
        return withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                SqlArray.bindAll(statement, parameters);
                return work.run(statement);
            }
        });
    }
}
