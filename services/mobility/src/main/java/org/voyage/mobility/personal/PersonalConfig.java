package org.voyage.mobility.personal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/**
 * Configuration of the keys of personal data. Each key has 32 random bytes in Base64 ({@code openssl rand -base64 32})
 * and a number.
 */
@ConfigMapping(prefix = "voyage.personal")
public interface PersonalConfig {

    /**
     * Keys that encrypt or encrypted personal data. A key may be removed after a rotation has moved all data away from
     * it.
     */
    Map<Integer, String> keys();

    /** Number of the key that encrypts from now on. */
    @WithDefault("1")
    int primary();

    /** Keys that make or made pseudonyms and fingerprints. */
    Map<Integer, String> pseudonymKeys();

    /** Number of the key that makes pseudonyms and fingerprints from now on. */
    @WithDefault("1")
    int pseudonymPrimary();

    /** Number of rows of a rotation in one transaction. */
    @WithDefault("500")
    int rotationRows();
}
