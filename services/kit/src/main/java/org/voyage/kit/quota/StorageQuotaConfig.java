package org.voyage.kit.quota;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the quota of stored bytes. */
@ConfigMapping(prefix = "voyage.quota")
public interface StorageQuotaConfig {

    /**
     * Returns the maximum number of bytes that a province stores in a service in one day of Beijing; further writes get
     * 429 until midnight. 0 for no limit. A record needs about 1.2 KB for each version.
     */
    @WithDefault("4G")
    MemorySize storedPerDay();
}
