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

    /**
     * Returns the maximum number of bytes of the refused rows that are kept of one province, a quarter of them
     * of one file. When a file needs room, the rows of the oldest file go first.
     */
    @WithDefault("128M")
    MemorySize refusedPerProvince();

    /** Returns how long refused rows are kept after the end of their file; of a dry run the outcomes of all rows. */
    @WithDefault("14d")
    Duration refusedRetention();

    /**
     * Returns the maximum number of batches at work at the same time; further ones wait half a minute and
     * are then refused with a time to retry. The last of these places is for a province without a batch at work. One
     * province has half of the places at most, one client a third. Two of the batches may be spreadsheets, of one province
     * one.
     */
    @WithDefault("6")
    int concurrent();

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
     * Returns the number of consecutive attempts at a batch that store no chunk of rows; after the last one the batch
     * fails.
     */
    @WithDefault("5")
    int maxAttempts();

    /**
     * Returns the name of this instance. After a restart the instance finds its own unfinished batches by it. Two
     * processes of one name do not disturb each other.
     */
    @WithDefault("${HOSTNAME:local}")
    String instance();

    /**
     * Returns the time without a sign of life of its process after which an unfinished batch goes to another process of
     * the same name, or to one that has its file. At least six seconds.
     */
    @WithDefault("15s")
    Duration lease();
}
