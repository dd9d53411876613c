package org.voyage.feeds.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.delivery.config.DeliveryConfig;

class EndpointDeliveriesTest {

    private static final int CONVERTER_PRIORITY = 200;

    @Test
    void production_does_not_start_with_webhooks_in_clear() {
        runWith(
                "prod",
                true,
                config -> assertThatThrownBy(() -> EndpointDeliveries.requireEncryption(config))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("voyage.feeds.delivery.http-allowed"));
        runWith(
                "prod",
                false,
                config -> assertThatCode(() -> EndpointDeliveries.requireEncryption(config))
                        .doesNotThrowAnyException());
        runWith(
                "local",
                true,
                config -> assertThatCode(() -> EndpointDeliveries.requireEncryption(config))
                        .doesNotThrowAnyException());
    }

    private interface ConfiguredCheck {
        void run(DeliveryConfig config);
    }

    /** Runs a check with the configuration that a start with this profile has. */
    private static void runWith(String profile, boolean isHttpAllowed, ConfiguredCheck check) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withProfile(profile)
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withDefaultValues(Map.of("voyage.feeds.delivery.http-allowed", String.valueOf(isHttpAllowed)))
                .withMapping(DeliveryConfig.class)
                .build();
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        try (URLClassLoader loader = new URLClassLoader(new URL[0], former)) {
            thread.setContextClassLoader(loader);
            resolver.registerConfig(config, loader);
            check.run(config.getConfigMapping(DeliveryConfig.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            resolver.releaseConfig(config);
            thread.setContextClassLoader(former);
        }
    }
}
