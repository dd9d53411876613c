package org.voyage.kit.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of records. */
@ConfigMapping(prefix = "voyage.records")
public interface RecordConfig {

    /** Returns whether the service has records at all; read when the service is built. */
    @WithDefault("true")
    boolean enabled();
}
