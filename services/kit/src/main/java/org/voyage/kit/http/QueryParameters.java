package org.voyage.kit.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.StrictTextParser;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Parser of query parameters that many resources share. Each method parses a text or refuses it as malformed; absent is
 * null.
 */
public final class QueryParameters {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;
    public static final int MAX_COLLECTION_PARTS = 64;
    /** Number of values that one parameter may have. */
    public static final int MAX_VALUES = 200;

    private static final int FIRST_YEAR = 1949;
    private static final int LAST_YEAR = 2100;
    private static final Instant FIRST_INSTANT = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END_OF_TIME = Instant.parse("2101-01-01T00:00:00Z");

    private QueryParameters() {}

    /** Parses the number of items of a page: 1 to {@value #MAX_LIMIT}, {@value #DEFAULT_LIMIT} by default. */
    public static int parseLimit(@Nullable String text) {
        return (int) parseInteger("limit", text, 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    public static long parseInteger(String name, @Nullable String text, long min, long max, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        var number = StrictTextParser.parseInteger(text);
        if (number == null || number < min || number > max) {
            throw refusedParameter(
                    name,
                    "integer",
                    "Expected a whole number from " + min + " to " + max + ".",
                    "应为 " + min + " 至 " + max + " 之间的整数。");
        }
        return number;
    }

    /** Parses a calendar year that records can have. */
    public static @Nullable Integer parseYear(String name, @Nullable String text) {
        return text == null ? null : (int) parseInteger(name, text, FIRST_YEAR, LAST_YEAR, 0);
    }

    public static boolean parseFlag(String name, @Nullable String text, boolean otherwise) {
        var flag = parseFlag(name, text);
        return flag == null ? otherwise : flag;
    }

    public static @Nullable Boolean parseFlag(String name, @Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw refusedParameter(name, "flag", "Expected true or false.", "应为 true 或 false。");
        };
    }

    /** Parses a point in time with its offset, {@code 2026-01-01T00:00:00Z}, of the years 1900 to 2100. */
    public static @Nullable Instant parseInstant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            // A plus without percent encoding arrives as a blank.
            var instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (!instant.isBefore(FIRST_INSTANT) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // refused below, like the years out of range
        }
        throw refusedParameter(
                name,
                "instant",
                "Expected a moment of the years 1900 to 2100 with its offset, such as 2026-01-01T00:00:00Z.",
                "应为 1900 至 2100 年间带时区的时刻，例如 2026-01-01T00:00:00Z。");
    }

    public static @Nullable LocalDate parseDate(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var date = StrictTextParser.parseDate(text);
        if (date == null) {
            throw new Refusal.Malformed(StrictTextParser.invalidDate("?" + name, text));
        }
        return date;
    }

    /** One of several disjoint parts of a list, for parallel reading. @param number from 1 */
    public record CollectionPart(int number, int of) {}

    /** Parses a part, {@code 2/8}: of 1 to {@value #MAX_COLLECTION_PARTS}. */
    public static @Nullable CollectionPart parsePart(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var sides = text.split("/", -1);
        var number = sides.length == 2 ? StrictTextParser.parseInteger(sides[0]) : null;
        var of = sides.length == 2 ? StrictTextParser.parseInteger(sides[1]) : null;
        if (number == null || of == null || number < 1 || of < number || of > MAX_COLLECTION_PARTS) {
            throw refusedParameter(
                    name,
                    "part",
                    "Expected a part such as 2/8, of 1 to " + MAX_COLLECTION_PARTS + ".",
                    "应为形如 2/8 的分片，总数为 1 至 " + MAX_COLLECTION_PARTS + "。");
        }
        return new CollectionPart(number.intValue(), of.intValue());
    }

    public static <E> @Nullable E parseCode(String name, @Nullable String text, CodeSet<E> codes) {
        if (text == null) {
            return null;
        }
        var value = codes.find(text);
        if (value == null) {
            throw new Refusal.Malformed(codes.unknownCode("?" + name, text));
        }
        return value;
    }

    /** Returns the code itself, if it is one of the codes. */
    public static <E> @Nullable String parseEnum(String name, @Nullable String text, CodeSet<E> codes) {
        parseCode(name, text, codes);
        return text;
    }

    /**
     * Parses a parameter with several values, separated by commas or by repetition of the parameter.
     *
     * @return the different values in their order; empty if the parameter is absent
     */
    public static Set<String> parseValues(String name, List<String> texts) {
        var values = new LinkedHashSet<String>();
        for (String text : texts) {
            for (String value : text.split(",", -1)) {
                if (value.isBlank()) {
                    throw refusedParameter(name, "empty", "It has an empty value.", "参数值不能为空。");
                }
                values.add(value);
            }
        }
        if (values.size() > MAX_VALUES) {
            throw refusedParameter(
                    name,
                    "too-many-values",
                    "It has more than " + MAX_VALUES + " values.",
                    "参数值超过 " + MAX_VALUES + " 个。");
        }
        return values;
    }

    public static @Nullable String parseText(String name, @Nullable String text, int max) {
        if (text == null) {
            return null;
        }
        var finding = TextFormat.upTo(max).findProblem("?" + name, text);
        if (finding != null) {
            throw new Refusal.Malformed(finding);
        }
        return text;
    }

    private static Refusal.Malformed refusedParameter(String name, String rule, String detail, String detailZh) {
        return new Refusal.Malformed(Finding.query(name, rule, detail, detailZh));
    }
}
