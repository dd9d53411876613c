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
 * Data source that explains each query without parameters before it runs: with the SQL of the code, on the same
 * connection, and so with its settings.
 */
final class QueryPlanDataSource {

    private static final String QUERY_KEYWORD = "select";

    private final DataSource dataSource;
    private final List<JsonNode> plans = new ArrayList<>();

    QueryPlanDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    DataSource dataSource() {
        return interceptMethod(
                DataSource.class,
                dataSource,
                "getConnection",
                (connection, _) -> watchConnection((Connection) connection));
    }

    /** Returns the number of table and index pages that all queries have read, from memory or not. */
    long countPages() {
        return plans.stream()
                .mapToLong(plan -> plan.path("Shared Hit Blocks").asLong()
                        + plan.path("Shared Read Blocks").asLong())
                .sum();
    }

    /** Returns the plans of the queries. */
    @Override
    public String toString() {
        return plans.toString();
    }

    private Connection watchConnection(Connection connection) {
        return interceptMethod(Connection.class, connection, "prepareStatement", (statement, arguments) -> {
            if (arguments[0] instanceof String sql && sql.startsWith(QUERY_KEYWORD) && sql.indexOf('?') < 0) {
                plans.add(explainPlan(connection, sql));
            }
            return statement;
        });
    }

    private static JsonNode explainPlan(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
            row.next();
            return new ObjectMapper().readTree(row.getString(1)).path(0).path("Plan");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface ResultInterceptor {
        Object intercept(Object result, Object[] arguments) throws SQLException;
    }

    /** Returns a proxy whose one method runs an interceptor after each call. */
    private static <T> T interceptMethod(Class<T> type, T of, String method, ResultInterceptor after) {
        return type.cast(Proxy.newProxyInstance(
                QueryPlanDataSource.class.getClassLoader(), new Class<?>[] {type}, (_, called, arguments) -> {
                    try {
                        Object result = called.invoke(of, arguments);
                        return called.getName().equals(method)
                                ? after.intercept(
                                        Objects.requireNonNull(result), arguments == null ? new Object[0] : arguments)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
