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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.spool.SpoolFile;
import org.voyage.kit.bulk.spool.SpoolKeyWrapper;
import org.voyage.kit.problem.Refusal;

/**
 * Spool of the files of unfinished batches on the local disk, unpacked. A file under its final name is complete and
 * survives a power cut. The file may hold personal data, so it is encrypted with a key in the batch's row. Only this
 * user can read it, and the spool deletes it as soon as its batch has ended.
 */
@ApplicationScoped
class UploadSpool {
    private static final String PART_SUFFIX = ".part";
    private static final Set<StandardOpenOption> NEW_FILE_OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final BulkConfig config;
    private final Instance<SpoolKeyWrapper> keys;
    private final SpoolQuota quota;

    UploadSpool(BulkConfig config, Instance<SpoolKeyWrapper> keys, SpoolQuota quota) {
        this.config = config;
        this.keys = keys;
        this.quota = quota;
    }

    /** A file that was received completely. @param bytes its unpacked size @param digest SHA-256 of the unpacked bytes */
    record ReceivedFile(long bytes, byte[] digest) {}

    /** Creates the key for the file of a batch, in the form that the batch's row stores. */
    byte[] createKey(UUID batch) {
        var key = SpoolFile.newKey();
        return keys.isUnsatisfied() ? key : keys.get().wrapKey(batch, key);
    }

    /**
     * Receives a body to its end.
     *
     * @throws SenderGoneException if the sender closed the connection
     * @throws Refusal if the body is no complete gzip, is larger than the limit, or does not fit into a quota of the disk
     */
    ReceivedFile receiveFile(Batch batch, @Nullable String encoding, InputStream body) {
        var part = folder().resolve(batch.id + PART_SUFFIX);
        try {
            var received = writePart(part, batch, encoding, body);
            Files.move(part, pathOf(batch.id), StandardCopyOption.ATOMIC_MOVE);
            syncFolder(folder());
            return received;
        } catch (IOException e) {
            deleteFile(batch.id);
            throw new DiskFullException(e);
        } catch (RuntimeException e) {
            deleteFile(batch.id);
            throw e;
        }
    }

    private ReceivedFile writePart(Path part, Batch batch, @Nullable String encoding, InputStream body)
            throws IOException {
        long limit = quota.maxFileBytes();
        long length = 0;
        long reserved = batch.spoolBytes;
        var digest = sha256();
        var buffer = new byte[64 * 1024];
        try (var disk = FileChannel.open(part, NEW_FILE_OPTIONS, ownerOnly(part, "rw-------"));
                var out = openFile(batch).encrypt(Channels.newOutputStream(disk))) {
            var in = unpack(encoding, body);
            for (int read = readBlock(in, buffer); read >= 0; read = readBlock(in, buffer)) {
                length += read;
                if (length > limit) {
                    throw new Refusal.TooLarge(limit);
                }
                if (length > reserved) {
                    reserved = quota.reserveBytes(batch, length);
                }
                out.write(buffer, 0, read);
                digest.update(buffer, 0, read);
            }
            disk.force(true);
        }
        return new ReceivedFile(length, digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream unpack(@Nullable String encoding, InputStream body) {
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
            throw toReadFailure(e);
        }
    }

    private static int readBlock(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw toReadFailure(e);
        }
    }

    /**
     * Returns the failure of a read: an invalid compressed body is the sender's fault; any other failure means a closed
     * connection.
     */
    private static RuntimeException toReadFailure(IOException e) {
        return e instanceof ZipException || e instanceof EOFException
                ? new Refusal.Malformed("The body is not whole gzip.", "正文不是完整的 gzip 数据。")
                : new SenderGoneException(e);
    }

    /**
     * Opens the file of a batch.
     *
     * @throws RuntimeException if the key of the file cannot be unwrapped
     */
    SpoolFile openFile(Batch batch) {
        var key = batch.fileKey;
        return new SpoolFile(
                pathOf(batch.id),
                key == null || keys.isUnsatisfied() ? key : keys.get().unwrapKey(batch.id, key));
    }

    private Path pathOf(UUID batch) {
        return folder().resolve(batch.toString());
    }

    boolean hasFile(UUID batch) {
        return Files.exists(pathOf(batch));
    }

    /** Returns the number of bytes of a stored file. */
    long sizeOf(UUID batch) {
        try {
            return Files.size(pathOf(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteFile(UUID batch) {
        try {
            Files.deleteIfExists(folder().resolve(batch + PART_SUFFIX));
            Files.deleteIfExists(pathOf(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the batches that have a file here, complete or not. */
    List<UUID> listBatches() {
        var batches = new ArrayList<UUID>();
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                var name = file.getFileName().toString().replace(PART_SUFFIX, "");
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
                Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
            }
            return folder;
        } catch (IOException e) {
            throw new DiskFullException(e);
        }
    }

    /** Returns permissions for this user only, if the file system supports them. */
    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the name of a file durable by flushing its folder. */
    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The sender has closed the connection; the file stays incomplete. */
    static final class SenderGoneException extends RuntimeException {
        SenderGoneException(IOException cause) {
            super("the sender went away", cause);
        }
    }

    /** The local disk cannot store the file. */
    static final class DiskFullException extends RuntimeException {
        DiskFullException(IOException cause) {
            super("the spool folder does not take a file", cause);
        }
    }
}
