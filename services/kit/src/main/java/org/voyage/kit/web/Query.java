package org.voyage.kit.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Query parameters that many resources share. Each is read from its text or refused as malformed; absent is null. */
public final class Query {
    public static final int LIMIT = 100;
    public static final int MAX_LIMIT = 1000;
    public static final int MOST_PARTS = 64;
    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2101-01-01T00:00:00Z");

    private Query() {}

    /** How many items a page has: 1 to {@value #MAX_LIMIT}, {@value #LIMIT} if nobody says. */
    public static int limit(@Nullable String text) {
        return (int) integer("limit", text, 1, MAX_LIMIT, LIMIT);
    }

    public static long integer(String name, @Nullable String text, long min, long max, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        var number = Texts.integer(text);
        if (number == null || number < min || number > max) {
            throw refused(
                    name,
                    "integer",
                    "Expected a whole number from " + min + " to " + max + ".",
                    "应为 " + min + " 至 " + max + " 之间的整数。");
        }
        return number;
    }

    /** A calendar year that records can be about. */
    public static @Nullable Integer year(String name, @Nullable String text) {
        return text == null ? null : (int) integer(name, text, FIRST_YEAR, LAST_YEAR, 0);
    }

    public static boolean flag(String name, @Nullable String text, boolean otherwise) {
        var flag = flag(name, text);
        return flag == null ? otherwise : flag;
    }

    public static @Nullable Boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "flag", "Expected true or false.", "应为 true 或 false。");
        };
    }

    /** A moment with its offset, {@code 2026-01-01T00:00:00Z}, of the years 1900 to 2100. */
    public static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            // A plus that nobody encoded arrives as a blank.
            var instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (!instant.isBefore(FIRST) && instant.isBefore(LAST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // refused below, like the years out of range
        }
        throw refused(
                name,
                "instant",
                "Expected a moment of the years 1900 to 2100 with its offset, such as 2026-01-01T00:00:00Z.",
                "应为 1900 至 2100 年间带时区的时刻，例如 2026-01-01T00:00:00Z。");
    }

    public static @Nullable LocalDate date(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var date = Texts.date(text);
        if (date == null) {
            throw new Refusal.Malformed(Texts.notDate("?" + name, text));
        }
        return date;
    }

    /** One of several disjoint parts of a whole that are read side by side. @param number from 1 */
    public record Part(int number, int of) {}

    /** A part, {@code 2/8}: of 1 to {@value #MOST_PARTS}. */
    public static @Nullable Part part(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var sides = text.split("/", -1);
        var number = sides.length == 2 ? Texts.integer(sides[0]) : null;
        var of = sides.length == 2 ? Texts.integer(sides[1]) : null;
        if (number == null || of == null || number < 1 || of < number || of > MOST_PARTS) {
            throw refused(
                    name,
                    "part",
                    "Expected a part such as 2/8, of 1 to " + MOST_PARTS + ".",
                    "应为形如 2/8 的分片，总数为 1 至 " + MOST_PARTS + "。");
        }
        return new Part(number.intValue(), of.intValue());
    }

    public static <E> @Nullable E code(String name, @Nullable String text, Codes<E> codes) {
        if (text == null) {
            return null;
        }
        var value = codes.find(text);
        if (value == null) {
            throw new Refusal.Malformed(codes.unknown("?" + name, text));
        }
        return value;
    }

    /** The code itself, if it is one of them. */
    public static <E> @Nullable String wire(String name, @Nullable String text, Codes<E> codes) {
        code(name, text, codes);
        return text;
    }

    public static @Nullable String text(String name, @Nullable String text, int max) {
        if (text == null) {
            return null;
        }
        var finding = Shape.upTo(max).check("?" + name, text);
        if (finding != null) {
            throw new Refusal.Malformed(finding);
        }
        return text;
    }

    private static Refusal.Malformed refused(String name, String rule, String detail, String detailZh) {
        return new Refusal.Malformed(Finding.query(name, rule, detail, detailZh));
    }
}
