package org.voyage.kit.http;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Lets a path or query with broken percent encoding reach {@link UriGuard}, which answers with a problem document:
 * Quarkus itself would answer 400 and not a word. It reads the switch from a system property, and before any bean is
 * there, so this is set while the configuration is put together.
 */
public class LenientUriConfig implements SmallRyeConfigBuilderCustomizer {
    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
