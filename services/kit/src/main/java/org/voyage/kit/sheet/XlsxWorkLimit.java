package org.voyage.kit.sheet;

import org.voyage.kit.problem.Refusal;

/**
 * Limit of the work that one spreadsheet may cause, in proportion to its packed size. Work is what the reader unpacks and
 * what it makes of that: each unpacked byte, each character of a cell, and a fixed amount for each row and cell. A part
 * that is read twice counts twice, in its packed size too.
 *
 * <p>Measured on a sheet of 20,000 rows and 10 columns as programs write it: 33 units of work a packed byte if all cells
 * differ, 36 if all are the same.
 */
final class XlsxWorkLimit {
    /** Work that any file may cause: about a tenth of a second. */
    static final long FREE_WORK = 8L << 20;

    static final int MAX_WORK_PER_PACKED_BYTE = 100;

    private long work;
    private long packedBytes;

    /**
     * Counts bytes that were unpacked.
     *
     * @throws Refusal.Malformed if the file causes too much work
     */
    void addUnpackedBytes(long unpacked, long packed) {
        packedBytes += packed;
        addWork(unpacked);
    }

    /**
     * Counts work.
     *
     * @throws Refusal.Malformed if the file causes too much work
     */
    void addWork(long more) {
        work += more;
        if (work > FREE_WORK + MAX_WORK_PER_PACKED_BYTE * packedBytes) {
            throw new Refusal.Malformed(
                    "The spreadsheet holds far more empty or repeated cells than values; please copy the table into a new"
                            + " file, or save it as CSV (UTF-8) and send that.",
                    "表格中空白或重复的单元格过多，请将数据表复制到新文件，或另存为 CSV（UTF-8）后报送。");
        }
    }

    /** Returns the work so far. */
    long totalWork() {
        return work;
    }
}
