package org.voyage.kit.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Header {@code Content-Disposition} with the name of a file (RFC 6266), also in other letters than ASCII (RFC 8187). */
public final class AttachmentHeader {

    public static final String NAME = "Content-Disposition";

    private static final int MAX_HEADER_LENGTH = 2_000;
    private static final int MAX_NAME_LENGTH = 150;
    private static final Pattern ENCODED_NAME =
            Pattern.compile("(?i)(?:^|;)\\s*filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)");
    private static final Pattern PLAIN_NAME =
            Pattern.compile("(?i)(?:^|;)\\s*filename\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^;\"\\s]+))");
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private AttachmentHeader() {}

    /**
     * Returns the header of a download.
     *
     * @param plain name in ASCII, for old programs
     * @param name shown to people
     */
    public static String of(String plain, String name) {
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
    }

    /**
     * Returns the name of an uploaded file, without folders; null if the header has none, or one that cannot be read or
     * has more than {@value #MAX_NAME_LENGTH} characters.
     */
    public static @Nullable String parseFileName(@Nullable String header) {
        if (header == null || header.length() > MAX_HEADER_LENGTH) {
            return null;
        }
        var encoded = ENCODED_NAME.matcher(header);
        var plain = PLAIN_NAME.matcher(header);
        var found = encoded.find()
                ? decode(encoded.group(1))
                : plain.find() ? plain.group(1) == null ? plain.group(2) : plain.group(1) : null;
        var name = found == null ? "" : FOLDERS.matcher(found).replaceFirst("").strip();
        return name.isEmpty()
                        || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH
                        || UNFIT.matcher(name).find()
                ? null
                : name;
    }

    private static @Nullable String decode(String encoded) {
        try {
            var bytes = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
