package org.voyage.kit.privacy;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Detector of the numbers of identity documents in a text: resident identity cards (also of Hong Kong, Macao, Taiwan
 * and of foreigners), passports and travel permits. It knows no number; it decides by form and check digit.
 */
public final class DocumentNumberDetector {

    private static final int MIN_DOCUMENT_DIGITS = 6;
    private static final int IDENTITY_DIGITS = 17;
    private static final int MIN_HOLDER_AGE_YEARS = 10;
    private static final int FIRST_BIRTH_YEAR = 1900;
    private static final int[] CHECK_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";

    private static final Pattern IDENTITY_NUMBER = Pattern.compile("(?<![0-9])[1-9][0-9]{16}[0-9X](?![0-9])");
    private static final Pattern SPACES_AND_HYPHENS = Pattern.compile("[\\s\\p{Zs}\\p{Pd}]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Zs}]");
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Z0-9()]+");
    /** The word for a document and a number of at least five digits after it. */
    private static final Pattern WORD_AND_NUMBER =
            Pattern.compile("(?:护照|身份证|通行证|居住证|证件号|PASSPORT)[^0-9]{0,12}[0-9](?:[\\s-]?[0-9]){4}");

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9A-F]{8}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{12}");
    /** Letters and digits of a passport, of a permit (H12345678) or of an identity card of Hong Kong or Taiwan. */
    private static final Pattern LETTERS_AND_DIGITS =
            Pattern.compile("(?<letters>[A-Z]{1,3})(?<digits>[0-9]{6,10})(?:[A-Z]{1,2}|\\([0-9A]\\))?");
    /** Passports with letters among the digits, of France and Korea. */
    private static final Pattern LETTERS_AMONG_DIGITS =
            Pattern.compile("[0-9]{2}[A-Z]{2}[0-9]{5}|[A-Z][0-9]{3}[A-Z][0-9]{4}");
    /** A year with a serial number, or a serial number with zeros in front: the number of a school's own system. */
    private static final Pattern SERIAL_NUMBER = Pattern.compile("(?:19[5-9]|20[0-4])[0-9]{3,}|000[0-9]+");
    /** A year of two digits with a serial number of four. */
    private static final Pattern SHORT_SERIAL_NUMBER = Pattern.compile("[0-2][0-9][0-9]{4}");

    private DocumentNumberDetector() {}

    /**
     * Returns whether the text contains the number of a document beyond doubt: an identity number with its date of
     * birth and check digit, or any number after the name of a document.
     */
    public static boolean containsDocument(String text) {
        return countDigits(text) >= MIN_DOCUMENT_DIGITS - 1 && containsCertain(normalize(text));
    }

    /**
     * Returns whether the text may contain the number of a document. A passport number cannot be distinguished from any
     * number after one to three letters, so such a number counts unless it begins with a year or with zeros. A hyphen
     * between letters and digits, or among the digits, makes it a number of a system. Digits alone are a student number.
     */
    public static boolean mayContainDocument(String text) {
        if (countDigits(text) < MIN_DOCUMENT_DIGITS - 1) {
            return false;
        }
        String plain = normalize(text);
        return containsCertain(plain)
                || containsPassport(UUID_TEXT.matcher(plain).replaceAll(" "));
    }

    private static boolean containsCertain(String plain) {
        return containsIdentityNumber(plain)
                || containsIdentityNumber(SPACES_AND_HYPHENS.matcher(plain).replaceAll(""))
                || WORD_AND_NUMBER.matcher(plain).find();
    }

    private static boolean containsIdentityNumber(String plain) {
        if (plain.length() <= IDENTITY_DIGITS) {
            return false;
        }
        var found = IDENTITY_NUMBER.matcher(plain);
        for (int from = 0; found.find(from); from = found.start() + 1) {
            if (isIdentityNumber(found.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIdentityNumber(String number) {
        int sum = 0;
        for (int i = 0; i < IDENTITY_DIGITS; i++) {
            sum += (number.charAt(i) - '0') * CHECK_WEIGHTS[i];
        }
        return CHECK_DIGITS.charAt(sum % CHECK_DIGITS.length()) == number.charAt(IDENTITY_DIGITS)
                && isBirthDate(number.substring(6, 14));
    }

    private static boolean isBirthDate(String digits) {
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6)));
            return day.getYear() >= FIRST_BIRTH_YEAR
                    && day.isBefore(LocalDate.now(ZoneOffset.UTC).minusYears(MIN_HOLDER_AGE_YEARS));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean containsPassport(String plain) {
        return isPassport(SPACES.matcher(plain).replaceAll(""))
                || SEPARATORS.splitAsStream(plain).anyMatch(DocumentNumberDetector::isPassport);
    }

    private static boolean isPassport(String token) {
        if (LETTERS_AMONG_DIGITS.matcher(token).matches()) {
            return true;
        }
        var form = LETTERS_AND_DIGITS.matcher(token);
        if (!form.matches()) {
            // A short prefix and a number in groups: S-XQZ 771 9345.
            int hyphen = token.lastIndexOf('-');
            return hyphen >= 0 && isPassport(token.substring(hyphen + 1));
        }
        String digits = form.group("digits");
        return !SERIAL_NUMBER.matcher(digits).matches()
                && !(form.group("letters").length() > 1
                        && SHORT_SERIAL_NUMBER.matcher(digits).matches());
    }

    private static int countDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return digits;
    }

    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    }
}
