package org.voyage.kit.bulk.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

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
public record ParsedRow(
        long number,
        long line,
        byte[] raw,
        boolean whole,
        @Nullable String sourceId,
        @Nullable SubmittedRow row,
        List<Finding> findings,
        long spelt) {

    /** A row that can be read. */
    static ParsedRow of(long number, long line, byte[] raw, SubmittedRow row) {
        return new ParsedRow(number, line, raw, true, row.sourceId(), row, List.of(), 0);
    }

    static ParsedRow refused(long number, long line, byte[] raw, boolean whole, Finding finding) {
        return new ParsedRow(number, line, raw, whole, null, null, List.of(finding), 0);
    }

    /**
     * The same row, told apart where an earlier one of the file has its key, or one that is so spelt that it may be meant.
     * Who withdraws a key does not mean another.
     */
    ParsedRow comparedWith(FileKeyIndex before) {
        boolean saidBefore = row != null && !before.addKey(row.sourceId());
        long first =
                sourceId == null || row != null && row.isWithdrawal() ? number : before.addSpelling(sourceId, number);
        if (row == null || first == number && !saidBefore) {
            return this;
        }
        return saidBefore ? withRow(row.asRepeated(), before.findSimilar(row.sourceId())) : withRow(row, first);
    }

    private ParsedRow withRow(SubmittedRow its, long spelt) {
        return new ParsedRow(number, line, raw, whole, sourceId, its, findings, spelt);
    }
}
