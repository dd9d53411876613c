package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL server with its data in a folder of this machine: its commits survive kill -9 and a power cut. It listens
 * on the loopback address only and restarts when it dies.
 */
public final class PostgresNode implements AutoCloseable {
    /** Schema with the clock of a demo while it loads its history. Each start removes it. */
    public static final String DEMO_CLOCK_SCHEMA = "demo_clock";

    static final String SUPERUSER = "postgres";
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final boolean durable;
    private final ProcessSupervisor server;

    private PostgresNode(Path folder, int port, boolean durable, Duration startLimit) {
        this.folder = folder;
        this.port = port;
        this.durable = durable;
        this.server = new ProcessSupervisor(new PlatformPart(
                "PostgreSQL",
                this::command,
                Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"),
                folder.resolveSibling("logs").resolve("postgres.log"),
                this::isAnswering,
                new StartPatience(LONGEST_SILENCE, startLimit),
                "INT"));
    }

    /**
     * Starts a server on {@code folder}, which is filled at the first start. It creates each missing database with a
     * role of the same name that works in it and a role that {@link #ownerOf owns} it. Logs go to
     * {@code ../logs/postgres.log}.
     *
     * @throws StartFailedException with one sentence for people
     */
    public static PostgresNode start(Path folder, int port, List<String> databases) {
        return start(folder, port, databases, StartPatience.DEFAULT_TOTAL);
    }

    /** Starts a server as {@link #start(Path, int, List)}, within a time limit. */
    static PostgresNode start(Path folder, int port, List<String> databases, Duration startLimit) {
        return start(folder, port, databases, true, startLimit);
    }

    /** Starts a server for data that a crash may lose: no write waits for the disk. */
    static PostgresNode startNonDurable(Path folder, int port, List<String> databases) {
        return start(folder, port, databases, false, StartPatience.DEFAULT_TOTAL);
    }

    private static PostgresNode start(
            Path folder, int port, List<String> databases, boolean durable, Duration startLimit) {
        Path absolute = folder.toAbsolutePath().normalize();
        PostgresNode node = new PostgresNode(absolute, port, durable, startLimit);
        new PostgresCluster(absolute, passwordOf(SUPERUSER)).prepareFolder();
        node.server.startProcess();
        try {
            databases.forEach(node::createDatabase);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        return node;
    }

    private List<String> command() {
        PostgresCluster cluster = new PostgresCluster(folder, passwordOf(SUPERUSER));
        cluster.clearAfterCrash();
        List<String> command =
                new ArrayList<>(List.of(PostgresCluster.programPath("postgres"), "-D", folder.toString()));
        Map.of(
                        "port", Integer.toString(port),
                        "listen_addresses", "127.0.0.1",
                        "unix_socket_directories", "",
                        "max_connections", "200",
                        "shared_buffers", "256MB",
                        "max_wal_size", "2GB",
                        "fsync", onOff(durable),
                        "synchronous_commit", "on",
                        "full_page_writes", onOff(durable),
                        "timezone", "UTC")
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return PostgresCluster.withoutRoot(command);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private boolean isAnswering() {
        try (Connection connection = connectAsSuperuser(SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet one = statement.executeQuery("select 1")) {
            return one.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connectAsSuperuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, passwordOf(SUPERUSER));
    }

    private void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,30}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (Connection server = connectAsSuperuser(SUPERUSER)) {
            ServiceDatabase database = new ServiceDatabase(name);
            database.ensureDatabase(server);
            try (Connection inside = connectAsSuperuser(name)) {
                database.ensurePrivileges(inside);
            }
        } catch (SQLException e) {
            throw new StartFailedException(
                    "PostgreSQL refuses to create the database " + name + ": " + e.getMessage() + ".", e);
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /**
     * Returns the role that owns a database and its objects; the role that works in it has the name of the database.
     */
    public static String ownerOf(String database) {
        return database + "_owner";
    }

    /** Returns the password of a role. It is public, because the server listens to this machine only. */
    public static String passwordOf(String role) {
        return "local-" + role;
    }

    public long pid() {
        return server.pid();
    }

    /** Kills the server like a crash; it restarts by itself. */
    public void killProcess() {
        server.killProcess();
    }

    /** Restarts the server and returns the time from its start until it answered. */
    public Duration restartServer() {
        return server.restartProcess();
    }

    public void awaitReady() {
        server.awaitReady();
    }

    @Override
    public void close() {
        server.close();
    }

    static Optional<Long> recordedPid(Path folder) throws IOException {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf);
    }
}
