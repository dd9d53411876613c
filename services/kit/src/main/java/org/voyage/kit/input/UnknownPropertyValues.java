package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.kit.privacy.PersonalNameMatcher;

/**
 * What stands in properties that nobody knows. It may be about a person, whatever the property is called, so it is not
 * repeated where it stands in a known one, too.
 */
final class UnknownPropertyValues {

    /** More are not compared one by one. */
    private static final int MAX_VALUES = 200;

    /** Names of properties; a person's may look otherwise. */
    private static final Pattern PROPERTY_NAME = Pattern.compile("[a-z][A-Za-z]*(?:[_-][A-Za-z]+)*[0-9]{0,2}");

    private static final int MAX_NAME_LENGTH = 40;

    /** A longer one cannot stand in what is repeated. */
    static final int MAX_VALUE_LENGTH = 400;

    /** As they are repeated. */
    private final Set<String> shown = new HashSet<>();
    /** As they are looked for. */
    private final Set<String> sought = new HashSet<>();

    /** Takes note of every text and number in a property, however deep. */
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

    /** Whether one of them can be read from the text. */
    boolean occursIn(String text) {
        if (shown.size() > MAX_VALUES || shown.contains(text)) {
            return true;
        }
        String plain = sought.isEmpty() ? "" : PersonalNameMatcher.normalize(text);
        return sought.stream().anyMatch(plain::contains);
    }

    /** Whether a property is called as a value may be. */
    static boolean isPropertyName(String property) {
        return property.length() > MAX_NAME_LENGTH
                || !PROPERTY_NAME.matcher(property).matches();
    }
}
