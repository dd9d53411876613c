package org.voyage.kit.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/** Shared texts of the cells of a spreadsheet. All of them are in memory, so there is a limit. */
final class XlsxSharedStrings {
    /** Maximum memory in bytes: about 300,000 different short texts. */
    private static final long MAX_BYTES = 40L << 20;

    private static final int TEXT_OVERHEAD_BYTES = 64;

    private final List<String> texts;

    private XlsxSharedStrings(List<String> texts) {
        this.texts = texts;
    }

    static XlsxSharedStrings none() {
        return new XlsxSharedStrings(List.of());
    }

    static XlsxSharedStrings readTexts(XlsxPartReader xml) throws IOException {
        var texts = new ArrayList<String>();
        long bytes = 0;
        try (xml) {
            while (xml.nextStartElement()) {
                if (xml.reader().getLocalName().equals("si")) {
                    var text = readText(xml, "si");
                    bytes += TEXT_OVERHEAD_BYTES + 2L * text.length();
                    if (bytes > MAX_BYTES) {
                        throw new Refusal.Malformed(
                                "The spreadsheet is too large; please save it as CSV (UTF-8) and send that.",
                                "表格过大，请另存为 CSV（UTF-8）后报送。");
                    }
                    texts.add(text);
                }
            }
        } catch (XMLStreamException e) {
            throw XlsxFile.brokenFile();
        }
        return new XlsxSharedStrings(texts);
    }

    /** Reads the text of the current element without its phonetic guide (common in East Asia). */
    static String readText(XlsxPartReader xml, String element) throws XMLStreamException {
        var text = new StringBuilder();
        boolean counts = false;
        int pronounced = 0;
        while (xml.reader().hasNext()) {
            switch (xml.nextEvent()) {
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
                        requireMaxLength(text);
                    }
                }
                default -> {}
            }
        }
        throw XlsxFile.brokenFile();
    }

    static void requireMaxLength(StringBuilder text) {
        if (text.length() > 1 << 20) {
            throw XlsxFile.brokenFile();
        }
    }

    /** Returns a text; null if there is none of this number. */
    @Nullable
    String get(int index) {
        return index >= 0 && index < texts.size() ? texts.get(index) : null;
    }
}
