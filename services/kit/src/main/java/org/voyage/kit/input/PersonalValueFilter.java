package org.voyage.kit.input;

import java.util.regex.Pattern;
import org.voyage.kit.privacy.QuotedValues;

/**
 * Filter of the values that may be repeated about a record with personal fields. If cells have shifted, any other value
 * may be a name.
 */
public final class PersonalValueFilter {

    /** A country code, a short number, a college code, or a value of a flag. */
    private static final Pattern HARMLESS_VALUE = Pattern.compile("[A-Z]{2,3}|[0-9]{1,4}|41[0-9]{8}|是|否");
    /** Form of a property name; names of persons have capitals or blanks. */
    private static final Pattern PROPERTY_NAME = Pattern.compile("[a-z][A-Za-z]+");

    private PersonalValueFilter() {}

    public static boolean isHarmless(String value) {
        return HARMLESS_VALUE.matcher(CellTextParser.strip(value)).matches();
    }

    public static boolean isProperty(String name) {
        return PROPERTY_NAME.matcher(name).matches();
    }

    /** Returns the text without quoted values that may be personal. */
    public static String redact(String text) {
        return QuotedValues.redactValues(text, quoted -> !isHarmless(quoted));
    }
}
