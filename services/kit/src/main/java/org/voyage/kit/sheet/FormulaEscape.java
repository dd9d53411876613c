package org.voyage.kit.sheet;

import java.util.regex.Pattern;

/**
 * Escape of texts that a spreadsheet program would run as formulas when it opens a CSV file. The apostrophe that it adds
 * is the programs' own sign for text. A program with another separator divides a text into several cells, so each part
 * of it between separators is escaped.
 */
public final class FormulaEscape {
    /** Also the full-width forms, which East Asian editions take for the narrow ones. */
    private static final String FORMULA_STARTS = "=+-@|%\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    /** Ends of cells in one program or another. */
    private static final String SEPARATORS = ",;|\t\r\n";

    private static final char TEXT_MARK = '\'';
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?[0-9]+([.][0-9]+)?");

    private FormulaEscape() {}

    /** Returns whether the character ends a cell in some program. */
    public static boolean isSeparator(char character) {
        return SEPARATORS.indexOf(character) >= 0;
    }

    /** Returns whether a program would take the text for a formula, perhaps behind blanks. */
    public static boolean isFormula(String text) {
        return isFormulaAt(text, 0);
    }

    private static boolean isFormulaAt(String text, int from) {
        int i = from;
        while (i < text.length()
                && (text.charAt(i) == ' ' || text.charAt(i) == '\u3000' || text.charAt(i) == '\u00A0')) {
            i++;
        }
        return i < text.length() && FORMULA_STARTS.indexOf(text.charAt(i)) >= 0;
    }

    /** Returns whether a program would take the text, or a part between separators, for a formula that is no number. */
    public static boolean isHarmful(String text) {
        return isFormula(text) && !PLAIN_NUMBER.matcher(text).matches()
                || !escapeParts(text).equals(text);
    }

    /** Puts an apostrophe before each part of a text that a spreadsheet program would take for a formula. */
    public static String escapeFormula(String text) {
        var escaped = escapeParts(text);
        return isFormula(text) ? TEXT_MARK + escaped : escaped;
    }

    /** Escapes the parts behind the first separator. Numbers stay, and so do separators that follow each other. */
    private static String escapeParts(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            escaped.append(text.charAt(i));
            if (isSeparator(text.charAt(i))) {
                int from = i + 1;
                int end = endOfPart(text, from);
                if (from < end
                        && isFormulaAt(text, from)
                        && !PLAIN_NUMBER.matcher(text.substring(from, end)).matches()) {
                    escaped.append(TEXT_MARK);
                }
            }
        }
        return escaped.toString();
    }

    private static int endOfPart(String text, int from) {
        int end = from;
        while (end < text.length() && !isSeparator(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Removes the apostrophes that {@link #escapeFormula} adds. */
    public static String removeEscape(String text) {
        if (text.indexOf(TEXT_MARK) < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean begins = i == 0 || isSeparator(text.charAt(i - 1));
            if (text.charAt(i) != TEXT_MARK || !begins || !isFormulaAt(text, i + 1)) {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
