package org.voyage.kit.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Refusal;

/** The texts that the cells of a spreadsheet share. They are all held, so there is a limit. */
final class XlsxTexts {
    /** Bytes of memory: about 300,000 different short texts. */
    private static final long MOST_BYTES = 40L << 20;

    private static final int OVERHEAD = 64;

    private final List<String> texts;

    private XlsxTexts(List<String> texts) {
        this.texts = texts;
    }

    static XlsxTexts none() {
        return new XlsxTexts(List.of());
    }

    static XlsxTexts read(XlsxXml xml) throws IOException {
        var texts = new ArrayList<String>();
        long bytes = 0;
        try (xml) {
            while (xml.nextStart()) {
                if (xml.reader().getLocalName().equals("si")) {
                    var text = text(xml, "si");
                    bytes += OVERHEAD + 2L * text.length();
                    if (bytes > MOST_BYTES) {
                        throw new Refusal.Malformed(
                                "The spreadsheet is too large; please save it as CSV (UTF-8) and send that.",
                                "表格过大，请另存为 CSV（UTF-8）后报送。");
                    }
                    texts.add(text);
                }
            }
        } catch (XMLStreamException e) {
            throw XlsxFile.broken();
        }
        return new XlsxTexts(texts);
    }

    /** The text of the element that has begun, without how it is pronounced (a wide habit in East Asia). */
    static String text(XlsxXml xml, String element) throws XMLStreamException {
        var text = new StringBuilder();
        boolean counts = false;
        int pronounced = 0;
        while (xml.reader().hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var name = xml.reader().getLocalName();
                    counts = name.equals("t");
                    pronounced += name.equals("rPh") ? 1 : 0;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    var name = xml.reader().getLocalName();
                    if (name.equals(element)) {
                        return text.toString();
                    }
                    counts = false;
                    pronounced -= name.equals("rPh") ? 1 : 0;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (counts && pronounced == 0) {
                        text.append(xml.reader().getText());
                        requireShort(text);
                    }
                }
                default -> {}
            }
        }
        throw XlsxFile.broken();
    }

    static void requireShort(StringBuilder text) {
        if (text.length() > 1 << 20) {
            throw XlsxFile.broken();
        }
    }

    /** Null if there is none of this number. */
    @Nullable
    String get(int index) {
        return index >= 0 && index < texts.size() ? texts.get(index) : null;
    }
}
