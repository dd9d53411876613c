package org.voyage.kit.input;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/** Parser of dates and whole numbers from text, each in the one form that is allowed. */
public final class StrictTextParser {
    static final int FIRST_YEAR = 1900;
    static final int LAST_YEAR = 2100;

    private StrictTextParser() {}

    /** Returns the date of {@code 2024-02-29}, or null if the text is no such date of the years 1900 to 2100. */
    static @Nullable public LocalDate parseDate(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = parseDigits(text, 0, 4);
        int month = parseDigits(text, 5, 7);
        int day = parseDigits(text, 8, 10);
        if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || day < 1) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    public static Finding invalidDate(String pointer, String text) {
        if (CellTextParser.isMonth(text)) {
            return new Finding(
                    pointer,
                    "date",
                    "\"" + TextFormat.shortenText(text) + "\" has no day: add it, as in 2024-02-29.",
                    "“" + TextFormat.shortenText(text) + "”缺少具体日期：请补充到日，格式如 2024-02-29。");
        }
        return new Finding(
                pointer,
                "date",
                "\"" + TextFormat.shortenText(text)
                        + "\" is not a date: expected a day that exists, written 2024-02-29, of the years 1900 to 2100.",
                "“" + TextFormat.shortenText(text) + "”不是有效日期：应为 1900 至 2100 年间真实存在的日期，格式如 2024-02-29。");
    }

    /** Returns the whole number of the digits (with an optional minus), or null if the text is no number of 64 bits. */
    static @Nullable public Long parseInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() == start || text.length() > 19) {
            return null;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static int parseDigits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
