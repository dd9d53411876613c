package org.voyage.indicators.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.fact.CodeDictionary;

/**
 * Range of numbers in a numeric dimension: {@code 30}, {@code 0..89}, {@code 365..} or {@code ..364}, ends included, or
 * {@code unknown}.
 */
public record NumberRange(boolean isKnown, long minimum, long maximum) {

    private static final Pattern RANGE_PATTERN = Pattern.compile("(-?\\d{1,9})|(-?\\d{1,9})?\\.\\.(-?\\d{1,9})?");

    private static final Pattern NUMBER_PATTERN = Pattern.compile("-?\\d{1,18}");

    private static final NumberRange UNKNOWN = new NumberRange(false, 0, 0);

    public static NumberRange parse(String dimension, String text) {
        if (text.equals(CodeDictionary.ABSENT_TEXT)) {
            return UNKNOWN;
        }
        Matcher matcher = RANGE_PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw QueryRefusals.malformed(
                    dimension,
                    "number-range",
                    "It is a number (30) or a range of numbers (0..89, 365.., ..364).",
                    "应为数值（30）或数值范围（0..89、365..、..364）。");
        }
        if (matcher.group(1) != null) {
            return new NumberRange(true, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(1)));
        }
        long least = matcher.group(2) == null ? Long.MIN_VALUE : Long.parseLong(matcher.group(2));
        long most = matcher.group(3) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(3));
        if (least > most) {
            throw QueryRefusals.malformed(
                    dimension,
                    "number-range",
                    "The range " + text + " begins after its end; write " + most + ".." + least + ".",
                    "范围 " + text + " 的起点大于终点，应写作 " + most + ".." + least + "。");
        }
        return new NumberRange(true, least, most);
    }

    /**
     * Returns whether the range contains a code. A fact without a number is in no range; nor is a text code, if another
     * figure uses the dimension's name for texts.
     */
    boolean containsCode(String code) {
        if (!isKnown || code.equals(CodeDictionary.ABSENT_TEXT)) {
            return !isKnown && code.equals(CodeDictionary.ABSENT_TEXT);
        }
        if (!NUMBER_PATTERN.matcher(code).matches()) {
            return false;
        }
        long number = Long.parseLong(code);
        return minimum <= number && number <= maximum;
    }
}
