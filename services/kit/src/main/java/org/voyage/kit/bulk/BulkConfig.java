package org.voyage.kit.bulk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How files of records are taken in. */
@ConfigMapping(prefix = "voyage.bulk")
public interface BulkConfig {

    /** Whether the service takes batches at all; read when the service is built. */
    @WithDefault("true")
    boolean enabled();

    /** Most rows of one chunk: one call of the handler and, in mode rows, one transaction. */
    @WithDefault("1000")
    int chunkRows();

    /** Most bytes of one chunk (a row is never split). */
    @WithDefault("2M")
    MemorySize chunkBytes();

    /** Largest row; a larger one is refused and the file goes on. */
    @WithDefault("1M")
    MemorySize rowLimit();

    /**
     * Where files are kept until they are done. On a durable disk of this instance, so that they go on after a crash;
     * they are encrypted, deleted when they are done, and only this user may read them.
     */
    @WithDefault("${java.io.tmpdir}/voyage-bulk/${quarkus.application.name:service}")
    Path folder();

    /** Largest file, unpacked. */
    @WithDefault("16G")
    MemorySize fileLimit();

    /** Most records that a dry run may change so that it can be asked for all of them; previews of figures take as many. */
    @WithDefault("20000")
    int changes();

    /** Files that may wait for their turn with {@code Prefer: respond-async}; further ones are told to come again. */
    @WithDefault("100")
    int waiting();

    /** Batches at work at the same time; further ones wait {@link #patience()} and are then told to come again. */
    @WithDefault("6")
    int concurrent();

    @WithDefault("30s")
    Duration patience();

    /** Longest transaction of a chunk. */
    @WithDefault("2m")
    Duration chunkTimeout();

    /** Longest transaction of a whole file (mode all, dry run). */
    @WithDefault("1h")
    Duration fileTimeout();

    /** Attempts at a chunk that runs into other writes before it is tried in halves. */
    @WithDefault("3")
    int attempts();

    /** Attempts at a batch in a row that store no chunk of rows; after the last one the batch fails. */
    @WithDefault("5")
    int maxAttempts();

    /** Pause before the second attempt. Each further pause is four times as long, up to half of {@link #abandonedAfter()}. */
    @WithDefault("5s")
    Duration retryPause();

    /** Names this instance, so that after a restart it knows its own unfinished batches. */
    @WithDefault("${HOSTNAME:local}")
    String instance();

    /** Pause between two looks for unfinished batches to take up. */
    @WithDefault("5s")
    Duration recoveryEvery();

    /** An unfinished batch whose instance has not been seen for so long belongs to nobody any more. */
    @WithDefault("10m")
    Duration abandonedAfter();
}
