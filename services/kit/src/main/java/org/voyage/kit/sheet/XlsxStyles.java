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

/** How the numbers of a spreadsheet are shown: as days, with leading zeros, or as they are. */
final class XlsxStyles {
    static final XlsxStyles NONE = new XlsxStyles(List.of());
    private static final int MOST = 100_000;

    /** A cell's number format: {@code zeros} is how many digits are shown at least. */
    record Shown(boolean day, int zeros) {}

    private static final Shown PLAIN = new Shown(false, 0);

    private final List<Shown> formats;

    private XlsxStyles(List<Shown> formats) {
        this.formats = formats;
    }

    static XlsxStyles read(XlsxXml xml) throws IOException {
        Map<Integer, String> custom = new HashMap<>();
        var formats = new ArrayList<Shown>();
        try (xml) {
            boolean cells = false;
            while (xml.reader().hasNext() && formats.size() < MOST && custom.size() < MOST) {
                int event = xml.next();
                var name = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
                        ? xml.reader().getLocalName()
                        : "";
                if (name.equals("cellXfs")) {
                    cells = event == XMLStreamConstants.START_ELEMENT;
                } else if (event == XMLStreamConstants.START_ELEMENT && name.equals("numFmt")) {
                    custom.put(number(xml.attribute("numFmtId")), String.valueOf(xml.attribute("formatCode")));
                } else if (event == XMLStreamConstants.START_ELEMENT && name.equals("xf") && cells) {
                    int id = number(xml.attribute("numFmtId"));
                    formats.add(shown(id, custom.get(id)));
                }
            }
        } catch (XMLStreamException e) {
            throw XlsxFile.broken();
        }
        return new XlsxStyles(formats);
    }

    Shown of(@Nullable String style) {
        int index = style == null ? -1 : number(style);
        return index >= 0 && index < formats.size() ? formats.get(index) : PLAIN;
    }

    static Shown shown(int id, @Nullable String code) {
        if (code == null) {
            // Built in; those from 27 on are the days and times of East Asian editions.
            boolean day = id >= 14 && id <= 17
                    || id == 22
                    || id >= 27 && id <= 31
                    || id == 36
                    || id >= 50 && id <= 54
                    || id == 57
                    || id == 58;
            return day ? new Shown(true, 0) : PLAIN;
        }
        // Not what stands in quotes, after a backslash, or in brackets (colours, locales).
        var bare = code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", "").toLowerCase(Locale.ROOT);
        if (bare.matches("0{2,30}")) {
            return new Shown(false, bare.length());
        }
        if (bare.contains("general")) {
            return PLAIN;
        }
        boolean time = bare.indexOf('h') >= 0 || bare.indexOf('s') >= 0;
        boolean day = bare.indexOf('y') >= 0 || bare.indexOf('d') >= 0 || bare.indexOf('m') >= 0 && !time;
        return day ? new Shown(true, 0) : PLAIN;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
