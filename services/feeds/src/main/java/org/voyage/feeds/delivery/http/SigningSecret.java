package org.voyage.feeds.delivery.http;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * Secret that signs webhooks.
 *
 * @param bytes of HMAC the 32 bytes of the key; of Ed25519 the 32 bytes of the private and the 32 of the public key
 */
public record SigningSecret(SigningAlgorithm algorithm, byte[] bytes) {

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns a new secret. */
    public static SigningSecret generate(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case HMAC -> {
                byte[] key = new byte[KEY_BYTES];
                RANDOM.nextBytes(key);
                yield new SigningSecret(algorithm, key);
            }
            case ED25519 -> new SigningSecret(algorithm, generateKeyPair());
        };
    }

    private static byte[] generateKeyPair() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(secret, 2 * KEY_BYTES);
            System.arraycopy(encoded, encoded.length - KEY_BYTES, both, KEY_BYTES, KEY_BYTES);
            return both;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /** Returns what the receiver verifies with: {@code whsec_…}, which is secret, or {@code whpk_…}, which is public. */
    public String receiverKey() {
        return switch (algorithm) {
            case HMAC -> "whsec_" + Base64.getEncoder().encodeToString(bytes);
            case ED25519 ->
                "whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, KEY_BYTES, 2 * KEY_BYTES));
        };
    }

    PrivateKey toPrivateKey() throws GeneralSecurityException {
        return java.security.KeyFactory.getInstance("Ed25519")
                .generatePrivate(new java.security.spec.EdECPrivateKeySpec(
                        java.security.spec.NamedParameterSpec.ED25519, Arrays.copyOf(bytes, KEY_BYTES)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret secret
                && algorithm == secret.algorithm
                && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(algorithm, Arrays.hashCode(bytes));
    }

    /** Never the bytes. */
    @Override
    public String toString() {
        return "SigningSecret[" + algorithm + "]";
    }
}
