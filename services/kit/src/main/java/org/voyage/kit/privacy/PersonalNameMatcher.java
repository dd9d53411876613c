package org.voyage.kit.privacy;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Matcher of personal names in a text, in any spelling; a key or reason must not contain personal values. */
public final class PersonalNameMatcher {

    /** Minimum length of a name; shorter ones occur in any text. */
    private static final int MIN_NAME_LENGTH = 4;

    private static final int MIN_CHINESE_LENGTH = 2;
    /** Minimum length of a word that identifies a person by itself. */
    private static final int MIN_DISTINCTIVE_WORD_LENGTH = 5;

    private PersonalNameMatcher() {}

    /**
     * Returns whether the text contains the value; blanks, hyphens, case and width are ignored. A name in several words
     * matches with all words in any order, or with a long word alone.
     */
    public static boolean containsValue(String text, @Nullable String value) {
        if (value == null) {
            return false;
        }
        String sought = normalize(value);
        String found = normalize(text);
        return isLongEnough(sought) && found.contains(sought)
                || !sought.isEmpty() && found.equals(sought)
                || containsWords(wordsOf(text), wordsOf(value));
    }

    private static boolean containsWords(Set<String> text, Set<String> name) {
        return name.size() > 1
                && (text.containsAll(name)
                        || name.stream()
                                .anyMatch(word -> word.length() >= MIN_DISTINCTIVE_WORD_LENGTH && text.contains(word)));
    }

    /** Returns the words of letters only, because a number is no name. */
    private static Set<String> wordsOf(String text) {
        return Arrays.stream(Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && word.chars().allMatch(Character::isLetter))
                .collect(Collectors.toSet());
    }

    /** Returns whether a match of the text is significant. @param plain as {@link #normalize} makes it */
    public static boolean isLongEnough(String plain) {
        boolean ascii = plain.chars().allMatch(c -> c < 128);
        return plain.length() >= (ascii ? MIN_NAME_LENGTH : MIN_CHINESE_LENGTH);
    }

    /** Returns letters and digits only, in one case and width. */
    public static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
