package org.voyage.kittest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.voyage.local.PostgresNode;

/** Servers of this JVM's tests: PostgreSQL, Kafka and token issuer. The first call starts them. */
public final class TestServers {
    /** Databases, each with a role of the same name that works in it. */
    public static final List<String> DATABASES =
            List.of("voyage", "mobility", "cooperation", "overseas", "standards", "indicators", "feeds");

    private static final String PROPERTY_PREFIX = "voyage.test.";
    private static final int MAX_STARTS = 3;

    private TestServers() {}

    public static String jdbcUrl(String database) {
        return "jdbc:postgresql://" + findSetting("postgres") + "/" + database;
    }

    public static String passwordOf(String role) {
        return PostgresNode.passwordOf(role);
    }

    /** Returns the role that owns a database. */
    public static String ownerOf(String database) {
        return PostgresNode.ownerOf(database);
    }

    /**
     * Returns a connection that bypasses the service, with its role or with the owner of its database.
     *
     * @param scope scope of row-level security: {@code all}, the two digits of a province, or empty for the role's
     *     default: nothing for the service, all for the owner
     */
    public static Connection connect(String database, String role, String scope) throws SQLException {
        return openConnection(database, role, scope.isEmpty() ? "" : "-c voyage.scope=" + scope);
    }

    /** Returns a connection that bypasses the service and shows what row-level security shows to an alliance. */
    public static Connection connectAsAlliance(String database, String role, String alliance) throws SQLException {
        return openConnection(database, role, "-c voyage.alliance=" + alliance);
    }

    private static Connection openConnection(String database, String role, String options) throws SQLException {
        Properties login = new Properties();
        login.put("user", role);
        login.put("password", passwordOf(role));
        if (!options.isEmpty()) {
            login.put("options", options);
        }
        return DriverManager.getConnection(jdbcUrl(database), login);
    }

    /** Runs a statement that bypasses the service. */
    public static void runSql(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the one number of a query that bypasses the service. */
    public static long queryNumber(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String bootstrapServers() {
        return findSetting("kafka");
    }

    /** Returns where alliances reach Kafka, with SASL and the tokens of the issuer. */
    public static String allianceBootstrapServers() {
        return findSetting("kafka-for-alliances");
    }

    public static String issuer() {
        return findSetting("issuer");
    }

    /** Returns the folder of the servers' data, which is deleted after their end. */
    public static Path folder() {
        return Path.of(findSetting("folder"));
    }

    // Quarkus loads this class again for every application that it starts in the JVM; system properties exist once.
    private static String findSetting(String name) {
        synchronized (System.getProperties()) {
            if (System.getProperty(PROPERTY_PREFIX + name) == null) {
                startServers();
            }
            return System.getProperty(PROPERTY_PREFIX + name);
        }
    }

    private static void startServers() {
        for (int attempt = 1; !tryStartServers(); attempt++) {
            if (attempt == MAX_STARTS) {
                throw new IllegalStateException("the servers for tests did not start: see the lines above");
            }
        }
    }

    /** Returns whether the servers started; another program may have taken one of their free ports meanwhile. */
    private static boolean tryStartServers() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.voyage.local.TestBackendsMain"));
        command.addAll(DATABASES);
        try {
            // Its standard input is the life line: it ends with this JVM.
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = answers.readLine();
            for (; line != null && !line.isEmpty(); line = answers.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    System.setProperty(PROPERTY_PREFIX + line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return line != null;
        } catch (IOException e) {
            throw new UncheckedIOException("the servers for tests did not start", e);
        }
    }
}
