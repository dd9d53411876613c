package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** Verifier of events: the digest of the data, the chain over all events, and the signature of each checkpoint. */
public final class FeedVerifier {

    static final String START_OF_CHAIN = "0".repeat(64);

    private static final String HASH_PREFIX = "sha256:";
    private static final String X509_HEAD = "302a300506032b6570032100";
    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, byte[]> keys = new HashMap<>();

    /** @param published keys of the platform, as JSON of {@code /.well-known/voyage-feeds-keys} */
    public FeedVerifier(JsonNode published) {
        for (JsonNode key : published.path("keys")) {
            keys.put(
                    key.path("kid").asText(),
                    Base64.getUrlDecoder().decode(key.path("x").asText()));
        }
    }

    boolean knowsKeyOf(JsonNode event) {
        JsonNode key = event.at("/data/keyId");
        return key.isMissingNode() || keys.containsKey(key.asText());
    }

    /**
     * Verifies an event and returns the chain after it.
     *
     * @param before chain before it; empty where it is not known
     */
    String verifyEvent(JsonNode event, String before) {
        String id = event.path("id").asText();
        JsonNode data = event.path("data");
        String digest = event.path("digest").asText();
        BrokenFeedException.require(
                data.path("withheld").asBoolean() || digest.equals(HASH_PREFIX + hash(canonicalize(data))),
                "the data of " + id + " do not match their digest");
        String op = operationOf(event);
        BrokenFeedException.require(
                op.equals(event.path("op").asText(op)) && op.equals("put") == data.has("state"),
                "the op of " + id + " does not fit its data");
        boolean isCheckpoint = data.path("kind").asText().equals("checkpoint");
        String start = before.isEmpty() && isCheckpoint ? hexOf(data.path("chain")) : before;
        String chain = hexOf(event.path("chain"));
        if (!start.isEmpty()) {
            byte[] name = id.getBytes(StandardCharsets.UTF_8);
            String after = hash(HEX.parseHex(start), name, HEX.parseHex(hexOf(event.path("digest"))));
            BrokenFeedException.require(after.equals(chain), "the chain breaks at " + id);
        }
        if (isCheckpoint) {
            verifyCheckpoint(event, start);
        }
        return chain;
    }

    /** Returns the operation of an event by its data. Neither digest nor chain covers op; release 0.2.0 did not send it. */
    static String operationOf(JsonNode event) {
        JsonNode data = event.path("data");
        if (data.path("withheld").asBoolean()) {
            return "delete";
        }
        return switch (data.path("kind").asText()) {
            case "created", "present", "entered-scope", "restored", "corrected" -> "put";
            case "withdrawn", "left-scope" -> "delete";
            case "reset" -> "reset";
            case "checkpoint" -> "proof";
            default ->
                throw new BrokenFeedException(
                        "an unknown kind of event: " + event.path("id").asText());
        };
    }

    private void verifyCheckpoint(JsonNode event, String start) {
        String id = event.path("id").asText();
        JsonNode data = event.path("data");
        BrokenFeedException.require(
                hexOf(data.path("chain")).equals(start), "checkpoint " + id + " signs another chain");
        String source = event.path("source").asText();
        String note = String.join(
                "\n",
                "voyage-feed",
                source.substring(source.lastIndexOf('/') + 1),
                data.path("epoch").asText(),
                data.path("sequence").asText(),
                start,
                data.path("time").asText(),
                "");
        byte[] key = keys.getOrDefault(data.path("keyId").asText(), new byte[0]);
        byte[] signature = Base64.getDecoder().decode(data.path("signature").asText());
        BrokenFeedException.require(
                key.length > 0 && isSigned(key, signature, note.getBytes(StandardCharsets.UTF_8)),
                "the signature of checkpoint " + id + " does not hold");
    }

    /** Returns whether an Ed25519 key of 32 bytes has signed the parts of a text one after another. */
    static boolean isSigned(byte[] key, byte[] signed, byte[]... parts) {
        try {
            // The JDK wants the head of the X.509 form before the key.
            byte[] encoded = HEX.parseHex(X509_HEAD + HEX.formatHex(key));
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey);
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key: " + HEX.formatHex(key), e);
        }
    }

    private static String hexOf(JsonNode hash) {
        String text = hash.asText();
        BrokenFeedException.require(text.startsWith(HASH_PREFIX), "not a hash: " + text);
        return text.substring(HASH_PREFIX.length());
    }

    private static byte[] canonicalize(JsonNode data) {
        try {
            return new JsonCanonicalizer(data.toString()).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[]... parts) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                hash.update(part);
            }
            return HEX.formatHex(hash.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
