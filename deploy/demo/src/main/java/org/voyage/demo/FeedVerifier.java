package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Verifier of the events of a feed, one after another: numbers without gap, digests of the data, the chain over all
 * events, and the signature of each checkpoint (Ed25519, by the JDK alone).
 */
final class FeedVerifier {

    private static final String HASH_PREFIX = "sha256:";
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int HASH_BYTES = 32;

    private final Map<String, PublicKey> keys = new HashMap<>();

    /** @param published keys of the platform, as JSON of {@code /.well-known/voyage-feeds-keys} */
    FeedVerifier(JsonNode published) {
        for (JsonNode key : published.path("keys")) {
            keys.put(key.path("kid").asText(), readKey(key.path("x").asText()));
        }
    }

    /** An event that does not fit the copy. */
    static final class BrokenFeedException extends RuntimeException {
        BrokenFeedException(String message) {
            super(message);
        }
    }

    /**
     * Verifies the next event and applies it to the copy.
     *
     * @return false for an event that is part of the copy already
     * @throws BrokenFeedException for a gap, other data than the digest says, or a broken chain or signature
     */
    boolean accept(JsonNode event, FeedCopy copy) {
        String id = event.path("id").asText();
        long epoch = event.path("epoch").asLong();
        long sequence = event.path("sequence").asLong();
        String[] had = copy.position().orElse(epoch + "-0").split("-");
        boolean begins = epoch > Long.parseLong(had[0]);
        long expected = begins ? 1 : Long.parseLong(had[1]) + 1;
        if (epoch < Long.parseLong(had[0]) || sequence < expected) {
            return false;
        }
        require(sequence == expected, "a gap: after " + copy.position().orElse("nothing") + " comes " + id);
        byte[] before = begins ? new byte[HASH_BYTES] : copy.chain();
        JsonNode data = event.path("data");
        require(
                data.path("withheld").asBoolean()
                        || format(sha256(canonicalize(data)))
                                .equals(event.path("digest").asText()),
                "the data of " + id + " do not match their digest");
        byte[] chain = sha256(
                before,
                id.getBytes(StandardCharsets.UTF_8),
                HexFormat.of().parseHex(event.path("digest").asText().substring(HASH_PREFIX.length())));
        require(format(chain).equals(event.path("chain").asText()), "the chain breaks at " + id);
        if (event.path("type").asText().equals("org.voyage.feed.checkpoint.v1")) {
            verifyCheckpoint(event, data, before);
        }
        copy.applyEvent(event);
        copy.moveTo(id, chain);
        return true;
    }

    private void verifyCheckpoint(JsonNode event, JsonNode data, byte[] chain) {
        String id = event.path("id").asText();
        String source = event.path("source").asText();
        require(data.path("chain").asText().equals(format(chain)), "checkpoint " + id + " signs another chain");
        String note = "voyage-feed\n%s\n%s\n%s\n%s\n%s\n"
                .formatted(
                        source.substring(source.lastIndexOf('/') + 1),
                        data.path("epoch").asText(),
                        data.path("sequence").asText(),
                        HexFormat.of().formatHex(chain),
                        data.path("time").asText());
        PublicKey key = keys.get(data.path("keyId").asText());
        require(key != null, "checkpoint " + id + " names an unknown key");
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(note.getBytes(StandardCharsets.UTF_8));
            require(
                    signature.verify(
                            Base64.getDecoder().decode(data.path("signature").asText())),
                    "the signature of checkpoint " + id + " does not hold");
        } catch (GeneralSecurityException e) {
            throw new BrokenFeedException("the signature of checkpoint " + id + " cannot be read");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BrokenFeedException(otherwise);
        }
    }

    private static byte[] canonicalize(JsonNode data) {
        try {
            return new JsonCanonicalizer(data.toString()).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts).forEach(hash::update);
            return hash.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String format(byte[] hash) {
        return HASH_PREFIX + HexFormat.of().formatHex(hash);
    }

    /** Reads 32 bytes as an Ed25519 key: the JDK wants the head of the X.509 form before them. */
    private static PublicKey readKey(String x) {
        byte[] raw = Base64.getUrlDecoder().decode(x);
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, raw.length);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key: " + x, e);
        }
    }
}
