package org.voyage.feeds.proof;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.voyage.kit.secret.KeyRingConfig;

/**
 * Configuration of checkpoints. The keys are seeds of Ed25519 keys. A former key stays configured as long as its
 * checkpoints can be read.
 */
@ConfigMapping(prefix = "voyage.feeds.checkpoint")
public interface CheckpointConfig extends KeyRingConfig {

    /** First day of a key, by its number; a key without one was valid from the beginning. */
    Map<Integer, LocalDate> from();

    /** First day on which a key signs no more, by its number. */
    Map<Integer, LocalDate> until();

    /** Number of events after which a checkpoint follows. */
    @WithDefault("1000")
    int events();

    /** Time after which a checkpoint follows, if there were events. */
    @WithDefault("1h")
    Duration interval();
}
