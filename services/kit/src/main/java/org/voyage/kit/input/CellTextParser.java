package org.voyage.kit.input;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the texts that people write into the cells of a table. It accepts only unambiguous forms: {@code 2019/9/1}
 * is a day, {@code 1/9/2019} is refused.
 */
public final class CellTextParser {
    private static final Pattern DATE_PATTERN =
            Pattern.compile("(\\d{4})(?:([-/.])(\\d{1,2})\\2(\\d{1,2})|年(\\d{1,2})月(\\d{1,2})[日号]?|(\\d{2})(\\d{2}))"
                    + "(?:[ T]0{1,2}:00(?::00(?:\\.0+)?)?)?");
    private static final Pattern MONTH_PATTERN = Pattern.compile("((?:19|20)\\d{2})(?:[-/.年](\\d{1,2})月?|年)?");
    private static final Pattern BLANKS_IN_DATE = Pattern.compile("\\s*([-/.年月])\\s*|\\s+(?=[日号])");
    private static final Pattern INTEGER_PATTERN = Pattern.compile(
            "(?:HSK\\s*)?([-+]?)(\\d{1,18}|\\d{1,3}(?:,\\d{3}){1,5}|\\d{1,3}(?:\\s\\d{3}){1,5})"
                    + "(?:\\.(\\d{1,9}))?\\s*(万)?\\s*(?:人次|人|名|位|个|级|天)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GROUP_MARKS = Pattern.compile("[,\\s]");
    private static final Pattern YEAR_PATTERN = Pattern.compile("(?:19[4-9]|20[0-9])[0-9]");
    private static final Pattern WHOLE_YEAR_PATTERN = Pattern.compile("(\\d{4})年度?");
    /** Words as {@link #fold} makes them. */
    private static final Set<String> NONE_WORDS = Set.of("无", "暂无", "没有", "none");

    private static final int YEAR_DIGITS = 4;
    private static final int MAX_PARSED_TEXT_LENGTH = 60;
    private static final int MAX_CODE_LENGTH = 200;
    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);

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
        var narrow = toNarrow(strip(text));
        return YEAR_PATTERN.matcher(narrow).lookingAt() ? Integer.valueOf(narrow.substring(0, YEAR_DIGITS)) : null;
    }

    /**
     * Parses a calendar year with its word: {@code 2025年}, {@code 2025 年度}. A school year ({@code 2025学年}) lies in
     * two calendar years: the result is null.
     */
    static @Nullable Integer parseWholeYear(String text) {
        if (text.length() > MAX_PARSED_TEXT_LENGTH) {
            return null;
        }
        var found = WHOLE_YEAR_PATTERN.matcher(fold(text));
        return found.matches() ? Integer.valueOf(found.group(1)) : null;
    }

    /**
     * Parses {@code 2019-09-01}, {@code 2019/9/1}, {@code 2019.9.1}, {@code 2019年9月1日}, {@code 20190901}, perhaps
     * with blanks around the separators, and perhaps followed by midnight.
     */
    public static @Nullable LocalDate parseDate(String text) {
        var strict = StrictTextParser.parseDate(text);
        if (strict != null || text.length() > MAX_PARSED_TEXT_LENGTH) {
            return strict;
        }
        var narrow = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var found = DATE_PATTERN.matcher(BLANKS_IN_DATE.matcher(narrow).replaceAll("$1"));
        if (!found.matches()) {
            return null;
        }
        int form = found.group(3) != null ? 3 : found.group(5) != null ? 5 : 7;
        var month = found.group(form);
        var day = found.group(form + 1);
        return StrictTextParser.parseDate(found.group(1) + "-" + padToTwoDigits(month) + "-" + padToTwoDigits(day));
    }

    /** Returns whether the text is a year, or a month of a year, without a day: {@code 2019年9月}, {@code 2019/9}. */
    static boolean isMonth(String text) {
        return text.length() <= MAX_PARSED_TEXT_LENGTH
                && MONTH_PATTERN.matcher(fold(text)).matches();
    }

    /**
     * Parses {@code 1234}, {@code 1,234}, {@code 1 234}, {@code 12.0}, {@code 1.2万}, {@code 120人}, {@code 90天}, {@code
     * 3级}, {@code HSK3}. The result is a whole number, or null.
     */
    static @Nullable Long parseInteger(String text) {
        var strict = StrictTextParser.parseInteger(text);
        if (strict != null || text.length() > MAX_PARSED_TEXT_LENGTH) {
            return strict;
        }
        var found = INTEGER_PATTERN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        if (!found.matches()) {
            return null;
        }
        var digits = GROUP_MARKS.matcher(found.group(2)).replaceAll("");
        var number = new BigDecimal(digits + (found.group(3) == null ? "" : "." + found.group(3)));
        try {
            long exact = (found.group(4) == null ? number : number.multiply(TEN_THOUSAND)).longValueExact();
            return found.group(1).equals("-") ? -exact : exact;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** Returns whether the text is a word for none, which means 0, no, or no value. */
    public static boolean isNoneWord(String text) {
        return text.length() <= MAX_PARSED_TEXT_LENGTH && NONE_WORDS.contains(fold(text));
    }

    /** Parses yes and no as people write and tick them: {@code 是}, {@code 有}, {@code √}, {@code 1}. */
    static @Nullable Boolean parseFlag(String text) {
        return switch (text.length() > MAX_PARSED_TEXT_LENGTH ? "" : fold(text)) {
            case "true", "yes", "y", "是", "有", "对", "1", "√", "✓", "✔", "☑" -> true;
            case "false", "no", "n", "否", "无", "没有", "不是", "0", "×", "✗", "✘", "✕", "❌" -> false;
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
