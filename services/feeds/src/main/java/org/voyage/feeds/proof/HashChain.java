package org.voyage.feeds.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Chain of hashes over the events of an epoch of a feed: one value says which events there were, in which order. */
public final class HashChain {

    private static final int HASH_BYTES = 32;

    private HashChain() {}

    /** Returns the value before the first event of an epoch. */
    public static byte[] start() {
        return new byte[HASH_BYTES];
    }

    /** Returns SHA-256 over the chain before, the id of the event (UTF-8) and the digest of its data. */
    public static byte[] append(byte[] before, String id, byte[] digest) {
        MessageDigest hash = sha256();
        hash.update(before);
        hash.update(id.getBytes(StandardCharsets.UTF_8));
        hash.update(digest);
        return hash.digest();
    }

    /** Returns the digest of data. */
    public static byte[] digestOf(byte[] canonical) {
        return sha256().digest(canonical);
    }

    /** Returns the text of a hash on the wire: {@code sha256:} and 64 hexadecimal digits. */
    public static String format(byte[] hash) {
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
