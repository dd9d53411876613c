package org.voyage.mobility.personal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Keeps the service in production (profile {@code prod}) from working with the keys of a laptop, which everybody knows:
 * they begin with {@value #MARK}. Unusable keys stop the start under any profile.
 */
@ApplicationScoped
class LocalKeys {

    static final String MARK = "voyage-local-";

    private final PersonalConfig config;
    private final KeyRing keys;

    LocalKeys(PersonalConfig config, KeyRing keys) {
        this.config = config;
        this.keys = keys;
    }

    void check(@Observes StartupEvent start) {
        // The ring is made when it is first asked something.
        keys.primary();
        if (ConfigUtils.isProfileActive("prod")) {
            refuse("voyage.personal.keys", config.keys());
            refuse("voyage.personal.pseudonym-keys", config.pseudonymKeys());
        }
    }

    static void refuse(String name, Map<Integer, String> keys) {
        keys.forEach((id, base64) -> {
            String text = new String(KeyRing.bytes(name + "." + id, base64), StandardCharsets.ISO_8859_1);
            if (text.startsWith(MARK)) {
                throw new IllegalStateException(name + "." + id
                        + " is the key of a laptop and not for production: make one with openssl rand -base64 32.");
            }
        });
    }
}
