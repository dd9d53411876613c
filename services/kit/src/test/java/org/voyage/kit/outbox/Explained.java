package org.voyage.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A data source that explains each question without parameters before it is asked: as it stands in the code, on the very
 * connection that it is asked on, so by that one's settings.
 */
final class Explained {

    private static final String QUESTION = "select";

    private final DataSource dataSource;
    private final List<JsonNode> plans = new ArrayList<>();

    Explained(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    DataSource dataSource() {
        return watched(
                DataSource.class, dataSource, "getConnection", (connection, _) -> connection((Connection) connection));
    }

    /** Pages of tables and indexes that all questions together have looked at, in memory or not. */
    long pages() {
        return plans.stream()
                .mapToLong(plan -> plan.path("Shared Hit Blocks").asLong()
                        + plan.path("Shared Read Blocks").asLong())
                .sum();
    }

    /** How PostgreSQL answered them. */
    @Override
    public String toString() {
        return plans.toString();
    }

    private Connection connection(Connection connection) {
        return watched(Connection.class, connection, "prepareStatement", (statement, arguments) -> {
            if (arguments[0] instanceof String sql && sql.startsWith(QUESTION) && sql.indexOf('?') < 0) {
                plans.add(plan(connection, sql));
            }
            return statement;
        });
    }

    private static JsonNode plan(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
            row.next();
            return new ObjectMapper().readTree(row.getString(1)).path(0).path("Plan");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface After {
        Object with(Object result, Object[] arguments) throws SQLException;
    }

    /** The same, whose one method has more to do when it was called. */
    private static <T> T watched(Class<T> type, T of, String method, After after) {
        return type.cast(Proxy.newProxyInstance(
                Explained.class.getClassLoader(), new Class<?>[] {type}, (_, called, arguments) -> {
                    try {
                        Object result = called.invoke(of, arguments);
                        return called.getName().equals(method)
                                ? after.with(
                                        Objects.requireNonNull(result), arguments == null ? new Object[0] : arguments)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
