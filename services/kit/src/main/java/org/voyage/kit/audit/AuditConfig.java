package org.voyage.kit.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the audit trail. */
@ConfigMapping(prefix = "voyage.audit")
public interface AuditConfig {

    /** Returns the pause between two searches for entries to seal. */
    @WithDefault("1s")
    Duration sealEvery();

    /** Returns the maximum number of entries sealed in one transaction. */
    @WithDefault("10000")
    int sealBatch();

    /** Returns the longest time that the entry of a refusal or a read may take; after it the answer is 503. */
    @WithDefault("5s")
    Duration noteTimeout();

    /** Returns the longest duration of a verification. */
    @WithDefault("1h")
    Duration verificationTimeout();

    /** Returns how often the newest hash is written to the log and the metrics. */
    @WithDefault("1h")
    Duration headEvery();
}
