package org.voyage.kit.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the web part of the kit. */
@ConfigMapping(prefix = "voyage.web")
public interface WebConfig {

    /** Largest JSON body of one record; batches have no limit of their own. */
    @WithDefault("1M")
    MemorySize jsonLimit();
}
