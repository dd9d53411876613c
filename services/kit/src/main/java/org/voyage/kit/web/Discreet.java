package org.voyage.kit.web;

import java.util.regex.Pattern;

/** What may be repeated of a record that says who somebody is: where its values have slipped, any of them may be a name. */
public final class Discreet {

    /** A country's code, a short number, a college's code, what a flag may be. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Z]{2,3}|[0-9]{1,4}|41[0-9]{8}|是|否");
    /** Written as properties are; names of persons have capitals or blanks. */
    private static final Pattern PROPERTY = Pattern.compile("[a-z][A-Za-z]+");

    private Discreet() {}

    public static boolean isHarmless(String value) {
        return HARMLESS.matcher(CellText.strip(value)).matches();
    }

    public static boolean isProperty(String name) {
        return PROPERTY.matcher(name).matches();
    }

    /** The text without those of its quoted values that may be somebody's. */
    public static String hiding(String text) {
        return Quoted.hiding(text, quoted -> !isHarmless(quoted));
    }
}
