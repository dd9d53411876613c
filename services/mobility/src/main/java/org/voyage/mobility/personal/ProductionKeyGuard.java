package org.voyage.mobility.personal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Startup check that refuses the public local keys in production (profile {@code prod}): these begin with
 * {@value #LOCAL_KEY_PREFIX}. Unusable keys stop the start under any profile.
 */
@ApplicationScoped
class ProductionKeyGuard {

    static final String LOCAL_KEY_PREFIX = "voyage-local-";

    private final PersonalConfig config;
    private final KeyRing keys;

    ProductionKeyGuard(PersonalConfig config, KeyRing keys) {
        this.config = config;
        this.keys = keys;
    }

    void check(@Observes StartupEvent start) {
        // CDI creates the ring at its first call.
        keys.primaryKeyNumber();
        if (ConfigUtils.isProfileActive("prod")) {
            requireNoLocalKeys("voyage.personal.keys", config.keys());
            requireNoLocalKeys("voyage.personal.pseudonym-keys", config.pseudonymKeys());
        }
    }

    static void requireNoLocalKeys(String name, Map<Integer, String> keys) {
        keys.forEach((id, base64) -> {
            String text = new String(KeyRing.toBytes(name + "." + id, base64), StandardCharsets.ISO_8859_1);
            if (text.startsWith(LOCAL_KEY_PREFIX)) {
                throw new IllegalStateException(name + "." + id
                        + " is the key of a laptop and not for production: make one with openssl rand -base64 32.");
            }
        });
    }
}
