package org.voyage.kit.sheet;

/** Location of a cell in a table, in words for its reader. */
public record CellLocation(String en, String zh) {
    private static final int ALPHABET_SIZE = 26;

    /** @param column from 0 */
    public static CellLocation column(int column) {
        return new CellLocation("column " + (column + 1), "第 " + (column + 1) + " 列");
    }

    /** @param column from 0 */
    static CellLocation cellOfRow(int column) {
        return new CellLocation("cell " + (column + 1) + " of the row", "该行第 " + (column + 1) + " 个单元格");
    }

    /**
     * Returns the location of a cell of a spreadsheet.
     *
     * @param column from 0
     * @param row from 1
     */
    public static CellLocation cell(int column, long row) {
        var name = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / ALPHABET_SIZE) {
            name.insert(0, (char) ('A' + (rest - 1) % ALPHABET_SIZE));
        }
        name.append(row);
        return new CellLocation("cell " + name, "单元格 " + name);
    }
}
