package org.voyage.kit.bulk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings for batches. */
@ConfigMapping(prefix = "voyage.bulk")
public interface BulkConfig {

    /**
     * Returns the maximum number of rows of a chunk, which is one call of the handler and, in mode rows, one
     * transaction.
     */
    @WithDefault("1000")
    int chunkRows();

    /** Returns the maximum number of bytes of a chunk (a row is never split). */
    @WithDefault("2M")
    MemorySize chunkBytes();

    /** Returns the maximum size of a row; a larger row is refused and the file continues. */
    @WithDefault("1M")
    MemorySize rowLimit();

    /**
     * Returns the folder of the files in progress. It belongs on a durable disk of this instance, so that batches
     * continue after a crash. The files are encrypted, deleted when their batch is done, and readable by this user
     * only.
     */
    @WithDefault("${java.io.tmpdir}/voyage-bulk/${quarkus.application.name:service}")
    Path folder();

    /** Returns the maximum size of an unpacked file. */
    @WithDefault("16G")
    MemorySize fileLimit();

    /** Returns the maximum number of bytes of the unpacked files in progress of one province, on all instances. */
    @WithDefault("32G")
    MemorySize spoolPerProvince();

    /** Returns the maximum number of bytes of the unpacked files in progress on the disk of this instance. */
    @WithDefault("100G")
    MemorySize spool();

    /**
     * Returns the number of bytes that stay free on the disk of {@link #folder()}. With less no file is taken, and all
     * else works.
     */
    @WithDefault("2G")
    MemorySize diskFloor();

    /** Returns the maximum number of bytes of the refused rows that are kept of one file: the first ones. */
    @WithDefault("32M")
    MemorySize refusedPerBatch();

    /**
     * Returns the maximum number of bytes of the refused rows that are kept of one province. When a file needs room, the
     * rows of the oldest file go first.
     */
    @WithDefault("128M")
    MemorySize refusedPerProvince();

    /** Returns how long refused rows are kept after the end of their file; of a dry run the outcomes of all rows. */
    @WithDefault("14d")
    Duration refusedRetention();

    /** Returns the maximum number of changed records that a dry run returns; previews of figures take as many. */
    @WithDefault("20000")
    int changes();

    /**
     * Returns the maximum number of files that wait for their turn with {@code Prefer: respond-async}; further ones are
     * refused with a time to retry.
     */
    @WithDefault("100")
    int waiting();

    /**
     * Returns the maximum number of batches at work at the same time; further ones wait {@link #patience()} and are
     * then refused with a time to retry. The last of these places is for a province without a batch at work. Two of
     * the batches may be spreadsheets, of one province one.
     */
    @WithDefault("6")
    int concurrent();

    /** Returns the maximum number of those batches that are of one province. */
    @WithDefault("3")
    int concurrentPerProvince();

    /** Returns the maximum number of those batches that are of one client. */
    @WithDefault("2")
    int concurrentPerClient();

    /** Returns the maximum number of those {@link #waiting} files that are of one province. */
    @WithDefault("20")
    int waitingPerProvince();

    /** Returns the maximum number of senders of one province that wait for a place; further ones are refused at once. */
    @WithDefault("6")
    int callersPerProvince();

    /** Returns how long the sender of a file waits for a place before the file is refused. */
    @WithDefault("30s")
    Duration patience();

    /** Returns the longest transaction of a chunk. */
    @WithDefault("2m")
    Duration chunkTimeout();

    /** Returns the longest dry run; a longer one fails. */
    @WithDefault("1h")
    Duration fileTimeout();

    /**
     * Returns the longest transaction of a file in mode all; a longer one fails. Meanwhile the lists by time of its
     * province, and of all provinces, do not show records from after its beginning.
     */
    @WithDefault("10m")
    Duration allTimeout();

    /** Returns the maximum number of rows in mode all: a file with more is refused; the number is an estimate. */
    @WithDefault("200000")
    long allRows();

    /**
     * Returns the longest time for which a file in mode all may hold back the events of the service, when it appends its
     * own at its end; it fails if they take longer.
     */
    @WithDefault("7s")
    Duration publicationTimeout();

    /** Returns the memory for the keys of one file; the keys beyond it are on the disk, in {@link #folder()}. */
    @WithDefault("8M")
    MemorySize keyMemory();

    /** Returns the number of attempts at a chunk that conflicts with other writes before it is split in two. */
    @WithDefault("3")
    int attempts();

    /**
     * Returns the number of consecutive attempts at a batch that store no chunk of rows; after the last one the batch
     * fails.
     */
    @WithDefault("5")
    int maxAttempts();

    /**
     * Returns the pause before the second attempt. Each further pause is four times as long, up to half of {@link
     * #abandonedAfter()}.
     */
    @WithDefault("5s")
    Duration retryPause();

    /**
     * Returns the name of this instance. After a restart the instance finds its own unfinished batches by it. Two
     * processes of one name do not disturb each other.
     */
    @WithDefault("${HOSTNAME:local}")
    String instance();

    /**
     * Returns the time without a sign of life of its process after which an unfinished batch goes to another process of
     * the same name, or to one that has its file. It is longer than several {@link #recoveryEvery()}.
     */
    @WithDefault("15s")
    Duration lease();

    /** Returns the pause between two searches for unfinished batches. */
    @WithDefault("5s")
    Duration recoveryEvery();

    /** Returns the time without a sign of life of its instance after which an unfinished batch is abandoned. */
    @WithDefault("10m")
    Duration abandonedAfter();
}
