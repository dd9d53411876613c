package org.voyage.mobility.personal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.util.SecretBytes;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.spool.SpoolKeyWrapper;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.secret.ConfiguredKeys;
import org.voyage.kit.secret.SecretKeyRing;
import org.voyage.kit.secret.SecretKeyRing.UndecryptableSecretException;

/**
 * Key ring of personal data: AES-256-GCM for stored data, HMAC-SHA-256 for pseudonyms and fingerprints, by Google Tink.
 * Data encrypted for one row cannot be decrypted in another. The ring also seals the keys of spooled files: disk and
 * database without the ring do not reveal their names.
 */
@ApplicationScoped
class KeyRing implements SpoolKeyWrapper {

    private static final int HASH_BYTES = 16;

    private final ConfiguredKeys keys;
    private final ConfiguredKeys pseudonymKeys;
    private final int pseudonymPrimary;
    private final SecretKeyRing ring;
    private final Map<Integer, Prf> prfs;

    /**
     * Creates the ring from the configured keys.
     *
     * @throws IllegalStateException if there is no usable key; the message names a key by its number only
     */
    KeyRing(PersonalConfig config) {
        this.keys = new ConfiguredKeys("voyage.personal.keys", config.keys(), config.primary());
        this.pseudonymKeys =
                new ConfiguredKeys("voyage.personal.pseudonym-keys", config.pseudonymKeys(), config.pseudonymPrimary());
        this.pseudonymPrimary = config.pseudonymPrimary();
        this.ring = new SecretKeyRing(keys);
        try {
            PrfConfig.register();
            this.prfs = pseudonymKeys
                    .buildKeyset(KeyRing::hmacKey)
                    .getPrimitive(RegistryConfiguration.get(), PrfSet.class)
                    .getPrfs();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys of personal data cannot be used.", e);
        }
    }

    /** Refuses the public keys of laptops in production; unusable keys stop the start under any profile. */
    void check(@Observes StartupEvent start) {
        keys.requireProductionKeys();
        pseudonymKeys.requireProductionKeys();
    }

    @AccessesPartialKey
    private static Key hmacKey(SecretBytes bytes, int id) throws GeneralSecurityException {
        HmacPrfParameters parameters = HmacPrfParameters.builder()
                .setKeySizeBytes(ConfiguredKeys.KEY_BYTES)
                .setHashType(HmacPrfParameters.HashType.SHA256)
                .build();
        return HmacPrfKey.builder().setParameters(parameters).setKeyBytes(bytes).build();
    }

    int primaryKeyNumber() {
        return ring.primaryKeyNumber();
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
                    ring.encrypt(plain, rowContext(key)),
                    ring.primaryKeyNumber(),
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
            return PersonalData.of(ring.decrypt(ciphertext, rowContext(key)));
        } catch (UndecryptableSecretException e) {
            throw new UnreadableDataException(key, e);
        }
    }

    @Override
    public byte[] wrapKey(UUID batch, byte[] key) {
        return ring.encrypt(key, fileContext(batch));
    }

    @Override
    public byte[] unwrapKey(UUID batch, byte[] sealed) {
        try {
            return ring.decrypt(sealed, fileContext(batch));
        } catch (UndecryptableSecretException e) {
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
        UnreadableDataException(RecordKey key, UndecryptableSecretException cause) {
            this("The personal data of " + key.text() + " cannot be decrypted.", cause);
        }

        private UnreadableDataException(String message, UndecryptableSecretException cause) {
            super(message, cause);
        }
    }
}
