package org.voyage.kit.web;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that findings repeat: they stand in quotes, in which {@link Shape#shorten} leaves no other quotes. */
public final class Quoted {
    /** Stands where a value is not repeated. */
    public static final String HIDDEN = "***";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|“([^”]*)”");

    private Quoted() {}

    /** The text without those of its values that are to be hidden. */
    public static String hiding(String text, Predicate<String> hidden) {
        return QUOTED.matcher(text).replaceAll(found -> {
            String quoted = found.group();
            String value = quoted.substring(1, quoted.length() - 1);
            return Matcher.quoteReplacement(
                    hidden.test(value) ? quoted.charAt(0) + HIDDEN + quoted.charAt(quoted.length() - 1) : quoted);
        });
    }

    /** The value that the text begins with; empty if it begins otherwise. */
    public static String first(String text) {
        Matcher quoted = QUOTED.matcher(text);
        return quoted.lookingAt() ? text.substring(1, quoted.end() - 1) : "";
    }
}
