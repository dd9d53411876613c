package org.voyage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Copy of a folder whose files may change meanwhile. A second pass copies only the files that changed since the first, so it
 * is short. Holes of sparse files stay holes.
 */
final class FolderMirror {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(BLOCK_BYTES).asReadOnlyBuffer();

    /** A file that changed so shortly before its copy may have changed again at the same time of the file system. */
    private static final long CLOCK_TICK_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final Path source;
    private final Path target;
    private final Predicate<Path> isCopied;
    private final Map<Path, CopiedState> copied = new HashMap<>();

    /**
     * State of a file before its last copy.
     *
     * @param isSettled whether an equal state means an equal content
     */
    private record CopiedState(long size, FileTime modified, boolean isSettled) {}

    /** @param isCopied selects files by their path in the folder; a folder that it leaves out is copied empty */
    FolderMirror(Path source, Path target, Predicate<Path> isCopied) {
        this.source = source;
        this.target = target;
        this.isCopied = isCopied;
    }

    /** Copies the files that are new or changed since the last pass, and keeps those that are gone. */
    void copyChanges() throws IOException {
        walkSource();
    }

    /** Makes the copy equal to the source: also files that are gone are deleted. */
    void copyExactly() throws IOException {
        Set<Path> gone = new HashSet<>(copied.keySet());
        gone.removeAll(walkSource());
        for (Path file : gone) {
            Files.deleteIfExists(target.resolve(file));
            copied.remove(file);
        }
    }

    /** Returns the files that were found. */
    private Set<Path> walkSource() throws IOException {
        Set<Path> found = new HashSet<>();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path path = source.relativize(folder);
                Path copy = target.resolve(path);
                Files.createDirectories(copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
                return isCopied.test(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = source.relativize(file);
                if (attributes.isRegularFile() && isCopied.test(path)) {
                    found.add(path);
                    copyIfChanged(path, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found;
    }

    private void copyIfChanged(Path path, BasicFileAttributes attributes) throws IOException {
        CopiedState last = copied.get(path);
        if (last != null
                && last.isSettled
                && last.size == attributes.size()
                && last.modified.equals(attributes.lastModifiedTime())) {
            return;
        }
        boolean isSettled =
                System.currentTimeMillis() - attributes.lastModifiedTime().toMillis() > CLOCK_TICK_MILLIS;
        try {
            copyFile(source.resolve(path), target.resolve(path));
            copied.put(path, new CopiedState(attributes.size(), attributes.lastModifiedTime(), isSettled));
        } catch (NoSuchFileException e) {
            // It was deleted meanwhile.
            Files.deleteIfExists(target.resolve(path));
            copied.remove(path);
        }
    }

    /** Copies a file with its permissions. */
    static void copyFile(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            long position = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                block.flip();
                boolean isHole = block.mismatch(ZEROS.slice(0, read)) < 0;
                if (!isHole) {
                    writeFully(out, block, position);
                }
                position += read;
                block.clear();
            }
            if (out.size() < position) {
                writeFully(out, ByteBuffer.wrap(new byte[1]), position - 1);
            }
        }
        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }

    private static void writeFully(FileChannel out, ByteBuffer block, long position) throws IOException {
        long at = position;
        while (block.hasRemaining()) {
            at += out.write(block, at);
        }
    }
}
