package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.utils.InputStreamStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Forward reader of a part of a spreadsheet: no document types, no entities, limited depth, length of texts and part. What
 * it unpacks counts as work of the file.
 */
final class XlsxPartReader implements Closeable {
    /** Maximum number of uncompressed bytes of one part: a full sheet of a million rows has less. */
    private static final long MAX_BYTES = 4L << 30;
    /** Maximum number of bytes without a tag: Excel's longest cell has 32,767 characters. */
    private static final int MAX_BYTES_WITHOUT_TAG = 1 << 20;
    /** Maximum number of elements inside each other: the formats need some ten. */
    private static final int MAX_DEPTH = 64;

    private static final XMLInputFactory FACTORY = createFactory();

    private final BoundedInput in;
    private final XMLStreamReader reader;
    private int depth;

    XlsxPartReader(InputStream in, XlsxWorkLimit work) {
        this.in = new BoundedInput(in, work);
        try {
            this.reader = FACTORY.createXMLStreamReader(this.in);
        } catch (XMLStreamException e) {
            throw XlsxFile.brokenFile();
        }
    }

    private static XMLInputFactory createFactory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Returns the number of bytes that the parser has taken; it takes some kilobytes at a time. */
    long bytesRead() {
        return in.total;
    }

    XMLStreamReader reader() {
        return reader;
    }

    /** Moves to the next event. */
    int nextEvent() throws XMLStreamException {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            depth++;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
        }
        if (event == XMLStreamConstants.DTD || depth > MAX_DEPTH) {
            throw XlsxFile.brokenFile();
        }
        return event;
    }

    /** Moves to the next start of an element; false at the end. */
    boolean nextStartElement() throws XMLStreamException {
        while (reader.hasNext()) {
            if (nextEvent() == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    String attributeOf(String name) {
        return reader.getAttributeValue(null, name);
    }

    static boolean parseFlag(@Nullable String text) {
        return text != null && (text.equals("1") || text.equals("true"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class BoundedInput extends FilterInputStream {
        private final XlsxWorkLimit work;
        private long total;
        private long packed;
        private int withoutTag;

        BoundedInput(InputStream in, XlsxWorkLimit work) {
            super(in);
            this.work = work;
        }

        /** Returns the number of packed bytes read so far; a part that is not packed has as many as it gives. */
        private long packedBytesRead() {
            return in instanceof InputStreamStatistics statistics ? statistics.getCompressedCount() : total;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            for (int i = from; i < from + read; i++) {
                withoutTag = target[i] == '<' ? 0 : withoutTag + 1;
                if (withoutTag > MAX_BYTES_WITHOUT_TAG) {
                    throw XlsxFile.brokenFile();
                }
            }
            total += Math.max(0, read);
            if (total > MAX_BYTES) {
                throw XlsxFile.brokenFile();
            }
            long before = packed;
            packed = packedBytesRead();
            work.addUnpackedBytes(Math.max(0, read), packed - before);
            return read;
        }
    }
}
