package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Command {@code ./voyage backup}: it copies the data folder of a platform, also of a running one.
 *
 * <p>Databases and Kafka are copied as of one moment: Kafka pauses while the last changes of its log are copied and the copy
 * of PostgreSQL ends. So the databases have every event of the copied log, and the log has every event that the databases hold
 * for published. After a restore no service has anything to repair. Writes are accepted meanwhile.
 */
final class BackupCommand {

    /** Parts that a platform makes again. */
    private static final Set<String> LEFT_OUT = Set.of("logs", "learned");

    private static final Set<String> COPIED_APART = Set.of("postgres", "kafka");

    private final Path data;
    private final Path target;
    private Duration pause = Duration.ZERO;

    private BackupCommand(Path data, Path target) {
        this.data = data;
        this.target = target;
    }

    public static void main(String[] arguments) {
        try {
            List<Path> folders = LauncherArguments.parseFolders(List.of(arguments), List.of("a folder for the backup"));
            System.out.println(new BackupCommand(folders.getFirst(), folders.getLast()).backUp());
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException | SQLException e) {
            System.err.println("The backup failed, and nothing of it is kept: " + e.getMessage());
            System.exit(1);
        }
    }

    private String backUp() throws IOException, SQLException {
        Optional<DataFolder> stopped = DataFolder.openIfStopped(data);
        requireEmptyTarget();
        long begun = System.nanoTime();
        boolean isDone = false;
        try {
            Instant taken = stopped.isPresent() ? copyStopped() : copyRunning();
            SystemPrograms.syncFolder(target);
            BackupManifest manifest = BackupManifest.create(target, taken);
            manifest.write(target);
            isDone = true;
            return describeResult(manifest, Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            stopped.ifPresent(DataFolder::close);
            if (!isDone) {
                FolderDeleter.deleteFolder(target);
            }
        }
    }

    private void requireEmptyTarget() throws IOException {
        if (target.startsWith(data)) {
            throw new StartFailedException("The backup cannot be in the data folder: choose another folder.");
        }
        if (Files.exists(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new StartFailedException("The folder " + target + " is not empty: choose another one.");
                }
            }
        }
        Files.createDirectories(target);
    }

    private Instant copyStopped() throws IOException {
        new FolderMirror(data, target, path -> !isLeftOut(path)).copyChanges();
        return now();
    }

    private Instant copyRunning() throws IOException, SQLException {
        FolderMirror log = new FolderMirror(data.resolve("kafka"), target.resolve("kafka"), path -> true);
        FolderMirror rest = new FolderMirror(
                data,
                target,
                path -> !isLeftOut(path)
                        && !COPIED_APART.contains(path.getName(0).toString()));
        try (PostgresBackup database = PostgresBackup.begin(data.resolve("postgres"), target.resolve("postgres"))) {
            database.copyFiles();
            rest.copyChanges();
            log.copyChanges();
            // What is new since, so that the pause is short.
            log.copyExactly();
            Instant taken = copyEnds(database, log);
            database.copyLog();
            // Uploaded files that came meanwhile; those that were processed meanwhile stay.
            rest.copyChanges();
            return taken;
        }
    }

    private Instant copyEnds(PostgresBackup database, FolderMirror log) throws IOException, SQLException {
        ProcessHandle broker = KafkaPause.findBroker(data)
                .orElseThrow(() -> new StartFailedException(
                        "Kafka does not run on " + data + ": wait until the platform is ready, or stop it."));
        long begun = System.nanoTime();
        try (KafkaPause paused = KafkaPause.begin(broker)) {
            log.copyExactly();
            database.endBackup();
            return now();
        } finally {
            pause = Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private static boolean isLeftOut(Path path) {
        String first = path.getName(0).toString();
        return LEFT_OUT.contains(first) || DataFolder.isOfLauncher(first);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private String describeResult(BackupManifest manifest, Duration took) {
        return String.format(
                Locale.ROOT,
                "Backup of %s in %s: %d files, %d MB, in %.1f s (Kafka paused for %.2f s).%n备份完成：数据截至 %s。",
                manifest.taken(),
                target,
                manifest.files().size(),
                manifest.countBytes() >> 20,
                took.toMillis() / 1e3,
                pause.toMillis() / 1e3,
                manifest.taken());
    }
}
