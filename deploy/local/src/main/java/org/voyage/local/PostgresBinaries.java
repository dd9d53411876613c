package org.voyage.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path once per machine and user. */
final class PostgresBinaries {
    private static final String FOLDER_NAME = "postgres-18.4.0";

    private PostgresBinaries() {}

    /** Returns the folder of {@code bin/}, {@code lib/} and {@code share/}. */
    static Path unpackOnce() {
        Path home = cacheFolder().resolve(FOLDER_NAME + "-" + machineName());
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        try {
            Files.createDirectories(home.getParent());
            // Next to the goal, then moved in one step: no reader sees an incomplete folder.
            Path fresh = Files.createTempDirectory(home.getParent(), FOLDER_NAME);
            try {
                unpack(fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException _) {
                // Another process was faster.
            } finally {
                FolderDeleter.deleteFolder(fresh);
            }
            return home;
        } catch (IOException e) {
            throw new StartFailedException(
                    "PostgreSQL cannot be unpacked into " + home.getParent() + ": " + e.getMessage() + ".", e);
        }
    }

    private static Path cacheFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("voyage");
    }

    private static String machineName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.startsWith("arm64");
        if (!arm && !arch.equals("amd64") && !arch.equals("x86_64")) {
            throw new StartFailedException(
                    "Voyage brings PostgreSQL for x86-64 and ARM64 machines, and this one is " + arch + ".");
        }
        return os + "-" + (arm ? "arm_64" : "x86_64");
    }

    private static void unpack(Path target) throws IOException {
        String archive = "/postgres-" + machineName() + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException(archive + " is not on the class path");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive reaches outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
