package org.voyage.kit.bulk;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;

/**
 * Quotas of the spool: the bytes of one province on the disks of all instances, the bytes of all files on the disk of
 * this instance, and a floor of free space on it. A file is refused before its body is read if its length does not fit.
 * While a body of unknown length is read, its batch reserves bytes in steps before they are written. Its metrics exist
 * from the start of the instance, so the alert of a full disk does not wait for a file.
 */
@Startup
@ApplicationScoped
class SpoolQuota {
    private static final long MAX_FILE_BYTES = 16L * 1024 * 1024 * 1024;

    /** Reservation of every batch at its beginning. */
    static final long FIRST_BYTES = 64L * 1024;

    private static final long MAX_STEP_BYTES = 16L * 1024 * 1024;
    private static final Duration RETRY_PAUSE = Duration.ofMinutes(1);

    private static final String PROVINCE_BYTES_SQL =
            "select coalesce(sum(spool_bytes), 0) from batch where province = ? and state in ('RECEIVING', 'RUNNING')";

    private final JdbcClient jdbc;
    private final BulkConfig config;

    SpoolQuota(DataSource dataSource, BulkConfig config, MeterRegistry metrics) {
        this.jdbc = new JdbcClient(dataSource);
        this.config = config;
        metrics.gauge("voyage.spool.used.bytes", this, quota -> quota.countFolderBytes());
        metrics.gauge("voyage.spool.limit.bytes", this, quota -> quota.limit());
        metrics.gauge("voyage.spool.disk.free.bytes", this, quota -> quota.countFreeBytes());
        metrics.gauge("voyage.spool.disk.floor.bytes", this, quota -> quota.floor());
    }

    /** Returns the maximum size of an unpacked file that any quota allows. */
    long maxFileBytes() {
        return Math.min(
                MAX_FILE_BYTES, Math.min(limit(), config.spoolPerProvince().asLongValue()));
    }

    private long limit() {
        return config.spool().asLongValue();
    }

    private long floor() {
        return config.diskFloor().asLongValue();
    }

    /**
     * Requires room for a file before its body is read.
     *
     * @param announced bytes of the file; 0 if unknown
     * @throws Refusal.StorageFull if the disk of this instance has no room
     * @throws Refusal.QuotaExceeded if the province has no room
     */
    void requireRoom(String province, long announced) {
        requireRoomOnDisk(announced);
        requireRoomOfProvince(province, announced);
    }

    /**
     * Reserves bytes for a file that is being received.
     *
     * @param needed bytes that are about to be written, all in all
     * @return bytes that may be written before the next reservation
     */
    long reserveBytes(Batch batch, long needed) {
        long reserved = needed + Math.min(needed, MAX_STEP_BYTES);
        // Written first, so that of two files that reserve at once at least one sees the other.
        jdbc.update("update batch set spool_bytes = ? where id = ?", reserved, batch.id);
        requireRoomOnDisk(reserved - needed);
        requireRoomOfProvince(batch.province, 0);
        return reserved;
    }

    private void requireRoomOfProvince(String province, long more) {
        long allowed = config.spoolPerProvince().asLongValue();
        long used = jdbc.queryOne(PROVINCE_BYTES_SQL, row -> row.getLong(1), province);
        if (used + more > allowed) {
            throw new Refusal.QuotaExceeded(
                    "The files in progress of the province use its part of the disk. Wait until one has ended, or stop"
                            + " one (DELETE /v1/batches/{id}).",
                    "本省处理中的文件已占满分配的磁盘空间。请等待其中一个处理完毕，或停止其中一个（DELETE /v1/batches/{id}）。",
                    QuotaUsage.ofBytes(used, allowed, Instant.now().plus(RETRY_PAUSE)));
        }
    }

    private void requireRoomOnDisk(long more) {
        long used = countFolderBytes();
        if (used + more > limit()) {
            throw new Refusal.StorageFull(
                    "The files in progress of all provinces use the space for them, so no file is taken. All else works.",
                    "各省处理中的文件已占满预留空间，暂不接收文件；其他功能不受影响。",
                    QuotaUsage.ofBytes(used, limit(), Instant.now().plus(RETRY_PAUSE)));
        }
        if (countFreeBytes() - more < floor()) {
            throw diskFull();
        }
    }

    /** Returns the refusal of a file that could not be written. */
    Refusal explainFailedWrite() {
        return countFreeBytes() < floor() ? diskFull() : new Refusal.Unavailable((int) RETRY_PAUSE.toSeconds());
    }

    private Refusal.StorageFull diskFull() {
        try {
            var disk = disk();
            long total = disk.getTotalSpace();
            return new Refusal.StorageFull(
                    "The disk keeps " + floor() + " bytes free, so no file is taken. All else works.",
                    "磁盘须保留 " + floor() + " 字节可用空间，暂不接收文件；其他功能不受影响。",
                    QuotaUsage.ofBytes(
                            total - disk.getUsableSpace(),
                            Math.max(0, total - floor()),
                            Instant.now().plus(RETRY_PAUSE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long countFreeBytes() {
        try {
            return disk().getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileStore disk() throws IOException {
        Path folder = config.folder().toAbsolutePath();
        for (Path parent = folder.getParent(); parent != null && !Files.exists(folder); parent = folder.getParent()) {
            folder = parent;
        }
        return Files.getFileStore(folder);
    }

    private long countFolderBytes() {
        if (!Files.isDirectory(config.folder())) {
            return 0;
        }
        try (var files = Files.newDirectoryStream(config.folder())) {
            long bytes = 0;
            for (var file : files) {
                bytes += sizeOf(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            // Its batch has ended in the meantime.
            return 0;
        }
    }
}
