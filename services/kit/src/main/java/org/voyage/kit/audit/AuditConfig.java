package org.voyage.kit.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the audit trail is kept. */
@ConfigMapping(prefix = "voyage.audit")
public interface AuditConfig {

    /** Whether the service keeps a trail at all; read when the service is built. */
    @WithDefault("true")
    boolean enabled();

    /** Pause between two looks for entries to seal. */
    @WithDefault("1s")
    Duration sealEvery();

    /** Most entries sealed in one transaction. */
    @WithDefault("10000")
    int sealBatch();

    /** Longest time that the entry of a refusal or a read may take; after it the caller is told 503. */
    @WithDefault("5s")
    Duration noteTimeout();

    /** Longest verification. */
    @WithDefault("1h")
    Duration verificationTimeout();

    /** How often the newest hash is told in the log and the metrics. */
    @WithDefault("1h")
    Duration headEvery();
}
