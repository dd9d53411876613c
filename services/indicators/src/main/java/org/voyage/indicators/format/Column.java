package org.voyage.indicators.format;

import java.util.Map;
import org.voyage.indicators.reference.Label;

/**
 * One of the things that an answer is split by.
 *
 * @param name as it stands in the question
 * @param coded whether there is a list of its codes, or it takes any
 * @param codes names of the codes that occur, as far as they have names
 */
public record Column(String name, Label label, boolean coded, Map<String, Label> codes) {

    public static final String YEAR = "year";

    boolean isYear() {
        return name.equals(YEAR);
    }

    /** The name of a code, the code itself where it has none. */
    Label label(String code) {
        Label known = codes.get(code);
        return known == null ? new Label(code, code) : known;
    }
}
