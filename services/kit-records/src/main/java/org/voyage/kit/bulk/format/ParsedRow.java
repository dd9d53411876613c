package org.voyage.kit.bulk.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * A parsed row of a file: readable or refused.
 *
 * @param line line of the file where the row begins, from 1
 * @param raw bytes of the row without its end of line; for a row over the limit only its beginning
 * @param whole whether raw is the whole row
 * @param sourceId the sender's key; null if it cannot be read
 * @param row null if the row cannot be read
 * @param findings reasons why the row cannot be read; of a readable one the finding about its key, if the key looks like
 *     a person, see {@link #hasPersonalKey}
 * @param placed whether the field of each value is known. Nothing is kept of a row that cannot be placed, because any of
 *     its values may be about a person
 * @param spelt number of the first earlier row with the same key, in any spelling; 0 if there is none
 */
public record ParsedRow(
        long number,
        long line,
        byte[] raw,
        boolean whole,
        @Nullable String sourceId,
        @Nullable SubmittedRow row,
        List<Finding> findings,
        boolean placed,
        long spelt) {

    /**
     * Returns a row that can be read.
     *
     * @param personal the finding about a key that looks like a person; null for any other key
     */
    static ParsedRow of(
            long number, long line, byte[] raw, SubmittedRow row, @Nullable Finding personal, boolean placed) {
        var findings = personal == null ? List.<Finding>of() : List.of(personal);
        return new ParsedRow(number, line, raw, true, row.sourceId(), row, findings, placed, 0);
    }

    /** Returns a row whose values cannot be placed. */
    static ParsedRow refused(long number, long line, byte[] raw, boolean whole, Finding finding) {
        return new ParsedRow(number, line, raw, whole, null, null, List.of(finding), false, 0);
    }

    /**
     * Returns whether the row can be read but its key looks like a person. Such a row is refused unless an active record
     * has the key, which an earlier version has stored.
     */
    public boolean hasPersonalKey() {
        return row != null && !findings.isEmpty();
    }

    /** Returns this row as one that cannot be read, for its findings. */
    public ParsedRow asRefused() {
        return new ParsedRow(number, line, raw, whole, null, null, findings, placed, 0);
    }

    /**
     * Returns this row with its repetition of an earlier key of the file, or of a similar one. A withdrawal is not
     * compared with similar keys.
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
        return new ParsedRow(number, line, raw, whole, sourceId, its, findings, placed, spelt);
    }
}
