package org.voyage.kit.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Number formats of a spreadsheet's cells: days, leading zeros, or plain numbers. */
final class XlsxStyles {
    static final XlsxStyles EMPTY = new XlsxStyles(List.of());
    private static final int MAX_STYLES = 100_000;
    /** Maximum number of formats of a file's own; programs write at most some 250. */
    private static final int MAX_CODES = 1_000;
    /** Longest format code in every program. */
    private static final int MAX_CODE_LENGTH = 255;

    /** Number format of a cell: {@code zeros} is the minimum number of digits shown. */
    record CellFormat(boolean day, int zeros) {}

    private static final CellFormat PLAIN_FORMAT = new CellFormat(false, 0);

    private final List<CellFormat> formats;

    private XlsxStyles(List<CellFormat> formats) {
        this.formats = formats;
    }

    static XlsxStyles readStyles(XlsxPartReader xml) throws IOException {
        Map<Integer, CellFormat> custom = new HashMap<>();
        var formats = new ArrayList<CellFormat>();
        try (xml) {
            boolean cells = false;
            int codes = 0;
            while (xml.reader().hasNext() && formats.size() < MAX_STYLES) {
                int event = xml.nextEvent();
                var name = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
                        ? xml.reader().getLocalName()
                        : "";
                if (name.equals("cellXfs")) {
                    cells = event == XMLStreamConstants.START_ELEMENT;
                } else if (event == XMLStreamConstants.START_ELEMENT && name.equals("numFmt")) {
                    if (++codes <= MAX_CODES) {
                        int id = parseNumber(xml.attributeOf("numFmtId"));
                        custom.put(id, toFormat(id, String.valueOf(xml.attributeOf("formatCode"))));
                    }
                } else if (event == XMLStreamConstants.START_ELEMENT && name.equals("xf") && cells) {
                    int id = parseNumber(xml.attributeOf("numFmtId"));
                    formats.add(custom.getOrDefault(id, toFormat(id, null)));
                }
            }
        } catch (XMLStreamException e) {
            throw XlsxFile.brokenFile();
        }
        return new XlsxStyles(formats);
    }

    CellFormat formatOf(@Nullable String style) {
        int index = style == null ? -1 : parseNumber(style);
        return index >= 0 && index < formats.size() ? formats.get(index) : PLAIN_FORMAT;
    }

    static CellFormat toFormat(int id, @Nullable String code) {
        if (code == null) {
            // Built in; those from 27 on are the days and times of East Asian editions.
            boolean day = id >= 14 && id <= 17
                    || id == 22
                    || id >= 27 && id <= 31
                    || id == 36
                    || id >= 50 && id <= 54
                    || id == 57
                    || id == 58;
            return day ? new CellFormat(true, 0) : PLAIN_FORMAT;
        }
        if (code.length() > MAX_CODE_LENGTH) {
            return PLAIN_FORMAT;
        }
        // Without quoted text, text after a backslash, or text in brackets (colours, locales).
        var bare = code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", "").toLowerCase(Locale.ROOT);
        if (bare.matches("0{2,30}")) {
            return new CellFormat(false, bare.length());
        }
        if (bare.contains("general")) {
            return PLAIN_FORMAT;
        }
        boolean time = bare.indexOf('h') >= 0 || bare.indexOf('s') >= 0;
        boolean day = bare.indexOf('y') >= 0 || bare.indexOf('d') >= 0 || bare.indexOf('m') >= 0 && !time;
        return day ? new CellFormat(true, 0) : PLAIN_FORMAT;
    }

    private static int parseNumber(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
