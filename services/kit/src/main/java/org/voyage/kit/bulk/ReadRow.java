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
 * @param sourceId the sender's key; null if that cannot be read
 * @param row null if it cannot be read
 * @param findings why it cannot be read; empty if it can
 * @param spelt number of the first row before that has its key, spelt like it or otherwise; 0 if there is none
 */
record ReadRow(
        long number,
        long line,
        byte[] raw,
        boolean whole,
        @Nullable String sourceId,
        @Nullable Row row,
        List<Finding> findings,
        long spelt) {

    /** A row that can be read. */
    static ReadRow of(long number, long line, byte[] raw, Row row) {
        return new ReadRow(number, line, raw, true, row.sourceId(), row, List.of(), 0);
    }

    static ReadRow refused(long number, long line, byte[] raw, boolean whole, Finding finding) {
        return new ReadRow(number, line, raw, whole, null, null, List.of(finding), 0);
    }

    /**
     * The same row, told apart where an earlier one of the file has its key, or one that is so spelt that it may be meant.
     * Who withdraws a key does not mean another.
     */
    ReadRow amongThose(KeysOfFile before) {
        boolean saidBefore = row != null && !before.add(row.sourceId());
        long first = sourceId == null || row != null && row.withdraws() ? number : before.spelt(sourceId, number);
        if (row == null || first == number && !saidBefore) {
            return this;
        }
        return saidBefore ? with(row.afterAnother(), before.alike(row.sourceId())) : with(row, first);
    }

    private ReadRow with(Row its, long spelt) {
        return new ReadRow(number, line, raw, whole, sourceId, its, findings, spelt);
    }
}
