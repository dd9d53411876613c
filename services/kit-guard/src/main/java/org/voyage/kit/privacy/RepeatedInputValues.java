package org.voyage.kit.privacy;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that findings repeat. They are in quotes, and {@code TextFormat#shortenText} leaves no other quotes inside.
 */
public final class RepeatedInputValues {
    /** Replaces a hidden value. */
    public static final String REDACTED = "***";

    private static final Pattern QUOTED_VALUE = Pattern.compile("\"([^\"]*)\"|“([^”]*)”");

    private RepeatedInputValues() {}

    /** Returns the text without the values that are to be hidden. */
    public static String redactValues(String text, Predicate<String> hidden) {
        return QUOTED_VALUE.matcher(text).replaceAll(found -> {
            String quoted = found.group();
            String value = quoted.substring(1, quoted.length() - 1);
            return Matcher.quoteReplacement(
                    hidden.test(value) ? quoted.charAt(0) + REDACTED + quoted.charAt(quoted.length() - 1) : quoted);
        });
    }

    /** Returns the value at the beginning of the text; empty if there is none. */
    public static String firstQuoted(String text) {
        Matcher quoted = QUOTED_VALUE.matcher(text);
        return quoted.lookingAt() ? text.substring(1, quoted.end() - 1) : "";
    }
}
