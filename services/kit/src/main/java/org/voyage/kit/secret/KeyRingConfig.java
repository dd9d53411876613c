package org.voyage.kit.secret;

import io.smallrye.config.WithDefault;
import java.util.Map;

/**
 * Configuration of the keys of a {@link SecretKeyRing}. Each key has 32 random bytes in Base64 ({@code openssl rand
 * -base64 32}) and a number. A service extends it by a configuration of its own, or has it as a group of one.
 */
public interface KeyRingConfig {

    /** Keys that encrypt or encrypted data. A key may be removed when no data is encrypted with it any more. */
    Map<Integer, String> keys();

    /** Number of the key that encrypts from now on. */
    @WithDefault("1")
    int primary();
}
