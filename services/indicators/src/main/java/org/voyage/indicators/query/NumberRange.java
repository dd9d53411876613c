package org.voyage.indicators.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.intake.Dictionary;

/**
 * Codes of a dimension that holds numbers: {@code 30}, {@code 0..89}, {@code 365..} or {@code ..364}, ends included, or
 * {@code unknown}.
 */
record NumberRange(long least, long most) {

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,9})|(-?\\d{1,9})?\\.\\.(-?\\d{1,9})?");

    private static final NumberRange UNKNOWN = new NumberRange(1, 0);

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
            return new NumberRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(1)));
        }
        String least = matcher.group(2);
        String most = matcher.group(3);
        return new NumberRange(
                least == null ? Long.MIN_VALUE : Long.parseLong(least),
                most == null ? Long.MAX_VALUE : Long.parseLong(most));
    }

    /** A fact without a number is in no range. */
    boolean holds(String code) {
        if (code.equals(Dictionary.ABSENT_TEXT)) {
            return equals(UNKNOWN);
        }
        long number = Long.parseLong(code);
        return least <= number && number <= most;
    }
}
