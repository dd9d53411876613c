package org.voyage.kit.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.voyage.kit.problem.Refusal;

/**
 * Merged cells of a sheet. The value of the uppermost cell of a vertical merge applies to all of its rows. A horizontal
 * merge is not spread, because the intended columns are unknown.
 */
final class XlsxMerges {
    static final XlsxMerges EMPTY = new XlsxMerges(List.of());
    private static final int MAX_AREAS = 200_000;
    private static final Pattern AREA_PATTERN = Pattern.compile("([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})");

    private record MergedArea(int column, long first, long last) {}

    /** A value that applies to further rows. */
    private record RepeatedCell(long last, XlsxCell cell) {}

    private final List<MergedArea> areas;
    private final Map<Integer, RepeatedCell> shown = new HashMap<>();
    private int next;

    private XlsxMerges(List<MergedArea> areas) {
        this.areas = areas;
    }

    /** Reads the merges, which are behind the rows of a sheet. */
    static XlsxMerges readMerges(XlsxPartReader xml) throws IOException {
        var areas = new ArrayList<MergedArea>();
        try (xml) {
            while (xml.nextStartElement()) {
                if (xml.reader().getLocalName().equals("mergeCell")) {
                    var area = AREA_PATTERN.matcher(String.valueOf(xml.attributeOf("ref")));
                    if (area.matches()) {
                        addArea(areas, area.group(1), Long.parseLong(area.group(2)), Long.parseLong(area.group(3)));
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw XlsxFile.brokenFile();
        }
        areas.sort(Comparator.comparingLong(MergedArea::first));
        return areas.isEmpty() ? EMPTY : new XlsxMerges(areas);
    }

    private static void addArea(List<MergedArea> areas, String column, long first, long last) {
        int index = XlsxRows.columnIndex(column, 0);
        if (last <= first || index >= XlsxRows.MAX_COLUMNS) {
            return;
        }
        if (areas.size() == MAX_AREAS) {
            throw new Refusal.Malformed(
                    "The sheet has more than " + MAX_AREAS + " merged cells; please unmerge them and fill each row.",
                    "工作表中的合并单元格超过 " + MAX_AREAS + " 处，请取消合并并逐行填写后报送。");
        }
        areas.add(new MergedArea(index, first, last));
    }

    /**
     * Fills merged cells; call it for the rows in their order.
     *
     * @param cells of a row that is not empty; receives the values
     * @return number of characters that the row received
     */
    long fillMergedCells(long row, List<XlsxCell> cells, XlsxWorkLimit work) {
        while (next < areas.size() && areas.get(next).first <= row) {
            var area = areas.get(next++);
            if (area.first == row && area.column < cells.size()) {
                shown.put(area.column, new RepeatedCell(area.last, cells.get(area.column)));
            }
        }
        shown.values().removeIf(value -> value.last < row);
        long filled = 0;
        for (var its : shown.entrySet()) {
            int column = its.getKey();
            while (cells.size() <= column) {
                cells.add(XlsxCell.EMPTY);
            }
            if (cells.get(column).text().isEmpty()) {
                var cell = its.getValue().cell;
                cells.set(column, cell);
                filled += cell.text().length();
            }
        }
        work.addWork(filled);
        return filled;
    }
}
