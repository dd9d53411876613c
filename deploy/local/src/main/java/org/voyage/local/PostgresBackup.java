package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copy of the folder of a running server, by PostgreSQL's own protocol for base backups. A server that starts on the copy
 * recovers to the moment of {@link #endBackup}.
 */
final class PostgresBackup implements AutoCloseable {

    private static final String SLOT = "voyage_backup";

    /** Folders whose content belongs to the running server only. */
    private static final Set<String> EMPTY_FOLDERS = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init");

    private final Path folder;
    private final Path target;
    private final Connection connection;
    private final String firstSegment;
    private String lastSegment = "";

    private PostgresBackup(Path folder, Path target, Connection connection, String firstSegment) {
        this.folder = folder;
        this.target = target;
        this.connection = connection;
        this.firstSegment = firstSegment;
    }

    /** Begins a backup: from now on the server keeps its log, until the backup is closed. */
    static PostgresBackup begin(Path folder, Path target) throws IOException, SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + readPort(folder) + "/postgres",
                PostgresNode.SUPERUSER,
                PostgresNode.passwordOf(PostgresNode.SUPERUSER));
        try {
            // It ends with the connection, so no failure leaves a server that keeps its log permanently.
            queryText(
                    connection,
                    "select slot_name from pg_create_physical_replication_slot('" + SLOT + "', true, true)");
            String first = queryText(connection, "select pg_walfile_name(pg_backup_start('voyage', true))");
            return new PostgresBackup(folder, target, connection, first);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static String readPort(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("postmaster.pid")).get(3).strip();
    }

    /** Copies the data files, which may change meanwhile. */
    void copyFiles() throws IOException {
        new FolderMirror(folder, target, PostgresBackup::isCopied).copyChanges();
        Files.createDirectories(target.resolve("pg_wal").resolve("archive_status"));
    }

    private static boolean isCopied(Path path) {
        String name = String.valueOf(path.getFileName());
        return !EMPTY_FOLDERS.contains(path.toString()) && !LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp");
    }

    /** Ends the backup: everything that is committed now is in it. */
    void endBackup() throws IOException, SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_walfile_name(lsn), labelfile from pg_backup_stop(wait_for_archive => false)")) {
            row.next();
            lastSegment = row.getString(1);
            Files.writeString(target.resolve("backup_label"), row.getString(2));
        }
    }

    /** Copies the part of the server's log with which the copied files recover to the end of the backup. */
    void copyLog() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pg_wal"))) {
            List<Path> segments = files.filter(
                            file -> isSegment(file.getFileName().toString()))
                    .toList();
            for (Path segment : segments) {
                FolderMirror.copyFile(segment, target.resolve("pg_wal").resolve(segment.getFileName()));
            }
        }
    }

    private boolean isSegment(String name) {
        return name.matches("[0-9A-F]{24}") && name.compareTo(firstSegment) >= 0 && name.compareTo(lastSegment) <= 0;
    }

    private static String queryText(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
