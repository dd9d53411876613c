package org.voyage.kit.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.util.SecretBytes;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys from the configuration, by number, with {@value #KEY_BYTES} bytes each. The primary key is for new data; the others
 * are for data of before. Keys that begin with {@value #LOCAL_KEY_PREFIX} are for laptops and tests, known to everybody.
 */
public final class ConfiguredKeys {

    public static final int KEY_BYTES = 32;
    public static final String LOCAL_KEY_PREFIX = "voyage-local-";

    private final String name;
    private final int primary;
    private final Map<Integer, byte[]> bytesByNumber = new LinkedHashMap<>();

    /** Maker of a Tink key. */
    @FunctionalInterface
    public interface KeyMaker {
        Key makeKey(SecretBytes bytes, int number) throws GeneralSecurityException;
    }

    /**
     * @param name name of the setting, for messages
     * @param keys the keys in Base64, by number
     * @throws IllegalStateException if a key is unusable or the primary key is missing; the message names a key by its
     *     number only
     */
    public ConfiguredKeys(String name, Map<Integer, String> keys, int primary) {
        this.name = name;
        this.primary = primary;
        if (!keys.containsKey(primary)) {
            throw new IllegalStateException("There is no key " + name + "." + primary
                    + ", which is to be the primary one: make one with openssl rand -base64 32.");
        }
        keys.forEach((number, base64) -> bytesByNumber.put(number, parseKey(name + "." + number, base64)));
    }

    /** Returns the number of the primary key. */
    public int primary() {
        return primary;
    }

    /** Returns the bytes of the keys by number, in the order of the configuration. */
    public Map<Integer, byte[]> bytesByNumber() {
        return Collections.unmodifiableMap(bytesByNumber);
    }

    /** Returns the keys as a keyset of Tink, with the same numbers. */
    public KeysetHandle buildKeyset(KeyMaker maker) throws GeneralSecurityException {
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
        for (Map.Entry<Integer, byte[]> one : bytesByNumber.entrySet()) {
            int number = one.getKey();
            SecretBytes bytes = SecretBytes.copyFrom(one.getValue(), InsecureSecretKeyAccess.get());
            KeysetHandle.Builder.Entry entry =
                    KeysetHandle.importKey(maker.makeKey(bytes, number)).withFixedId(number);
            keyset.addEntry(number == primary ? entry.makePrimary() : entry);
        }
        return keyset.build();
    }

    /**
     * Refuses the keys of laptops in production (profile {@code prod}).
     *
     * @throws IllegalStateException if one of the keys is such a key
     */
    public void requireProductionKeys() {
        if (ConfigUtils.isProfileActive("prod")) {
            requireNoLocalKeys();
        }
    }

    /** @throws IllegalStateException if one of the keys is the key of a laptop */
    public void requireNoLocalKeys() {
        bytesByNumber.forEach((number, bytes) -> {
            if (new String(bytes, StandardCharsets.ISO_8859_1).startsWith(LOCAL_KEY_PREFIX)) {
                throw new IllegalStateException(name + "." + number
                        + " is the key of a laptop and not for production: make one with openssl rand -base64 32.");
            }
        });
    }

    private static byte[] parseKey(String name, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(name + " is not Base64.");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(name + " is not " + KEY_BYTES + " bytes long.");
        }
        return bytes;
    }
}
