package org.voyage.kit.sheet;

import java.util.regex.Pattern;

/**
 * Escape of texts that a spreadsheet program would run as formulas when it opens a CSV file. The apostrophe that it adds
 * is the programs' own sign for text.
 */
public final class FormulaEscape {
    /** Also the full-width forms, which East Asian editions take for the narrow ones. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final char TEXT_MARK = '\'';
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?[0-9]+([.][0-9]+)?");

    private FormulaEscape() {}

    /** Returns whether a program would take the text for a formula, perhaps behind blanks. */
    public static boolean isFormula(String text) {
        int i = 0;
        while (i < text.length()
                && (text.charAt(i) == ' ' || text.charAt(i) == '\u3000' || text.charAt(i) == '\u00A0')) {
            i++;
        }
        return i < text.length() && FORMULA_STARTS.indexOf(text.charAt(i)) >= 0;
    }

    /** Returns whether a program would take the text for a formula that is no number. */
    public static boolean isHarmful(String text) {
        return isFormula(text) && !PLAIN_NUMBER.matcher(text).matches();
    }

    /** Puts an apostrophe before a text that a spreadsheet program would take for a formula. */
    public static String escapeFormula(String text) {
        return isFormula(text) ? TEXT_MARK + text : text;
    }

    /** Removes the apostrophe that {@link #escapeFormula} adds. */
    public static String removeEscape(String text) {
        return text.length() > 1 && text.charAt(0) == TEXT_MARK && isFormula(text.substring(1))
                ? text.substring(1)
                : text;
    }
}
