package org.voyage.kit.input;

import java.util.regex.Pattern;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameDetector;
import org.voyage.kit.privacy.RepeatedInputValues;

/**
 * Filter of the values that may be repeated about a record of persons. If cells have shifted, a wrong value may be a
 * name.
 */
public final class PersonalValueFilter {

    /** A country code, a short number, a college code, a value of a flag, or a word or mark in place of a value. */
    private static final Pattern HARMLESS_VALUE =
            Pattern.compile("[A-Z]{2,3}|[0-9]{1,4}|41[0-9]{8}|是|否|无|暂无|同上|至今|在读|在校|[\\p{P}\\p{S}]{1,3}");
    /** Form of a property name; names of persons have capitals or blanks. */
    private static final Pattern PROPERTY_NAME = Pattern.compile("[a-z][A-Za-z]+");
    /** Minimum number of digits of a date of birth or of a passport number without letters. */
    private static final int MIN_PERSONAL_DIGITS = 6;

    private PersonalValueFilter() {}

    public static boolean isHarmless(String value) {
        return HARMLESS_VALUE.matcher(CellTextParser.strip(value)).matches();
    }

    /**
     * Returns whether a value in a field where it is wrong may be about a person: a name, the number of a document, or
     * six digits and more, which may be a date of birth.
     *
     * @param strict whether the file has columns of names; then any short Chinese text may be one of them
     */
    public static boolean mayBePersonal(String value, boolean strict) {
        var text = CellTextParser.strip(value);
        return !isHarmless(text)
                && (text.codePoints().filter(Character::isDigit).count() >= MIN_PERSONAL_DIGITS
                        || DocumentNumberDetector.mayContainDocument(text)
                        || PersonalNameDetector.mayBeMisplacedName(text, strict));
    }

    public static boolean isProperty(String name) {
        return PROPERTY_NAME.matcher(name).matches();
    }

    /** Returns the text without quoted values that may be personal. */
    public static String redact(String text) {
        return RepeatedInputValues.redactValues(text, quoted -> !isHarmless(quoted));
    }
}
