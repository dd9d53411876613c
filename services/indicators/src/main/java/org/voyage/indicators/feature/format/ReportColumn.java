package org.voyage.indicators.feature.format;

import java.util.Map;
import org.voyage.indicators.reference.CodeLabel;

/**
 * Column of a report: the year, a dimension or a list.
 *
 * @param name as in the query
 * @param hasCodes whether the column has a code list; otherwise it takes any code
 * @param codes names of the codes that occur; without codes that have no name
 */
public record ReportColumn(String name, CodeLabel label, boolean hasCodes, Map<String, CodeLabel> codes) {

    public static final String YEAR_COLUMN = "year";

    boolean isYear() {
        return name.equals(YEAR_COLUMN);
    }

    /** Returns the label of a code; the code itself when it has no name. */
    CodeLabel labelOf(String code) {
        CodeLabel known = codes.get(code);
        return known == null ? new CodeLabel(code, code) : known;
    }
}
