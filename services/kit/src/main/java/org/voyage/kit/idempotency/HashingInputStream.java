package org.voyage.kit.idempotency;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Input stream of a request's body. It computes SHA-256 of the bytes as they were sent while they are read. */
final class HashingInputStream extends FilterInputStream {
    /**
     * Maximum number of bytes that a reader may leave unread and this class reads, so that a small refused body has its
     * hash.
     */
    private static final int MAX_UNREAD_BYTES = 1 << 20;

    private final MessageDigest digest;
    private boolean ended;
    private boolean broken;

    HashingInputStream(InputStream body) {
        super(body);
        digest = newSha256();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the hash of a short text. */
    static String hexHash(String text) {
        return HexFormat.of().formatHex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the hash of a body without another reader. */
    static byte[] hashOf(InputStream body) throws IOException {
        var hash = new HashingInputStream(body);
        hash.transferTo(OutputStream.nullOutputStream());
        return hash.digest.digest();
    }

    /**
     * Returns the hash of the whole body; empty if the body broke off, or if a large part of it was not read. Call it
     * once.
     */
    Optional<byte[]> completeHash() {
        readRest();
        return ended ? Optional.of(digest.digest()) : Optional.empty();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            broken = true;
            throw e;
        }
        if (read < 0) {
            ended = true;
        } else {
            digest.update(bytes, offset, read);
        }
        return read;
    }

    /** Skipped bytes count too. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        readRest();
        super.close();
    }

    private void readRest() {
        var buffer = new byte[8192];
        try {
            for (int rest = 0; !ended && !broken && rest < MAX_UNREAD_BYTES; ) {
                rest += Math.max(0, read(buffer, 0, buffer.length));
            }
        } catch (IOException | RuntimeException e) {
            broken = true;
        }
    }
}
