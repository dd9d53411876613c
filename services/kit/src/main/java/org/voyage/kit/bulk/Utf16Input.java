package org.voyage.kit.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * UTF-16, as the "Unicode text" of spreadsheets, given as UTF-8, its byte order mark left out. What is no character is
 * given as a byte that is none in UTF-8 either, so that its row is refused and the others are read.
 */
final class Utf16Input extends InputStream {
    private static final byte NO_CHARACTER = (byte) 0xFF;
    private static final int HALF = 2;
    private static final int LONGEST_CHARACTER = 4;
    private static final int SIZE = 32 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer sent = ByteBuffer.allocate(SIZE);
    private final CharBuffer text = CharBuffer.allocate(SIZE);
    private ByteBuffer given = ByteBuffer.allocate(0);
    private final boolean bom;
    private long bytesSent;
    private long bytesGiven;
    private boolean allSent;
    private boolean ended;

    /** @param charset UTF-16 in one of its two orders */
    Utf16Input(InputStream in, Charset charset) throws IOException {
        this.in = in;
        this.decoder = CsvCharset.strict(charset);
        fill();
        this.bom = sent.position() >= 2 && charset.equals(CsvCharset.ofMark(sent.get(0), sent.get(1)));
        sent.flip();
        if (bom) {
            sent.position(2);
        }
    }

    boolean bom() {
        return bom;
    }

    /** How many bytes of the file lie behind when so many were taken from here; about so many in its midst. */
    long place(long taken) {
        return bytesGiven == 0 ? 0 : (long) ((double) taken / bytesGiven * (bytesSent - sent.remaining()));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        while (!given.hasRemaining()) {
            if (ended) {
                return -1;
            }
            convert();
        }
        int taken = Math.min(length, given.remaining());
        given.get(target, from, taken);
        return taken;
    }

    /** What was sent is ready to be decoded before, and is so afterwards. */
    private void convert() throws IOException {
        text.clear();
        CoderResult result = decoder.decode(sent, text, allSent);
        if (result.isError()) {
            // No more than the half of a pair: what stands after it may be a separator.
            sent.position(sent.position() + Math.min(result.length(), HALF));
        } else if (result.isUnderflow() && text.position() == 0) {
            if (allSent) {
                ended = true;
            } else {
                sent.compact();
                fill();
                sent.flip();
            }
        }
        given = encoded(result.isError());
        bytesGiven += given.remaining();
    }

    private ByteBuffer encoded(boolean broken) {
        var utf8 = StandardCharsets.UTF_8.encode(text.flip());
        if (!broken) {
            return utf8;
        }
        return ByteBuffer.allocate(utf8.remaining() + 1)
                .put(utf8)
                .put(NO_CHARACTER)
                .flip();
    }

    /** Takes in more of the file, a whole character at least if it has one. */
    private void fill() throws IOException {
        while (!allSent && sent.position() < LONGEST_CHARACTER) {
            int read = in.read(sent.array(), sent.position(), sent.remaining());
            if (read < 0) {
                allSent = true;
            } else {
                sent.position(sent.position() + read);
                bytesSent += read;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
