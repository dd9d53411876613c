package org.voyage.kit.sheet;

import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Charsets of lines and rows. */
public final class CsvCharsets {

    private CsvCharsets() {}

    /** Returns the order of UTF-16 by the file's first two bytes; null if they are no byte order mark of it. */
    public static @Nullable Charset fromByteOrderMark(byte first, byte second) {
        if (first == (byte) 0xFE && second == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return first == (byte) 0xFF && second == (byte) 0xFE ? StandardCharsets.UTF_16LE : null;
    }

    public static boolean isUtf16(Charset charset) {
        return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
    }

    public static CharsetDecoder strictDecoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
