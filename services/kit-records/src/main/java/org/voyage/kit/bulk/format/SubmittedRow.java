package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeNames;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;

/**
 * One readable row of a file.
 *
 * @param number counts the rows of the file from 1
 * @param sourceId the sender's key, sound
 * @param withdrawReason reason of a withdrawal; null for a row that gives the record
 * @param value all properties of the row, also those outside the record
 * @param repeated whether an earlier row of the file has the same key
 * @param warnings warnings about shorthand in cells, and from the comparison with earlier rows; the rules of the record
 *     decide their severity
 * @param names names of codes if every value is text (CSV, XLSX); null for JSON
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
    static final String REASON_FIELD = "reason";
    public static final String REFUSED_BECAUSE = "refusedBecause";
    private static final Set<String> PLATFORM_FIELDS =
            Set.of(SOURCE_ID, PROVINCE, WITHDRAW, REASON_FIELD, REFUSED_BECAUSE);

    static boolean isPlatformField(String name) {
        return PLATFORM_FIELDS.contains(name);
    }

    public boolean isWithdrawal() {
        return withdrawReason != null;
    }

    SubmittedRow asRepeated() {
        return new SubmittedRow(number, sourceId, withdrawReason, value, true, warnings, names);
    }

    public SubmittedRow withWarning(Finding finding) {
        var all = new ArrayList<>(warnings);
        all.add(finding);
        return new SubmittedRow(number, sourceId, withdrawReason, value, repeated, List.copyOf(all), names);
    }

    /** Returns a reader of the record's own fields. */
    public FieldReader fields() {
        return (names == null ? FieldReader.of(value) : FieldReader.ofRow(value, names))
                .ignoreFields(PLATFORM_FIELDS)
                .keepValues();
    }
}
