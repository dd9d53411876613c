package org.voyage.feeds.proof;

import com.google.crypto.tink.subtle.Ed25519Sign;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.secret.ConfiguredKeys;

/** Signer of checkpoints: Ed25519 over a short text that anybody can make again. */
@ApplicationScoped
public class CheckpointSigner {

    private static final String KEYS_SETTING = "voyage.feeds.checkpoint.keys";

    private final String keyId;
    private final Ed25519Sign signature;
    private final List<CheckpointKey> publicKeys;

    /** @throws IllegalStateException if a key cannot be used, or is the key of a laptop in production */
    CheckpointSigner(CheckpointConfig config) {
        ConfiguredKeys keys = new ConfiguredKeys(KEYS_SETTING, config.keys(), config.primary());
        keys.requireProductionKeys();
        try {
            Map<Integer, Ed25519Sign.KeyPair> pairs = new LinkedHashMap<>();
            for (Map.Entry<Integer, byte[]> seed : keys.bytesByNumber().entrySet()) {
                pairs.put(seed.getKey(), Ed25519Sign.KeyPair.newKeyPairFromSeed(seed.getValue()));
            }
            this.keyId = Integer.toString(keys.primary());
            this.signature = new Ed25519Sign(
                    Objects.requireNonNull(pairs.get(keys.primary())).getPrivateKey());
            this.publicKeys = pairs.entrySet().stream()
                    .map(pair -> new CheckpointKey(
                            Integer.toString(pair.getKey()),
                            pair.getValue().getPublicKey(),
                            firstDay(pair.getKey(), config.until()),
                            config.until().get(pair.getKey())))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys " + KEYS_SETTING + " cannot be used.", e);
        }
    }

    /** Returns the day on which the last key before this one ends; null for the first one. */
    private static @Nullable LocalDate firstDay(int key, Map<Integer, LocalDate> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey() < key)
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /** Returns the id of the key that signs now. */
    public String keyId() {
        return keyId;
    }

    /** Returns the keys that verify what was and is signed. */
    public List<CheckpointKey> publicKeys() {
        return publicKeys;
    }

    /**
     * Returns the text that is signed.
     *
     * @param sequence of the last event that the checkpoint states
     * @param chain after that event
     * @param time as the checkpoint has it
     */
    public static String formatNote(String feed, int epoch, long sequence, byte[] chain, String time) {
        return "voyage-feed\n" + feed + "\n" + epoch + "\n" + sequence + "\n"
                + HexFormat.of().formatHex(chain) + "\n" + time + "\n";
    }

    /** Returns the signature of a text, 64 bytes. */
    public byte[] sign(String note) {
        try {
            return signature.sign(note.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A checkpoint cannot be signed.", e);
        }
    }
}
