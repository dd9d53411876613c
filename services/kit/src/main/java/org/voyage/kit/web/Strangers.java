package org.voyage.kit.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands in properties that nobody knows. It may be about a person, whatever the property is called, so it is not
 * repeated where it stands in a known one, too.
 */
final class Strangers {

    /** More are not compared one by one. */
    private static final int MOST = 200;

    /** Names of properties; a person's may look otherwise. */
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z]*(?:[_-][A-Za-z]+)*[0-9]{0,2}");

    private static final int LONGEST_NAME = 40;

    private final Set<String> values = new HashSet<>();

    /** Takes note of every text and number in a property, however deep. */
    void add(JsonNode value) {
        if (value.isValueNode()) {
            if (values.size() <= MOST && !value.isNull() && !value.isBoolean()) {
                values.add(value.asText());
            }
        } else {
            value.forEach(this::add);
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether one of them can be read from the text. */
    boolean in(String text) {
        return values.size() > MOST
                || values.stream().anyMatch(value -> Readable.in(text, value) || text.equals(Shape.shorten(value)));
    }

    /** Whether a property is called as a value may be. */
    static boolean named(String property) {
        return property.length() > LONGEST_NAME || !NAME.matcher(property).matches();
    }
}
