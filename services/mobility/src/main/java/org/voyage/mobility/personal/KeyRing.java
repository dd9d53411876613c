package org.voyage.mobility.personal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.util.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.spool.SpoolKeyWrapper;
import org.voyage.kit.record.RecordKey;

/**
 * Key ring of personal data: AES-256-GCM for stored data, HMAC-SHA-256 for pseudonyms and fingerprints, by Google Tink.
 * Data encrypted for one row cannot be decrypted in another. The ring also seals the keys of spooled files: disk and
 * database without the ring do not reveal their names.
 */
@ApplicationScoped
class KeyRing implements SpoolKeyWrapper {

    static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HASH_BYTES = 16;

    private final int primary;
    private final int pseudonymPrimary;
    private final Aead aead;
    private final Map<Integer, Prf> prfs;

    /**
     * Creates the ring from the configured keys.
     *
     * @throws IllegalStateException if there is no usable key; the message names a key by its number only
     */
    KeyRing(PersonalConfig config) {
        this.primary = config.primary();
        this.pseudonymPrimary = config.pseudonymPrimary();
        try {
            AeadConfig.register();
            PrfConfig.register();
            this.aead = buildKeyset("voyage.personal.keys", config.keys(), primary, KeyRing::aesKey)
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.prfs = buildKeyset(
                            "voyage.personal.pseudonym-keys",
                            config.pseudonymKeys(),
                            pseudonymPrimary,
                            KeyRing::hmacKey)
                    .getPrimitive(RegistryConfiguration.get(), PrfSet.class)
                    .getPrfs();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys of personal data cannot be used.", e);
        }
    }

    private interface KeyMaker {
        Key makeKey(SecretBytes bytes, int id) throws GeneralSecurityException;
    }

    private static KeysetHandle buildKeyset(String name, Map<Integer, String> keys, int primary, KeyMaker maker)
            throws GeneralSecurityException {
        if (!keys.containsKey(primary)) {
            throw new IllegalStateException("There is no key " + name + "." + primary
                    + ", which is to be the primary one: make one with openssl rand -base64 32.");
        }
        KeysetHandle.Builder ring = KeysetHandle.newBuilder();
        for (Map.Entry<Integer, String> one : keys.entrySet()) {
            int id = one.getKey();
            SecretBytes bytes =
                    SecretBytes.copyFrom(toBytes(name + "." + id, one.getValue()), InsecureSecretKeyAccess.get());
            KeysetHandle.Builder.Entry entry =
                    KeysetHandle.importKey(maker.makeKey(bytes, id)).withFixedId(id);
            ring.addEntry(id == primary ? entry.makePrimary() : entry);
        }
        return ring.build();
    }

    static byte[] toBytes(String name, String base64) {
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

    @AccessesPartialKey
    private static Key aesKey(SecretBytes bytes, int id) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(IV_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build();
        return AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(bytes)
                .setIdRequirement(id)
                .build();
    }

    @AccessesPartialKey
    private static Key hmacKey(SecretBytes bytes, int id) throws GeneralSecurityException {
        HmacPrfParameters parameters = HmacPrfParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setHashType(HmacPrfParameters.HashType.SHA256)
                .build();
        return HmacPrfKey.builder().setParameters(parameters).setKeyBytes(bytes).build();
    }

    int primaryKeyNumber() {
        return primary;
    }

    int pseudonymKeyNumber() {
        return pseudonymPrimary;
    }

    /** Returns the encrypted row of the personal data. */
    PersonalRow seal(RecordKey key, PersonalData data, String nationality) {
        byte[] plain = data.toBytes();
        try {
            return new PersonalRow(
                    key,
                    aead.encrypt(plain, rowContext(key)),
                    primary,
                    data.identityOf(nationality).map(this::pseudonymOf).orElse(null),
                    pseudonymPrimary,
                    hmacOf(pseudonymPrimary, "sent\n" + key.text() + "\n", plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("personal data cannot be encrypted", e);
        }
    }

    /**
     * Returns the decrypted personal data of a row.
     *
     * @throws UnreadableDataException if the data was changed, belongs to another row, or its key is missing
     */
    PersonalData unwrapKey(RecordKey key, byte[] ciphertext) {
        try {
            return PersonalData.of(aead.decrypt(ciphertext, rowContext(key)));
        } catch (GeneralSecurityException e) {
            throw new UnreadableDataException(key, e);
        }
    }

    @Override
    public byte[] wrapKey(UUID batch, byte[] key) {
        try {
            return aead.encrypt(key, fileContext(batch));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of a file cannot be encrypted", e);
        }
    }

    @Override
    public byte[] unwrapKey(UUID batch, byte[] sealed) {
        try {
            return aead.decrypt(sealed, fileContext(batch));
        } catch (GeneralSecurityException e) {
            throw new UnreadableDataException("The file of batch " + batch + " cannot be decrypted.", e);
        }
    }

    private String pseudonymOf(String identity) {
        return pseudonymOf(identity, pseudonymPrimary);
    }

    /** Returns the pseudonyms under every key: until a rotation ends, pseudonyms of several keys are stored. */
    List<String> pseudonymsOf(PersonalData data, String nationality) {
        @Nullable String identity = data.identityOf(nationality).orElse(null);
        return identity == null
                ? List.of()
                : prfs.keySet().stream().map(id -> pseudonymOf(identity, id)).toList();
    }

    private String pseudonymOf(String identity, int id) {
        try {
            return HexFormat.of().formatHex(hmacOf(id, "student\n" + identity, new byte[0]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a pseudonym cannot be made", e);
        }
    }

    private byte[] hmacOf(int id, String label, byte[] more) throws GeneralSecurityException {
        return Objects.requireNonNull(prfs.get(id)).compute(toBytes(label, more), HASH_BYTES);
    }

    private static byte[] rowContext(RecordKey key) {
        return ("student_personal\n" + key.text()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fileContext(UUID batch) {
        return ("batch\n" + batch).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] toBytes(String label, byte[] more) {
        byte[] first = label.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    static final class UnreadableDataException extends RuntimeException {
        UnreadableDataException(RecordKey key, GeneralSecurityException cause) {
            this("The personal data of " + key.text() + " cannot be decrypted.", cause);
        }

        private UnreadableDataException(String message, GeneralSecurityException cause) {
            super(message, cause);
        }
    }
}
