package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeNames;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;

/**
 * One row that can be read.
 *
 * @param number counts the rows of the file from 1
 * @param sourceId the sender's key, sound
 * @param withdrawReason why the record is to be withdrawn; null for a row that gives the record
 * @param value everything in the row, also what is not the record's
 * @param repeated whether an earlier row of the file has the same key
 * @param warnings what is odd about it beside the rows before it; the rules of the record say what becomes of that
 * @param names what codes may be called if every value is text (CSV, XLSX); null for JSON
 */
public record SubmittedRow(
        long number,
        String sourceId,
        @Nullable String withdrawReason,
        ObjectNode value,
        boolean repeated,
        List<Finding> warnings,
        @Nullable CodeNames names) {
    public static final String SOURCE_ID = "sourceId";
    static final String PROVINCE = "province";
    static final String WITHDRAW = "withdraw";
    static final String REASON = "reason";
    public static final String REFUSED_BECAUSE = "refusedBecause";
    private static final Set<String> PLATFORM_FIELDS = Set.of(SOURCE_ID, PROVINCE, WITHDRAW, REASON, REFUSED_BECAUSE);

    public boolean isWithdrawal() {
        return withdrawReason != null;
    }

    SubmittedRow asRepeated() {
        return new SubmittedRow(number, sourceId, withdrawReason, value, true, warnings, names);
    }

    public SubmittedRow withWarning(Finding finding) {
        return new SubmittedRow(number, sourceId, withdrawReason, value, repeated, List.of(finding), names);
    }

    /** Reads the record's own fields. */
    public FieldReader fields() {
        return (names == null ? FieldReader.of(value) : FieldReader.ofRow(value, names)).ignoreFields(PLATFORM_FIELDS);
    }
}
