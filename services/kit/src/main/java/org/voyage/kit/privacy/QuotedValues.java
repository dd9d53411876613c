package org.voyage.kit.privacy;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.kit.input.TextFormat;

/** The values that findings repeat: they stand in quotes, in which {@link TextFormat#shortenText} leaves no other quotes. */
public final class QuotedValues {
    /** Stands where a value is not repeated. */
    public static final String REDACTED = "***";

    private static final Pattern QUOTED_VALUE = Pattern.compile("\"([^\"]*)\"|“([^”]*)”");

    private QuotedValues() {}

    /** The text without those of its values that are to be hidden. */
    public static String redactValues(String text, Predicate<String> hidden) {
        return QUOTED_VALUE.matcher(text).replaceAll(found -> {
            String quoted = found.group();
            String value = quoted.substring(1, quoted.length() - 1);
            return Matcher.quoteReplacement(
                    hidden.test(value) ? quoted.charAt(0) + REDACTED + quoted.charAt(quoted.length() - 1) : quoted);
        });
    }

    /** The value that the text begins with; empty if it begins otherwise. */
    public static String firstQuoted(String text) {
        Matcher quoted = QUOTED_VALUE.matcher(text);
        return quoted.lookingAt() ? text.substring(1, quoted.end() - 1) : "";
    }
}
