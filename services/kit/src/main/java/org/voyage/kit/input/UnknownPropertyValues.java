package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.kit.privacy.PersonalNameMatcher;

/**
 * Values of unknown properties. A value may be about a person, whatever the name of its property, so it is not repeated
 * if it also occurs in a known one.
 */
final class UnknownPropertyValues {

    /** Maximum number of values that are compared one by one. */
    private static final int MAX_VALUES = 200;

    /** Form of property names; a person's name may look different. */
    private static final Pattern PROPERTY_NAME = Pattern.compile("[a-z][A-Za-z]*(?:[_-][A-Za-z]+)*[0-9]{0,2}");

    private static final int MAX_NAME_LENGTH = 40;

    /** Maximum length of a value; a longer one does not fit into a finding. */
    static final int MAX_VALUE_LENGTH = 400;

    /** Values in the form of findings. */
    private final Set<String> shown = new HashSet<>();
    /** Values in the form of the search. */
    private final Set<String> sought = new HashSet<>();

    /** Adds every text and number in a property, at any depth. */
    void addValues(JsonNode value) {
        if (value.isValueNode()) {
            if (shown.size() <= MAX_VALUES && !value.isNull() && !value.isBoolean()) {
                String text = value.asText();
                shown.add(TextFormat.shortenText(text));
                String plain = text.length() > MAX_VALUE_LENGTH ? "" : PersonalNameMatcher.normalize(text);
                if (PersonalNameMatcher.isLongEnough(plain)) {
                    sought.add(plain);
                }
            }
        } else {
            value.forEach(this::addValues);
        }
    }

    boolean isEmpty() {
        return shown.isEmpty();
    }

    /** Returns whether the text contains one of the values. */
    boolean occursIn(String text) {
        if (shown.size() > MAX_VALUES || shown.contains(text)) {
            return true;
        }
        String plain = sought.isEmpty() ? "" : PersonalNameMatcher.normalize(text);
        return sought.stream().anyMatch(plain::contains);
    }

    /** Returns whether the text has the form of a property name. */
    static boolean isPropertyName(String property) {
        return property.length() > MAX_NAME_LENGTH
                || !PROPERTY_NAME.matcher(property).matches();
    }
}
