package org.voyage.kit.input;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the texts that people write into the cells of a table. It accepts only unambiguous forms: {@code 2019/9/1}
 * is a day, {@code 1/9/2019} is refused.
 */
public final class CellTextParser {
    private static final Pattern DATE_PATTERN =
            Pattern.compile("(\\d{4})(?:([-/.])(\\d{1,2})\\2(\\d{1,2})|年(\\d{1,2})月(\\d{1,2})日|(\\d{2})(\\d{2}))"
                    + "(?:[ T]0{1,2}:00(?::00(?:\\.0+)?)?)?");
    private static final Pattern INTEGER_PATTERN =
            Pattern.compile("([-+]?)(\\d{1,18}|\\d{1,3}(?:,\\d{3}){1,5})(?:\\.0{1,9})?");
    private static final Pattern YEAR_PATTERN = Pattern.compile("(?:19[4-9]|20[0-9])[0-9]");
    private static final int YEAR_DIGITS = 4;
    private static final int MAX_PARSED_TEXT_LENGTH = 60;
    private static final int MAX_CODE_LENGTH = 200;

    private CellTextParser() {}

    /** Returns the text without surrounding blanks of any kind, which are invisible in a table. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isInvisible(text.charAt(from))) {
            from++;
        }
        while (from < to && isInvisible(text.charAt(to - 1))) {
            to--;
        }
        return from == 0 && to == text.length() ? text : text.substring(from, to);
    }

    /** Returns the text for comparison: full-width forms narrow, letters small, no blanks. */
    public static String fold(String text) {
        var narrow = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var folded = new StringBuilder(narrow.length());
        for (int i = 0; i < narrow.length(); i++) {
            char c = narrow.charAt(i);
            if (!isInvisible(c)) {
                folded.append(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the text with its full-width digits and letters narrow; a text that is longer than any code stays
     * unchanged.
     */
    static String toNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isFullWidth(text.charAt(i))) {
                return text.length() > MAX_CODE_LENGTH ? text : convertToNarrow(text);
            }
        }
        return text;
    }

    private static String convertToNarrow(String text) {
        var narrow = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            narrow.append((char) (isFullWidth(c) ? c - 0xFEE0 : c));
        }
        return narrow.toString();
    }

    /** Returns whether the character is a full-width form of an ASCII character, as in East Asian texts. */
    private static boolean isFullWidth(char c) {
        return c >= 0xFF01 && c <= 0xFF5E;
    }

    /**
     * Returns the year at the beginning of the text, be it a year or a day; null if it is no year that a record can
     * have.
     */
    public static @Nullable Integer parseYear(String text) {
        var stripped = strip(text);
        return YEAR_PATTERN.matcher(stripped).lookingAt() ? Integer.valueOf(stripped.substring(0, YEAR_DIGITS)) : null;
    }

    /**
     * Parses {@code 2019-09-01}, {@code 2019/9/1}, {@code 2019.9.1}, {@code 2019年9月1日}, {@code 20190901}, perhaps
     * followed by midnight.
     */
    static @Nullable LocalDate parseDate(String text) {
        var strict = StrictTextParser.parseDate(text);
        if (strict != null || text.length() > MAX_PARSED_TEXT_LENGTH) {
            return strict;
        }
        var found = DATE_PATTERN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        if (!found.matches()) {
            return null;
        }
        int form = found.group(3) != null ? 3 : found.group(5) != null ? 5 : 7;
        var month = found.group(form);
        var day = found.group(form + 1);
        return StrictTextParser.parseDate(found.group(1) + "-" + padToTwoDigits(month) + "-" + padToTwoDigits(day));
    }

    /** Parses {@code 1234}, {@code 1,234}, {@code 12.0}. */
    static @Nullable Long parseInteger(String text) {
        var strict = StrictTextParser.parseInteger(text);
        if (strict != null || text.length() > MAX_PARSED_TEXT_LENGTH) {
            return strict;
        }
        var found = INTEGER_PATTERN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        return found.matches()
                ? StrictTextParser.parseInteger(
                        (found.group(1).equals("-") ? "-" : "") + found.group(2).replace(",", ""))
                : null;
    }

    static @Nullable Boolean parseFlag(String text) {
        return switch (text.length() > MAX_PARSED_TEXT_LENGTH ? "" : fold(text)) {
            case "true", "yes", "y", "是" -> true;
            case "false", "no", "n", "否" -> false;
            default -> null;
        };
    }

    private static String padToTwoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static boolean isInvisible(char c) {
        return c > 0x20 && c < 0x7F
                ? false
                : Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF || c == 0x200B;
    }
}
