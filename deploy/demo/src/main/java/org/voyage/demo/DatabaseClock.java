package org.voyage.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.voyage.local.PostgresNode;
import org.voyage.local.StartFailedException;

/**
 * Clock of the demo's databases, which is behind while the history is loaded. Services date records and knowledge by the
 * clock of their database; so the rounds of the history are days apart. It changes nothing in the services, and it goes
 * only forward. The databases have the machine's clock again at the end, and from the next start of a platform if a demo
 * ends before.
 */
final class DatabaseClock {

    private static final String SCHEMA = PostgresNode.DEMO_CLOCK_SCHEMA;
    private static final String SUPERUSER = "postgres";
    private static final List<String> DATABASES = Stream.concat(
                    Stream.of(RecordService.values()).map(service -> service.label), Stream.of("indicators"))
            .toList();

    private static final String IS_EMPTY_SQL = "select not exists (select from pg_tables where schemaname = 'public')";
    private static final String IS_BEHIND_SQL =
            "select exists (select from pg_namespace where nspname = '" + SCHEMA + "')";

    private final int port;
    private final String password;

    /** @param port port of a PostgreSQL server that {@code ./voyage} has started */
    DatabaseClock(int port) {
        this(port, PostgresNode.passwordOf(SUPERUSER));
    }

    /**
     * @param port port of the demo's PostgreSQL server
     * @param password password of its superuser
     */
    DatabaseClock(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /**
     * Returns whether any service has a record.
     *
     * @throws StartFailedException if PostgreSQL refuses the question
     */
    boolean hasRecords() {
        AtomicBoolean found = new AtomicBoolean();
        for (DemoRecordType type : DemoRecordType.values()) {
            String table = type.record.replace('-', '_');
            runIn(type.service.label, statement -> {
                if (isTrue(statement, "select to_regclass('public." + table + "') is not null")
                        && isTrue(statement, "select exists (select from public." + table + ")")) {
                    found.set(true);
                }
            });
        }
        return found.get();
    }

    /**
     * Sets the clock of each database that has no tables yet. The services must not run yet.
     *
     * @throws StartFailedException if PostgreSQL refuses it
     */
    void setBehind(Duration behind) {
        for (String database : DATABASES) {
            runIn(database, statement -> {
                if (isTrue(statement, IS_EMPTY_SQL)) {
                    statement.execute("create schema " + SCHEMA);
                    statement.execute("grant usage on schema " + SCHEMA + " to " + database);
                    statement.execute(functionSql(behind));
                    // The owner, who migrates the tables, keeps the machine's clock: no default may depend on this one.
                    statement.execute("alter role " + database + " in database " + database
                            + " set search_path = public, " + SCHEMA + ", pg_catalog");
                }
            });
        }
    }

    /** Moves the clocks that are behind. */
    void moveForward(Duration behind) {
        for (String database : DATABASES) {
            runIn(database, statement -> {
                if (isTrue(statement, IS_BEHIND_SQL)) {
                    statement.execute(functionSql(behind));
                }
            });
        }
    }

    /** Gives the databases the machine's clock. */
    void finish() {
        for (String database : DATABASES) {
            runIn(database, statement -> {
                statement.execute("alter role " + database + " in database " + database + " reset search_path");
                statement.execute("drop schema if exists " + SCHEMA + " cascade");
            });
        }
    }

    private static String functionSql(Duration behind) {
        return "create or replace function " + SCHEMA
                + ".clock_timestamp() returns timestamptz language sql volatile as"
                + " $$ select pg_catalog.clock_timestamp() - interval '" + behind.toSeconds() + " seconds' $$";
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void runIn(String database, DatabaseWork work) {
        String url = "jdbc:postgresql://localhost:" + port + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            work.run(statement);
            connection.commit();
        } catch (SQLException e) {
            throw new StartFailedException(
                    "PostgreSQL refuses the demo in the database " + database + ": " + e.getMessage() + ".", e);
        }
    }

    /** Work in one database and transaction. */
    @FunctionalInterface
    private interface DatabaseWork {
        void run(Statement statement) throws SQLException;
    }
}
