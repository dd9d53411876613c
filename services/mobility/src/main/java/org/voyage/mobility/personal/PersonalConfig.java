package org.voyage.mobility.personal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** The keys of personal data. Each is 32 random bytes in Base64 ({@code openssl rand -base64 32}) under a number. */
@ConfigMapping(prefix = "voyage.personal")
public interface PersonalConfig {

    /** Keys that personal data is, or once was, encrypted with. One may go when a rotation has brought all away from it. */
    Map<Integer, String> keys();

    /** The number of the key that encrypts from now on. */
    @WithDefault("1")
    int primary();

    /** Keys that make, or once made, pseudonyms and fingerprints. */
    Map<Integer, String> pseudonymKeys();

    /** The number of the key that makes them from now on. */
    @WithDefault("1")
    int pseudonymPrimary();

    /** Rows of a rotation in one transaction. */
    @WithDefault("500")
    int rotationRows();
}
