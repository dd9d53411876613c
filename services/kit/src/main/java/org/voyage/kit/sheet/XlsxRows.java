package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;

/** Rows of a sheet, one after the other, holding no more than one of them. */
public final class XlsxRows implements Closeable {
    /** Maximum number of kept columns; further ones are read only to see that they are empty. */
    static final int MAX_COLUMNS = 500;
    /** Maximum number of rows of a sheet in every program. */
    static final int MAX_ROWS = 1 << 20;
    /** Maximum number of cells of a row in every program. */
    private static final int MAX_CELLS = 1 << 14;

    private static final int WORK_PER_ROW = 16;
    private static final int WORK_PER_FILLED_ROW = 256;
    private static final int WORK_PER_CELL = 8;

    private final XlsxPartReader xml;
    private final XlsxWorkLimit work;
    private final long size;
    private final XlsxSharedStrings texts;
    private final XlsxStyles styles;
    private final boolean from1904;
    private final XlsxMerges merges;
    private final int rowLimit;
    private final int maxRows;
    private int rows;
    private long number;

    /**
     * A row that is not empty.
     *
     * @param number its number in the sheet, from 1
     * @param whole false for a row over the limit; the cells end at the limit
     */
    public record SheetRow(long number, List<XlsxCell> cells, boolean whole) {
        public List<String> texts() {
            return cells.stream().map(XlsxCell::text).toList();
        }
    }

    /**
     * @param size of the sheet in bytes, unpacked, as the file says
     * @param maxRows number of rows, empty ones included, after which the sheet counts as ended
     */
    XlsxRows(
            XlsxPartReader xml,
            XlsxWorkLimit work,
            long size,
            XlsxSharedStrings texts,
            XlsxStyles styles,
            boolean from1904,
            XlsxMerges merges,
            int rowLimit,
            int maxRows) {
        this.xml = xml;
        this.work = work;
        this.size = size;
        this.texts = texts;
        this.styles = styles;
        this.from1904 = from1904;
        this.merges = merges;
        this.rowLimit = rowLimit;
        this.maxRows = maxRows;
    }

    /** Returns the next row that is not empty, or null at the end. */
    public @Nullable SheetRow nextRow() throws IOException {
        try {
            while (rows < maxRows && xml.nextStartElement()) {
                if (xml.reader().getLocalName().equals("row")) {
                    rows++;
                    var row = readRow();
                    if (row != null) {
                        return row;
                    }
                }
            }
            return null;
        } catch (XMLStreamException | NoSuchElementException e) {
            throw XlsxFile.brokenFile();
        }
    }

    private @Nullable SheetRow readRow() throws XMLStreamException {
        var said = xml.attributeOf("r");
        number = said != null && said.matches("\\d{1,9}") ? Long.parseLong(said) : number + 1;
        work.addWork(WORK_PER_ROW);
        if (number > MAX_ROWS) {
            throw XlsxFile.brokenFile();
        }
        var cells = new ArrayList<XlsxCell>();
        int column = -1;
        int count = 0;
        long length = 0;
        boolean whole = true;
        boolean filled = false;
        while (xml.reader().hasNext()) {
            int event = xml.nextEvent();
            if (event == XMLStreamConstants.END_ELEMENT
                    && xml.reader().getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && xml.reader().getLocalName().equals("c")) {
                column = columnIndex(xml.attributeOf("r"), column + 1);
                if (++count > MAX_CELLS) {
                    throw XlsxFile.brokenFile();
                }
                var cell = readCell();
                work.addWork(WORK_PER_CELL + cell.text().length());
                length += cell.text().length();
                if (CellTextParser.strip(cell.text()).isEmpty()) {
                    continue;
                }
                filled = true;
                if (column >= MAX_COLUMNS || length > rowLimit) {
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
        work.addWork(WORK_PER_FILLED_ROW);
        length += merges.fillMergedCells(number, cells, work);
        return new SheetRow(number, cells, whole && length <= rowLimit);
    }

    private XlsxCell readCell() throws XMLStreamException {
        var type = xml.attributeOf("t");
        var style = xml.attributeOf("s");
        var value = new StringBuilder();
        var formula = new StringBuilder();
        @Nullable String inline = null;
        boolean inValue = false;
        boolean inFormula = false;
        while (xml.reader().hasNext()) {
            switch (xml.nextEvent()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    inValue = xml.reader().getLocalName().equals("v");
                    inFormula = xml.reader().getLocalName().equals("f");
                    if (xml.reader().getLocalName().equals("is")) {
                        inline = XlsxSharedStrings.readText(xml, "is");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (inValue) {
                        value.append(xml.reader().getText());
                        XlsxSharedStrings.requireMaxLength(value);
                    } else if (inFormula) {
                        formula.append(xml.reader().getText());
                        XlsxSharedStrings.requireMaxLength(formula);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    inValue = false;
                    inFormula = false;
                    if (xml.reader().getLocalName().equals("c")) {
                        if (value.isEmpty() && !formula.isEmpty() && type == null) {
                            return XlsxCell.formula(formula.toString());
                        }
                        return inline != null ? XlsxCell.text(inline) : toCell(type, style, value.toString());
                    }
                }
                default -> {}
            }
        }
        throw XlsxFile.brokenFile();
    }

    private XlsxCell toCell(@Nullable String type, @Nullable String style, String value) {
        if (value.isEmpty()) {
            return XlsxCell.EMPTY;
        }
        return switch (type) {
            case "s" -> {
                var text = value.length() < 10 && value.matches("\\d+") ? texts.get(Integer.parseInt(value)) : null;
                if (text == null) {
                    throw XlsxFile.brokenFile();
                }
                yield XlsxCell.text(text);
            }
            case "str", "inlineStr" -> XlsxCell.text(value);
            case "b" -> XlsxCell.text(XlsxPartReader.parseFlag(value) ? "true" : "false");
            case "e" -> new XlsxCell(value, XlsxCell.XlsxCellKind.ERROR);
            case "d" -> new XlsxCell(value.replaceFirst("T00:00:00(\\.0+)?Z?$", ""), XlsxCell.XlsxCellKind.DAY);
            case null, default -> XlsxCell.number(value, styles.formatOf(style), from1904);
        };
    }

    /** Returns the column of a reference such as {@code AB7}, from 0; the expected one if there is none. */
    static int columnIndex(@Nullable String reference, int expected) {
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

    /** Returns the fraction of the sheet that has been read, from 0 to 1; 0 if its length is unknown. */
    public double fractionRead() {
        return size > 0 ? Math.min(1.0, (double) xml.bytesRead() / size) : 0;
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
