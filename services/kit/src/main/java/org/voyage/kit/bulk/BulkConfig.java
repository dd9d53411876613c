package org.voyage.kit.bulk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings for batches. */
@ConfigMapping(prefix = "voyage.bulk")
public interface BulkConfig {

    /** Returns whether the service takes batches at all; read when the service is built. */
    @WithDefault("true")
    boolean enabled();

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
     * then refused with a time to retry.
     */
    @WithDefault("6")
    int concurrent();

    @WithDefault("30s")
    Duration patience();

    /** Returns the longest transaction of a chunk. */
    @WithDefault("2m")
    Duration chunkTimeout();

    /** Returns the longest transaction of a whole file (mode all, dry run). */
    @WithDefault("1h")
    Duration fileTimeout();

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

    /** Returns the name of this instance. After a restart the instance finds its own unfinished batches by it. */
    @WithDefault("${HOSTNAME:local}")
    String instance();

    /** Returns the pause between two searches for unfinished batches. */
    @WithDefault("5s")
    Duration recoveryEvery();

    /** Returns the time without a sign of life of its instance after which an unfinished batch is abandoned. */
    @WithDefault("10m")
    Duration abandonedAfter();
}
