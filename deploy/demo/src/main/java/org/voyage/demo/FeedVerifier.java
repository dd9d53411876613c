package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Verifier of the events of a feed: numbers without gap, digests of the data, the chain over all
 * events, and the signature of each checkpoint (Ed25519, by the JDK alone).
 */
final class FeedVerifier {

    private static final String HASH_PREFIX = "sha256:";
    private static final int HASH_BYTES = 32;

    private final Map<String, PublishedKey> keys = new HashMap<>();

    /** @param published keys of the platform, as JSON of {@code /.well-known/voyage-feeds-keys} */
    FeedVerifier(JsonNode published) {
        for (JsonNode key : published.path("keys")) {
            keys.put(
                    key.path("kid").asText(),
                    PublishedKey.ofRaw(
                            Base64.getUrlDecoder().decode(key.path("x").asText())));
        }
    }

    /** An event that does not fit the copy. */
    static final class BrokenFeedException extends RuntimeException {
        BrokenFeedException(String message) {
            super(message);
        }
    }

    /**
     * Verifies the next event and applies it to the copy. After a snapshot the first event states the chain; each
     * checkpoint then proves it.
     *
     * @return false for an event that is part of the copy already
     * @throws BrokenFeedException for a gap, other data than the digest says, or a broken chain or signature
     */
    boolean accept(JsonNode event, FeedCopy copy) {
        if (copy.isPast(event)) {
            return false;
        }
        String id = event.path("id").asText();
        require(copy.isNext(event), "a gap: after " + copy.position().orElse("nothing") + " comes " + id);
        requireDigest(event);
        Optional<byte[]> before = findChainBefore(event, copy);
        byte[] chain = before.map(it -> sha256(
                        it,
                        id.getBytes(StandardCharsets.UTF_8),
                        parse(event.path("digest").asText())))
                .orElseGet(() -> parse(event.path("chain").asText()));
        require(format(chain).equals(event.path("chain").asText()), "the chain breaks at " + id);
        if (isCheckpoint(event)) {
            verifyCheckpoint(event, event.path("data"), before.orElseThrow());
        }
        copy.applyEvent(event);
        copy.moveTo(id, chain);
        return true;
    }

    /** Returns the chain before an event; empty after a snapshot, unless the event states it. */
    private static Optional<byte[]> findChainBefore(JsonNode event, FeedCopy copy) {
        if (event.path("sequence").asLong() == 1) {
            return Optional.of(new byte[HASH_BYTES]);
        }
        if (copy.knowsChain()) {
            return Optional.of(copy.chain());
        }
        return isCheckpoint(event) ? Optional.of(parse(event.at("/data/chain").asText())) : Optional.empty();
    }

    private static boolean isCheckpoint(JsonNode event) {
        return event.path("type").asText().equals("org.voyage.feed.checkpoint.v1");
    }

    /**
     * Takes an event that may come before earlier ones, as webhooks do: it waits in the copy until these are there.
     *
     * @throws BrokenFeedException as {@link #accept}
     */
    void acceptInAnyOrder(JsonNode event, FeedCopy copy) {
        requireDigest(event);
        if (!copy.isPast(event)) {
            copy.addWaiting(event);
            acceptWaiting(copy);
        }
    }

    /**
     * Accepts the waiting events of a copy whose earlier ones are there by now. One that does not fit is not kept: the one
     * that comes again may be sound.
     */
    void acceptWaiting(FeedCopy copy) {
        for (Optional<JsonNode> next = copy.takeNextWaiting(); next.isPresent(); next = copy.takeNextWaiting()) {
            accept(next.get(), copy);
        }
    }

    private static byte[] parse(String hash) {
        return HexFormat.of().parseHex(hash.substring(HASH_PREFIX.length()));
    }

    private static void requireDigest(JsonNode event) {
        JsonNode data = event.path("data");
        require(
                data.path("withheld").asBoolean()
                        || format(sha256(canonicalize(data)))
                                .equals(event.path("digest").asText()),
                "the data of " + event.path("id").asText() + " do not match their digest");
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
        PublishedKey key = keys.get(data.path("keyId").asText());
        require(key != null, "checkpoint " + id + " names an unknown key");
        require(
                Objects.requireNonNull(key)
                        .hasSigned(
                                Base64.getDecoder()
                                        .decode(data.path("signature").asText()),
                                note.getBytes(StandardCharsets.UTF_8)),
                "the signature of checkpoint " + id + " does not hold");
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
}
