package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Refusal;

/**
 * The files of unfinished batches on our disk, unpacked. A file under its final name is whole and survives a power cut;
 * it may hold personal data, so it is encrypted under a key that the batch's row has, only this user can read it, and it
 * goes as soon as its batch has ended.
 */
@ApplicationScoped
class Spool {
    private static final String PART = ".part";
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final BulkConfig config;
    private final Instance<SpoolKeys> keys;

    Spool(BulkConfig config, Instance<SpoolKeys> keys) {
        this.config = config;
        this.keys = keys;
    }

    /** A key for the file of a batch, as the batch's row keeps it. */
    byte[] newKey(UUID batch) {
        var key = SpoolFile.newKey();
        return keys.isUnsatisfied() ? key : keys.get().seal(batch, key);
    }

    /**
     * Takes in a body to its end.
     *
     * @return how many bytes it has, unpacked
     * @throws SenderGone if the sender went away
     * @throws Refusal if the body is no whole gzip or larger than a file may be, or our disk does not take it
     */
    long receive(Batch batch, @Nullable String encoding, InputStream body) {
        var part = folder().resolve(batch.id + PART);
        try {
            long length = write(part, file(batch), encoding, body);
            Files.move(part, path(batch.id), StandardCopyOption.ATOMIC_MOVE);
            sync(folder());
            return length;
        } catch (IOException e) {
            delete(batch.id);
            throw new DiskRefused(e);
        } catch (RuntimeException e) {
            delete(batch.id);
            throw e;
        }
    }

    private long write(Path part, SpoolFile file, @Nullable String encoding, InputStream body) throws IOException {
        long limit = config.fileLimit().asLongValue();
        long length = 0;
        var buffer = new byte[64 * 1024];
        try (var disk = FileChannel.open(part, NEW, ours(part, "rw-------"));
                var out = file.hiding(Channels.newOutputStream(disk))) {
            var in = unpacked(encoding, body);
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                length += read;
                if (length > limit) {
                    throw new Refusal.TooLarge(limit);
                }
                out.write(buffer, 0, read);
            }
            disk.force(true);
        }
        return length;
    }

    private static InputStream unpacked(@Nullable String encoding, InputStream body) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Refusal.UnsupportedMediaType(
                    "A batch is sent as it is or with Content-Encoding: gzip.", "批量文件只接受原文或 gzip 压缩。");
        }
        try {
            return new GZIPInputStream(body, 64 * 1024);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** A compressed body that is none is the sender's mistake; anything else means that he is gone. */
    private static RuntimeException broken(IOException e) {
        return e instanceof ZipException || e instanceof EOFException
                ? new Refusal.Malformed("The body is not whole gzip.", "正文不是完整的 gzip 数据。")
                : new SenderGone(e);
    }

    /** @throws RuntimeException if its key cannot be opened any more */
    SpoolFile file(Batch batch) {
        var key = batch.fileKey;
        return new SpoolFile(
                path(batch.id),
                key == null || keys.isUnsatisfied() ? key : keys.get().open(batch.id, key));
    }

    private Path path(UUID batch) {
        return folder().resolve(batch.toString());
    }

    boolean has(UUID batch) {
        return Files.exists(path(batch));
    }

    /** Bytes of a file that is here. */
    long size(UUID batch) {
        try {
            return Files.size(path(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(UUID batch) {
        try {
            Files.deleteIfExists(folder().resolve(batch + PART));
            Files.deleteIfExists(path(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The batches that have a file here, whole or not. */
    List<UUID> batches() {
        var batches = new ArrayList<UUID>();
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                var name = file.getFileName().toString().replace(PART, "");
                try {
                    batches.add(UUID.fromString(name));
                } catch (IllegalArgumentException e) {
                    // not one of ours
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batches;
    }

    private Path folder() {
        var folder = config.folder();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectories(folder, ours(folder, "rwx------"));
            }
            return folder;
        } catch (IOException e) {
            throw new DiskRefused(e);
        }
    }

    /** What only this user may, where the disk knows users. */
    private static FileAttribute<?>[] ours(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** A file's name is as durable as its folder. */
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The file will not come to its end. */
    static final class SenderGone extends RuntimeException {
        SenderGone(IOException cause) {
            super("the sender went away", cause);
        }
    }

    /** Our disk does not take the file. */
    static final class DiskRefused extends RuntimeException {
        DiskRefused(IOException cause) {
            super("the spool folder does not take a file", cause);
        }
    }
}
