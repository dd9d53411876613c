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

    /** A longer one cannot stand in what is repeated. */
    static final int LONGEST = 400;

    /** As they are repeated. */
    private final Set<String> shown = new HashSet<>();
    /** As they are looked for. */
    private final Set<String> sought = new HashSet<>();

    /** Takes note of every text and number in a property, however deep. */
    void add(JsonNode value) {
        if (value.isValueNode()) {
            if (shown.size() <= MOST && !value.isNull() && !value.isBoolean()) {
                String text = value.asText();
                shown.add(Shape.shorten(text));
                String plain = text.length() > LONGEST ? "" : Readable.plain(text);
                if (Readable.isLongEnough(plain)) {
                    sought.add(plain);
                }
            }
        } else {
            value.forEach(this::add);
        }
    }

    boolean isEmpty() {
        return shown.isEmpty();
    }

    /** Whether one of them can be read from the text. */
    boolean in(String text) {
        if (shown.size() > MOST || shown.contains(text)) {
            return true;
        }
        String plain = sought.isEmpty() ? "" : Readable.plain(text);
        return sought.stream().anyMatch(plain::contains);
    }

    /** Whether a property is called as a value may be. */
    static boolean named(String property) {
        return property.length() > LONGEST_NAME || !NAME.matcher(property).matches();
    }
}
