package org.voyage.kit.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/**
 * Key ring that encrypts secrets by AES-256-GCM (Google Tink) under the primary key. Associated data names the owner of a
 * secret, for instance its row: a secret cannot be decrypted for another owner.
 */
public final class SecretKeyRing {

    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final ConfiguredKeys keys;
    private final Aead aead;

    /** A secret was changed or belongs to another owner, or its key is missing. */
    public static final class UndecryptableSecretException extends RuntimeException {
        UndecryptableSecretException(GeneralSecurityException cause) {
            super("A secret cannot be decrypted.", cause);
        }
    }

    /** @throws IllegalStateException if the keys cannot be used */
    public SecretKeyRing(ConfiguredKeys keys) {
        this.keys = keys;
        try {
            AeadConfig.register();
            this.aead = keys.buildKeyset(SecretKeyRing::makeKey).getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The configured keys cannot be used.", e);
        }
    }

    /** Returns the number of the key that {@link #encrypt} uses. */
    public int primaryKeyNumber() {
        return keys.primary();
    }

    /** Returns the secret encrypted under the primary key; twice the same secret gives different bytes. */
    public byte[] encrypt(byte[] secret, byte[] associatedData) {
        try {
            return aead.encrypt(secret, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret cannot be encrypted.", e);
        }
    }

    /**
     * Returns a secret that was encrypted under any of the keys.
     *
     * @throws UndecryptableSecretException if the bytes were changed, the associated data is another, or the key is
     *     missing
     */
    public byte[] decrypt(byte[] encrypted, byte[] associatedData) {
        try {
            return aead.decrypt(encrypted, associatedData);
        } catch (GeneralSecurityException e) {
            throw new UndecryptableSecretException(e);
        }
    }

    @AccessesPartialKey
    private static Key makeKey(SecretBytes bytes, int number) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(ConfiguredKeys.KEY_BYTES)
                .setIvSizeBytes(IV_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build();
        return AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(bytes)
                .setIdRequirement(number)
                .build();
    }
}
