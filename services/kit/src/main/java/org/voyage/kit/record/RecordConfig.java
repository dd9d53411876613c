package org.voyage.kit.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How records are kept and read. */
@ConfigMapping(prefix = "voyage.records")
public interface RecordConfig {

    /** Whether the service keeps records at all; read when the service is built. */
    @WithDefault("true")
    boolean enabled();
}
