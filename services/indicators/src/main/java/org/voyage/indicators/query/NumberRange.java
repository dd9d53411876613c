package org.voyage.indicators.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.intake.Dictionary;

/**
 * Codes of a dimension that holds numbers: {@code 30}, {@code 0..89}, {@code 365..} or {@code ..364}, ends included, or
 * {@code unknown}.
 */
record NumberRange(boolean known, long least, long most) {

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,9})|(-?\\d{1,9})?\\.\\.(-?\\d{1,9})?");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final NumberRange UNKNOWN = new NumberRange(false, 0, 0);

    static NumberRange read(String dimension, String text) {
        if (text.equals(Dictionary.ABSENT_TEXT)) {
            return UNKNOWN;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Wrong.of(
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
            throw Wrong.of(
                    dimension,
                    "number-range",
                    "The range " + text + " begins after its end; write " + most + ".." + least + ".",
                    "范围 " + text + " 的起点大于终点，应写作 " + most + ".." + least + "。");
        }
        return new NumberRange(true, least, most);
    }

    /** A fact without a number is in no range; nor is what a dimension of this name holds in another figure. */
    boolean holds(String code) {
        if (!known || code.equals(Dictionary.ABSENT_TEXT)) {
            return !known && code.equals(Dictionary.ABSENT_TEXT);
        }
        if (!NUMBER.matcher(code).matches()) {
            return false;
        }
        long number = Long.parseLong(code);
        return least <= number && number <= most;
    }
}
