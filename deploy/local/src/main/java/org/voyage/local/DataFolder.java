package org.voyage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Data folder of a platform, locked by one launcher at a time. */
final class DataFolder implements AutoCloseable {
    private static final long MIN_FREE_BYTES = 1L << 30;
    /** Marker file of a data folder that the launcher may use and empty. */
    private static final String MARKER_FILE = "voyage-data";

    private static final String GUARD_FILE = "guard.pid";
    private static final String LAUNCHER_FILE = "launcher.pid";

    /** Mark of a restore that has not ended. */
    private static final String UNFINISHED_FILE = "restore-unfinished";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Locks the folder, creates it when it is absent, and waits until the processes of a killed launcher have ended.
     *
     * @throws StartFailedException with one sentence for people
     */
    static DataFolder open(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            requireOwnedByVoyage(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(MARKER_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailedException("Another ./voyage already runs on the data in " + path
                        + ": stop it, or choose another folder with --data DIR.");
            }
            DataFolder folder = new DataFolder(path, channel, lock);
            folder.awaitEndOfLastGuard();
            Files.writeString(
                    path.resolve(LAUNCHER_FILE),
                    Long.toString(ProcessHandle.current().pid()));
            return folder;
        } catch (IOException e) {
            throw unusableFolder(path, e);
        }
    }

    /**
     * Locks an existing folder; empty while a platform runs on it.
     *
     * @throws StartFailedException when it is no data folder, or cannot be used
     */
    static Optional<DataFolder> openIfStopped(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        if (!Files.exists(path.resolve(MARKER_FILE))) {
            throw new StartFailedException(
                    path + " is not the data folder of a platform: name the one of ./voyage up with --data DIR.");
        }
        try {
            FileChannel channel = FileChannel.open(path.resolve(MARKER_FILE), StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            DataFolder folder = new DataFolder(path, channel, lock);
            folder.awaitEndOfLastGuard();
            return Optional.of(folder);
        } catch (IOException e) {
            throw unusableFolder(path, e);
        }
    }

    /** Returns the process that runs the platform of a folder, as recorded. */
    static Optional<ProcessHandle> findLauncher(Path path) {
        try {
            String recorded = Files.readString(path.resolve(LAUNCHER_FILE)).strip();
            return recorded.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(recorded)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusableFolder(path, e);
        }
    }

    /** Returns whether a file of the folder, by its name, belongs to the launcher that runs. */
    static boolean isOfLauncher(String name) {
        return name.equals(MARKER_FILE) || name.equals(GUARD_FILE) || name.equals(LAUNCHER_FILE);
    }

    /**
     * Prepares the folder for the files of a backup; {@link #endRestore} ends it. No platform starts on it before.
     *
     * @throws StartFailedException when the folder has other files than those of a restore that was interrupted
     */
    void beginRestore() {
        try {
            if (Files.exists(path.resolve(UNFINISHED_FILE))) {
                deleteContents();
            }
            try (Stream<Path> files = Files.list(path)) {
                if (files.anyMatch(file -> !isOfLauncher(file.getFileName().toString()))) {
                    throw new StartFailedException("The folder " + path
                            + " holds the data of a platform: restore into an empty or a new one with --data DIR.");
                }
            }
            Files.writeString(path.resolve(UNFINISHED_FILE), "");
        } catch (IOException e) {
            throw unusableFolder(path, e);
        }
    }

    void endRestore() throws IOException {
        Files.delete(path.resolve(UNFINISHED_FILE));
    }

    /**
     * Prepares the folder; deletes its content first when {@code fresh}.
     *
     * @throws StartFailedException with one sentence for people
     */
    void prepareFolder(boolean fresh) {
        try {
            requireAccess();
            if (fresh) {
                deleteContents();
            }
            if (Files.exists(path.resolve(UNFINISHED_FILE))) {
                throw new StartFailedException(
                        "A restore into " + path + " was interrupted: repeat it with ./voyage restore.");
            }
            requireSpace();
            recordGuard();
        } catch (IOException e) {
            throw unusableFolder(path, e);
        }
    }

    private static StartFailedException unusableFolder(Path path, IOException cause) {
        String why = switch (cause) {
            case AccessDeniedException _ -> "this user may not read and write it";
            case NotDirectoryException _, FileAlreadyExistsException _ -> "it is not a folder";
            case NoSuchFileException _ -> "no folder can be made there";
            case FileSystemException e ->
                Optional.ofNullable(e.getReason())
                        .orElse(e.getClass().getSimpleName())
                        .toLowerCase(Locale.ROOT);
            default -> String.valueOf(cause.getMessage());
        };
        return new StartFailedException(
                "The data folder " + path + " cannot be used (" + why + "): choose another with --data DIR.", cause);
    }

    // --fresh deletes: a folder with foreign files must never be taken for data.
    private static void requireOwnedByVoyage(Path path) throws IOException {
        if (Files.exists(path.resolve(MARKER_FILE))) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new StartFailedException("The folder " + path
                        + " holds files that are not Voyage's: choose an empty or a new one with --data DIR.");
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void awaitEndOfLastGuard() throws IOException {
        Path file = path.resolve(GUARD_FILE);
        if (!Files.exists(file)) {
            return;
        }
        String recorded = Files.readString(file).strip();
        Optional<ProcessHandle> guard = recorded.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(recorded))
                        .filter(handle -> ProcessGuard.findNameOf(handle).isPresent())
                : Optional.empty();
        // A guard of this JVM also watches other parts, so it stays.
        if (guard.isEmpty() || guard.get().equals(ProcessGuard.ofThisJvm().guardHandle())) {
            return;
        }
        try {
            guard.get().onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new StartFailedException(
                    "Processes of a ./voyage that was killed still run on " + path + ": try again in a moment.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while waiting for the last ./voyage to end.", e);
        }
    }

    // A folder of another user: each part would fail with its own message, or take unreadable files for absent ones.
    private void requireAccess() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(Files::isDirectory).toList()) {
                if (!Files.isReadable(file) || !Files.isWritable(file) || !Files.isExecutable(file)) {
                    throw new AccessDeniedException(file.toString());
                }
            }
        }
    }

    private void deleteContents() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(file -> !file.endsWith(MARKER_FILE) && !file.endsWith(LAUNCHER_FILE))
                    .toList()) {
                FolderDeleter.deleteFolder(file);
            }
        }
    }

    private void requireSpace() {
        // Not by its FileStore, which needs the mount point and finds none in a chroot.
        long free = path.toFile().getUsableSpace();
        if (free < MIN_FREE_BYTES) {
            throw new StartFailedException("The disk of " + path + " has only " + (free >> 20)
                    + " MB left and Voyage wants 1024: free some space, or choose another folder with --data DIR.");
        }
    }

    private void recordGuard() throws IOException {
        Files.writeString(
                path.resolve(GUARD_FILE),
                Long.toString(ProcessGuard.ofThisJvm().guardHandle().pid()));
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve(GUARD_FILE));
            Files.deleteIfExists(path.resolve(LAUNCHER_FILE));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
