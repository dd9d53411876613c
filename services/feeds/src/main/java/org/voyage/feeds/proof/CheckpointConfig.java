package org.voyage.feeds.proof;

import io.smallrye.config.ConfigMapping;
import java.time.LocalDate;
import java.util.Map;
import org.voyage.kit.secret.KeyRingConfig;

/**
 * Configuration of checkpoints. The keys are seeds of Ed25519 keys. A former key stays configured as long as its
 * checkpoints can be read.
 */
@ConfigMapping(prefix = "voyage.feeds.checkpoint")
public interface CheckpointConfig extends KeyRingConfig {

    /** First day on which a key signs no more, by its number. The key with the next number is valid from this day on. */
    Map<Integer, LocalDate> until();
}
