package org.voyage.kit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** Bodies that are small enough to be read as a whole. */
public final class BodyReader {

    private BodyReader() {}

    /**
     * Reads no more than one byte above the limit, whatever a compressed body would unpack to.
     *
     * @param encoding of the header {@code Content-Encoding}; null for none
     * @param limit bytes
     * @throws Refusal.TooLarge if there are more
     * @throws Refusal.UnsupportedMediaType if it is packed otherwise than by gzip
     * @throws Refusal.Malformed if it is not whole gzip
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
