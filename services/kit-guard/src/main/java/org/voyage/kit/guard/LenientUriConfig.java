package org.voyage.kit.guard;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Configuration that passes a path or query with broken percent encoding to {@link UriGuard}, which answers with a
 * problem document. Quarkus itself would answer 400 without a body. Quarkus reads the switch from a system property
 * before any bean exists, so this class sets it while the configuration is built.
 */
public class LenientUriConfig implements SmallRyeConfigBuilderCustomizer {
    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
