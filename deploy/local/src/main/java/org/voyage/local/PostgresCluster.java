package org.voyage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Data folder of a PostgreSQL server: filled once, and cleared of a crash's leftovers. */
final class PostgresCluster {
    private final Path folder;
    private final String superuserPassword;

    PostgresCluster(Path folder, String superuserPassword) {
        this.folder = folder;
        this.superuserPassword = superuserPassword;
    }

    static String programPath(String name) {
        return PostgresBinaries.unpackOnce().resolve("bin").resolve(name).toString();
    }

    /**
     * Returns the command in a user namespace when this process runs as root: PostgreSQL refuses root, and an unmapped
     * root still owns its files.
     */
    static List<String> withoutRoot(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        if (SystemPrograms.succeeds("unshare", "-U", "true")) {
            return SystemPrograms.concat(List.of("unshare", "-U"), command);
        }
        throw new StartFailedException("PostgreSQL does not run as root and this machine allows root no user namespace"
                + " (unshare -U): run ./voyage as an ordinary user.");
    }

    /** Fills the folder when it is empty. A crash during this leaves no folder that looks complete. */
    void prepareFolder() {
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            requireVersion();
            return;
        }
        Path half = folder.resolveSibling(folder.getFileName() + ".new");
        Path passwords = folder.resolveSibling(folder.getFileName() + ".password");
        try {
            FolderDeleter.deleteFolder(half);
            Files.createDirectories(folder.getParent());
            Files.writeString(passwords, superuserPassword + "\n");
            initialiseFolder(half, passwords);
            Files.deleteIfExists(folder);
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartFailedException(
                    "PostgreSQL's data folder " + folder + " cannot be made: " + e.getMessage() + ".", e);
        } finally {
            passwords.toFile().delete();
        }
    }

    private void requireVersion() {
        try {
            String version = Files.readString(folder.resolve("PG_VERSION")).strip();
            if (!version.equals("18")) {
                throw new StartFailedException("The data in " + folder + " belongs to PostgreSQL " + version
                        + ", and Voyage runs 18: choose another --data folder.");
            }
        } catch (IOException e) {
            throw new StartFailedException(
                    "PostgreSQL's data folder " + folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void initialiseFolder(Path target, Path passwords) throws IOException {
        Process initdb = ProcessGuard.ofThisJvm()
                .startGuarded(new ProcessBuilder(withoutRoot(List.of(
                                programPath("initdb"),
                                "--pgdata=" + target,
                                "--username=postgres",
                                "--pwfile=" + passwords,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--locale=C",
                                "--data-checksums")))
                        .redirectErrorStream(true));
        String said = new String(initdb.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!initdb.waitFor(60, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                throw new IOException("initdb failed: "
                        + said.strip().lines().reduce((a, b) -> b).orElse("no reason given"));
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Removes a crash's leftovers. The caller holds the lock of the data folder, so a server in {@code postmaster.pid}
     * is a leftover. A running one is stopped. Otherwise the file is removed: after a power cut the process id may
     * belong to another program, and PostgreSQL would refuse to start.
     */
    void clearAfterCrash() {
        try {
            Optional<ProcessHandle> recorded =
                    PostgresNode.recordedPid(folder).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
            if (recorded.isPresent() && isServer(recorded.get())) {
                recorded.get().destroyForcibly();
                recorded.get().onExit().orTimeout(10, TimeUnit.SECONDS).join();
            } else {
                Files.deleteIfExists(folder.resolve("postmaster.pid"));
            }
        } catch (IOException e) {
            throw new StartFailedException(
                    "PostgreSQL's data folder " + folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private boolean isServer(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(folder.toString()))
                .isPresent();
    }
}
