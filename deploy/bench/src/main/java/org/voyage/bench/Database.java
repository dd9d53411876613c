package org.voyage.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.voyage.local.Platform;
import org.voyage.local.PostgresNode;

/** A service's database, looked at from outside, as its owner. */
class Database implements AutoCloseable {

    private final Connection connection;

    Database(Platform platform, String service) throws SQLException {
        String owner = PostgresNode.owner(service);
        connection =
                DriverManager.getConnection(platform.postgres().jdbcUrl(service), owner, PostgresNode.password(owner));
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Waits until the query gives at least the number; the way a stopwatch waits for a finish line. */
    void awaitAtLeast(String sql, long number) throws SQLException, InterruptedException {
        while (number(sql) < number) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
