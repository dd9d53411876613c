package org.voyage.mobility.personal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import org.voyage.kit.secret.KeyRingConfig;

/**
 * Configuration of the keys of personal data. A key may be removed after a rotation has moved all data away from it.
 */
@ConfigMapping(prefix = "voyage.personal")
public interface PersonalConfig extends KeyRingConfig {

    /** Keys that make or made pseudonyms and fingerprints. */
    Map<Integer, String> pseudonymKeys();

    /** Number of the key that makes pseudonyms and fingerprints from now on. */
    @WithDefault("1")
    int pseudonymPrimary();
}
