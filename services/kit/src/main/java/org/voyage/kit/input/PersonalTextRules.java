package org.voyage.kit.input;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameDetector;
import org.voyage.kit.problem.Finding;

/**
 * Rules that keep persons out of keys and texts, which events, lists and logs show. Records about persons have stricter
 * rules than records about institutions. No finding repeats the text.
 */
public final class PersonalTextRules {

    private static final Pattern NAME_BREAKS = Pattern.compile("[^\\p{L}]+");

    private PersonalTextRules() {}

    /**
     * Returns the finding about a key that looks like the name of a person or the number of a document; null if it may
     * be used.
     *
     * @param ofPersons whether the record is about persons. Then letters alone are a name, and a number directly after
     *     one to three letters is a passport number unless it begins with a year or with zeros
     */
    public static @Nullable Finding checkKey(String pointer, String key, boolean ofPersons) {
        if (ofPersons ? DocumentNumberDetector.mayContainDocument(key) : DocumentNumberDetector.containsDocument(key)) {
            return new Finding(
                    pointer,
                    "key-like-document",
                    "The key of a record must not be or contain the number of an identity document; if it is your own"
                            + " number, write a hyphen between its letters and digits.",
                    "记录编号不得为或包含护照、身份证等证件号码；如确为本系统编号，请在字母与数字之间加连字符。");
        }
        if (ofPersons ? PersonalNameDetector.mayBeName(key) : PersonalNameDetector.isName(key)) {
            return new Finding(
                    pointer,
                    "key-like-name",
                    "The key of a record must not be or contain the name of a person; a key has a number.",
                    "记录编号不得为或包含人员姓名，应使用带数字的编号。");
        }
        return null;
    }

    /** Returns the finding about a text of a record that contains the number of a document; null if there is none. */
    static @Nullable Finding checkText(String pointer, String text) {
        return checkText(pointer, text, false);
    }

    /**
     * Returns the finding about a text that contains the number of a document; null if there is none.
     *
     * @param ofPersons whether numbers that may be a passport number count, too
     */
    public static @Nullable Finding checkText(String pointer, String text, boolean ofPersons) {
        boolean personal = ofPersons
                ? DocumentNumberDetector.mayContainDocument(text)
                : DocumentNumberDetector.containsDocument(text);
        return personal
                ? new Finding(
                        pointer,
                        "document-in-text",
                        "The text contains the number of an identity document, and everybody would read it.",
                        "文本含有证件号码，会被公开，请删除。")
                : null;
    }

    /**
     * Returns whether the name of a file may name a person or a document.
     *
     * @param ofPersons whether the file has records about persons. Then Latin words without a digit count, too
     */
    public static boolean mayNamePerson(String fileName, boolean ofPersons) {
        var base = fileName.replaceFirst("[.][A-Za-z0-9]{1,6}$", "");
        return DocumentNumberDetector.mayContainDocument(base)
                || NAME_BREAKS.splitAsStream(base).anyMatch(PersonalNameDetector::isName)
                || PersonalNameDetector.isName(base)
                || ofPersons && PersonalNameDetector.mayBeMisplacedName(base, false);
    }

    /**
     * Returns whether a key of an unknown request may be shown: a code with a digit, without blanks, that looks like no
     * name and no document.
     */
    public static boolean isPlainKey(String key) {
        return SourceId.findProblem("", key) == null
                && key.codePoints().anyMatch(Character::isDigit)
                && key.codePoints().noneMatch(Character::isWhitespace)
                && checkKey("", key, true) == null;
    }
}
