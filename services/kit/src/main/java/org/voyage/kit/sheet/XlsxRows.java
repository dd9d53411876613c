package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;

/** The rows of a sheet, one after the other, holding no more than one of them. */
public final class XlsxRows implements Closeable {
    /** Further columns are read only to see that nothing stands in them. */
    private static final int MOST_COLUMNS = 500;

    private final XlsxXml xml;
    private final long size;
    private final XlsxTexts texts;
    private final XlsxStyles styles;
    private final boolean from1904;
    private final XlsxMerges merges;
    private final int rowLimit;
    private long number;

    /**
     * A row that is not empty.
     *
     * @param number its number in the sheet, from 1
     * @param whole false if it holds more than a row may; the cells end where it became too much
     */
    public record SheetRow(long number, List<XlsxCell> cells, boolean whole) {
        public List<String> texts() {
            return cells.stream().map(XlsxCell::text).toList();
        }
    }

    /** @param size of the sheet in bytes, unpacked, as the file says */
    XlsxRows(
            XlsxXml xml,
            long size,
            XlsxTexts texts,
            XlsxStyles styles,
            boolean from1904,
            XlsxMerges merges,
            int rowLimit) {
        this.xml = xml;
        this.size = size;
        this.texts = texts;
        this.styles = styles;
        this.from1904 = from1904;
        this.merges = merges;
        this.rowLimit = rowLimit;
    }

    /** The next row that is not empty, or null at the end. */
    public @Nullable SheetRow next() throws IOException {
        try {
            while (xml.nextStart()) {
                if (xml.reader().getLocalName().equals("row")) {
                    var row = row();
                    if (row != null) {
                        return row;
                    }
                }
            }
            return null;
        } catch (XMLStreamException | NoSuchElementException e) {
            throw XlsxFile.broken();
        }
    }

    private @Nullable SheetRow row() throws XMLStreamException {
        var said = xml.attribute("r");
        number = said != null && said.matches("\\d{1,9}") ? Long.parseLong(said) : number + 1;
        var cells = new ArrayList<XlsxCell>();
        int column = -1;
        int length = 0;
        boolean whole = true;
        boolean filled = false;
        while (xml.reader().hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT
                    && xml.reader().getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && xml.reader().getLocalName().equals("c")) {
                column = column(xml.attribute("r"), column + 1);
                var cell = cell();
                length += cell.text().length();
                if (CellText.strip(cell.text()).isEmpty()) {
                    continue;
                }
                filled = true;
                if (column >= MOST_COLUMNS || length > rowLimit) {
                    whole = false;
                } else if (whole) {
                    while (cells.size() <= column) {
                        cells.add(XlsxCell.EMPTY);
                    }
                    cells.set(column, cell);
                }
            }
        }
        if (!filled) {
            return null;
        }
        merges.fill(number, cells);
        return new SheetRow(number, cells, whole);
    }

    private XlsxCell cell() throws XMLStreamException {
        var type = xml.attribute("t");
        var style = xml.attribute("s");
        var value = new StringBuilder();
        var formula = new StringBuilder();
        @Nullable String inline = null;
        boolean inValue = false;
        boolean inFormula = false;
        while (xml.reader().hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    inValue = xml.reader().getLocalName().equals("v");
                    inFormula = xml.reader().getLocalName().equals("f");
                    if (xml.reader().getLocalName().equals("is")) {
                        inline = XlsxTexts.text(xml, "is");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (inValue) {
                        value.append(xml.reader().getText());
                        XlsxTexts.requireShort(value);
                    } else if (inFormula) {
                        formula.append(xml.reader().getText());
                        XlsxTexts.requireShort(formula);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    inValue = false;
                    inFormula = false;
                    if (xml.reader().getLocalName().equals("c")) {
                        if (value.isEmpty() && !formula.isEmpty() && type == null) {
                            return XlsxCell.formula(formula.toString());
                        }
                        return inline != null ? XlsxCell.text(inline) : cell(type, style, value.toString());
                    }
                }
                default -> {}
            }
        }
        throw XlsxFile.broken();
    }

    private XlsxCell cell(@Nullable String type, @Nullable String style, String value) {
        if (value.isEmpty()) {
            return XlsxCell.EMPTY;
        }
        return switch (type) {
            case "s" -> {
                var text = value.length() < 10 && value.matches("\\d+") ? texts.get(Integer.parseInt(value)) : null;
                if (text == null) {
                    throw XlsxFile.broken();
                }
                yield XlsxCell.text(text);
            }
            case "str", "inlineStr" -> XlsxCell.text(value);
            case "b" -> XlsxCell.text(XlsxXml.flag(value) ? "true" : "false");
            case "e" -> new XlsxCell(value, XlsxCell.Kind.ERROR);
            case "d" -> new XlsxCell(value.replaceFirst("T00:00:00(\\.0+)?Z?$", ""), XlsxCell.Kind.DAY);
            case null, default -> XlsxCell.number(value, styles.of(style), from1904);
        };
    }

    /** The column of a reference such as {@code AB7}, from 0; the expected one if there is none. */
    static int column(@Nullable String reference, int expected) {
        int column = 0;
        for (int i = 0; reference != null && i < reference.length() && i < 4; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        return column == 0 ? expected : column - 1;
    }

    /** How much of the sheet has been read, from 0 to 1; 0 if nobody knows how long it is. */
    public double share() {
        return size > 0 ? Math.min(1.0, (double) xml.bytesRead() / size) : 0;
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
