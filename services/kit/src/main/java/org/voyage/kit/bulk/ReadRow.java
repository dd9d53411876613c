package org.voyage.kit.bulk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;

/**
 * A row as the file gives it: readable, or refused already.
 *
 * @param line line of the file where it begins, from 1
 * @param raw its bytes without what ends it; for a row over the limit only its beginning
 * @param whole whether raw is all of it
 * @param row null if it cannot be read
 * @param findings why it cannot be read; empty if it can
 */
record ReadRow(
        long number,
        long line,
        byte[] raw,
        boolean whole,
        @Nullable Row row,
        List<Finding> findings) {

    /** The same row, told apart where an earlier one of the file has its key. */
    ReadRow amongThose(KeysOfFile before) {
        return row == null || before.add(row.sourceId())
                ? this
                : new ReadRow(number, line, raw, whole, row.afterAnother(), findings);
    }

    static ReadRow refused(long number, long line, byte[] raw, boolean whole, Finding finding) {
        return new ReadRow(number, line, raw, whole, null, List.of(finding));
    }
}
