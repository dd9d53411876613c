package org.voyage.kit.input;

import java.util.regex.Pattern;
import org.voyage.kit.privacy.QuotedValues;

/** What may be repeated of a record that says who somebody is: where its values have slipped, any of them may be a name. */
public final class PersonalValueFilter {

    /** A country's code, a short number, a college's code, what a flag may be. */
    private static final Pattern HARMLESS_VALUE = Pattern.compile("[A-Z]{2,3}|[0-9]{1,4}|41[0-9]{8}|是|否");
    /** Written as properties are; names of persons have capitals or blanks. */
    private static final Pattern PROPERTY_NAME = Pattern.compile("[a-z][A-Za-z]+");

    private PersonalValueFilter() {}

    public static boolean isHarmless(String value) {
        return HARMLESS_VALUE.matcher(CellTextParser.strip(value)).matches();
    }

    public static boolean isProperty(String name) {
        return PROPERTY_NAME.matcher(name).matches();
    }

    /** The text without those of its quoted values that may be somebody's. */
    public static String redact(String text) {
        return QuotedValues.redactValues(text, quoted -> !isHarmless(quoted));
    }
}
