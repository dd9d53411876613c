package org.voyage.kit.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** Reader of bodies that are small enough to be read as a whole. */
public final class BodyReader {

    private BodyReader() {}

    /** Returns the media type of a body; null if the header is absent or empty. JAX-RS throws for an empty one. */
    public static @Nullable MediaType parseMediaType(HttpHeaders headers) {
        try {
            return headers.getMediaType();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Reads the whole body, but no more than one byte above the limit, also of a compressed body.
     *
     * @param encoding of the header {@code Content-Encoding}; null for none
     * @param limit bytes
     * @throws Refusal.TooLarge if the body is larger
     * @throws Refusal.UnsupportedMediaType if the body has another encoding than gzip
     * @throws Refusal.Malformed if the body is no complete gzip
     */
    public static byte[] readWhole(InputStream body, @Nullable String encoding, int limit) throws IOException {
        byte[] bytes = unpack(body, encoding, limit);
        if (bytes.length > limit) {
            throw new Refusal.TooLarge(limit);
        }
        return bytes;
    }

    private static byte[] unpack(InputStream body, @Nullable String encoding, int limit) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body.readNBytes(limit + 1);
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Refusal.UnsupportedMediaType("A compressed body is gzip.", "压缩的正文应为 gzip。");
        }
        try (var unpacked = new GZIPInputStream(body)) {
            return unpacked.readNBytes(limit + 1);
        } catch (ZipException | EOFException e) {
            throw new Refusal.Malformed("The body is not whole gzip.", "正文不是完整的 gzip 数据。");
        }
    }
}
