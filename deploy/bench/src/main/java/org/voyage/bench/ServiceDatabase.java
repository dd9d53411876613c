package org.voyage.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.voyage.local.Platform;
import org.voyage.local.PostgresNode;

/** Access to a service's database from outside, as its owner. */
class ServiceDatabase implements AutoCloseable {

    private final Connection connection;

    ServiceDatabase(Platform platform, String service) throws SQLException {
        String owner = PostgresNode.ownerOf(service);
        connection = DriverManager.getConnection(
                platform.postgres().jdbcUrl(service), owner, PostgresNode.passwordOf(owner));
    }

    Connection openConnection() {
        return connection;
    }

    void runSql(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long queryNumber(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Waits, with short pauses, until the query returns at least the number. */
    void awaitAtLeast(String sql, long number) throws SQLException, InterruptedException {
        while (queryNumber(sql) < number) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
