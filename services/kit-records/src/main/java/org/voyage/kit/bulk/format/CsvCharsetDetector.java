package org.voyage.kit.bulk.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.spool.SpoolFile;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.CsvCharsets;

/**
 * Detector of the encoding of a CSV file. Valid UTF-8 is UTF-8. Any other text is GB18030 if most of its non-ASCII
 * lines are valid GB18030 and no UTF-8. A file of UTF-8 with some broken lines stays UTF-8, and those lines are
 * refused. UTF-16 needs a byte order mark, or the sender's declaration.
 */
public final class CsvCharsetDetector {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final CharsetDecoder utf8 = CsvCharsets.strictDecoder(StandardCharsets.UTF_8);
    private final CharsetDecoder gb18030 = CsvCharsets.strictDecoder(BatchFormat.GB18030);
    private long onlyUtf8;
    private long onlyGb18030;

    private CsvCharsetDetector() {}

    /**
     * @param named charset that the sender declares, for UTF-16 perhaps without an order; null if none
     * @throws Refusal.Malformed if the sender declares UTF-16 and the file is not
     */
    public static Charset detect(SpoolFile file, @Nullable Charset named) throws IOException {
        try (var in = new BufferedInputStream(file.openStream(), MAX_LINE_BYTES)) {
            in.mark(2);
            var mark = in.readNBytes(2);
            in.reset();
            var marked = mark.length == 2 ? CsvCharsets.fromByteOrderMark(mark[0], mark[1]) : null;
            if (marked != null) {
                return marked;
            }
            if (StandardCharsets.UTF_16.equals(named)) {
                return detectUtf16Order(in.readNBytes(MAX_LINE_BYTES));
            }
            return named == null ? new CsvCharsetDetector().detectFrom(in) : named;
        }
    }

    /**
     * Detects the order of UTF-16 without a mark: the order with more separators, line ends, digits and letters, and
     * the first (RFC 2781) in a tie.
     */
    private static Charset detectUtf16Order(byte[] start) {
        int big = 0;
        int little = 0;
        for (int i = 0; i + 1 < start.length; i += 2) {
            if (start[i] == 0) {
                big++;
            }
            if (start[i + 1] == 0) {
                little++;
            }
        }
        if (start.length > 0 && big == 0 && little == 0) {
            throw new Refusal.Malformed(new Finding(
                    "",
                    "not-utf-16",
                    "The media type says charset=utf-16, and the file is not UTF-16: leave the charset out, or name what it is.",
                    "请求声明 charset=utf-16，但文件并非 UTF-16 编码：请去掉 charset 或按实际编码声明。"));
        }
        return little > big ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private Charset detectFrom(InputStream in) throws IOException {
        var line = new byte[MAX_LINE_BYTES];
        int length = 0;
        boolean ascii = true;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' || length == MAX_LINE_BYTES) {
                // A cut line may end inside a character; such lines are too few to count.
                if (!ascii && b == '\n') {
                    countLine(line, length);
                }
                length = 0;
                ascii = true;
            }
            line[length++] = (byte) b;
            ascii &= b < 0x80;
        }
        if (!ascii) {
            countLine(line, length);
        }
        return onlyGb18030 > onlyUtf8 ? BatchFormat.GB18030 : StandardCharsets.UTF_8;
    }

    private void countLine(byte[] line, int length) {
        // Nearly every line of UTF-8 is also some nonsense in GB18030, never the other way round.
        if (canDecode(utf8, line, length)) {
            onlyUtf8++;
        } else if (canDecode(gb18030, line, length)) {
            onlyGb18030++;
        }
    }

    private static boolean canDecode(CharsetDecoder decoder, byte[] bytes, int length) {
        try {
            decoder.decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
