package org.voyage.indicators.feature.format;

import java.util.Map;
import org.voyage.indicators.reference.CodeLabel;

/**
 * One of the things that an answer is split by.
 *
 * @param name as it stands in the question
 * @param hasCodes whether there is a list of its codes, or it takes any
 * @param codes names of the codes that occur, as far as they have names
 */
public record ReportColumn(String name, CodeLabel label, boolean hasCodes, Map<String, CodeLabel> codes) {

    public static final String YEAR_COLUMN = "year";

    boolean isYear() {
        return name.equals(YEAR_COLUMN);
    }

    /** The name of a code, the code itself where it has none. */
    CodeLabel labelOf(String code) {
        CodeLabel known = codes.get(code);
        return known == null ? new CodeLabel(code, code) : known;
    }
}
