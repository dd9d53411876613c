package org.voyage.kit.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Cursor to the next page of a list: the sort keys of the last item shown, opaque to the caller. It belongs to one list
 * and its filters; with others, or changed by a single character, it is refused. It is no secret and no permission:
 * every page checks the scope of the caller again.
 */
public final class Cursor {
    private static final String SEPARATOR = "\u0000";

    private final List<String> keys;

    private Cursor(List<String> keys) {
        this.keys = keys;
    }

    /**
     * Returns the text of a cursor.
     *
     * @param list names the list and its filters, the same for every page
     * @param keys sort keys of the last item, in order
     */
    public static String encode(String list, Object... keys) {
        var joined =
                String.join(SEPARATOR, Arrays.stream(keys).map(Object::toString).toList());
        var body = joined.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(Integer.BYTES + body.length);
        bytes.putInt(checksumOf(list, body)).put(body);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads the text of a cursor.
     *
     * @param size number of keys that the list sorts by
     * @return null for null: the first page
     * @throws Refusal.Malformed if the text is no cursor of this list
     */
    public static @Nullable Cursor decode(String list, int size, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length < Integer.BYTES
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text)) {
                throw malformed();
            }
            var body = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
            if (ByteBuffer.wrap(bytes).getInt() != checksumOf(list, body)) {
                throw malformed();
            }
            var joined = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            var keys = List.of(joined.split(SEPARATOR, -1));
            if (keys.size() != size) {
                throw malformed();
            }
            return new Cursor(keys);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed();
        }
    }

    public String text(int index) {
        return keys.get(index);
    }

    public long integer(int index) {
        return value(index, Long::parseLong);
    }

    public Instant instant(int index) {
        return value(index, Instant::parse);
    }

    public UUID uuid(int index) {
        return value(index, UUID::fromString);
    }

    /**
     * Reads a key of another type.
     *
     * @param read throws an {@link IllegalArgumentException} for an invalid text
     */
    public <T> T value(int index, Function<String, T> read) {
        try {
            return read.apply(keys.get(index));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed();
        }
    }

    private static int checksumOf(String list, byte[] body) {
        var crc = new CRC32();
        crc.update(list.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(body);
        return (int) crc.getValue();
    }

    private static Refusal.Malformed malformed() {
        return new Refusal.Malformed(Finding.query(
                "cursor",
                "cursor",
                "This is not a cursor of this list with these filters; begin again without one.",
                "该游标不属于此列表或此筛选条件，请去掉游标重新开始。"));
    }
}
