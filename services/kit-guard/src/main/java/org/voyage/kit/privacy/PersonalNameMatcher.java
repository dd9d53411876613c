package org.voyage.kit.privacy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Matcher of personal names in a text, in any spelling; a key or reason must not contain personal values. */
public final class PersonalNameMatcher {

    /** Minimum length of a name; shorter ones occur in any text. */
    private static final int MIN_NAME_LENGTH = 4;

    private static final int MIN_CHINESE_LENGTH = 2;
    private static final int MAX_CHINESE_LENGTH = 4;
    private static final int MAX_EXCHANGED_WORDS = 4;
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
                || containsWords(wordsOf(text), wordsOf(value))
                || isLongEnough(sought) && containsExchanged(found, value, sought);
    }

    /** Returns whether the text contains the name with its words, or surname and given name, exchanged. */
    private static boolean containsExchanged(String found, String value, String sought) {
        if (sought.codePoints().allMatch(Character::isIdeographic)) {
            return sought.length() <= MAX_CHINESE_LENGTH
                    && (found.contains(sought.substring(1) + sought.charAt(0))
                            || sought.length() > MIN_CHINESE_LENGTH
                                    && found.contains(sought.substring(2) + sought.substring(0, 2)));
        }
        List<String> words = Arrays.stream(value.split("[^\\p{L}\\p{N}]+"))
                .map(PersonalNameMatcher::normalize)
                .filter(word -> !word.isEmpty())
                .toList();
        return words.size() > 1 && words.size() <= MAX_EXCHANGED_WORDS && containsInAnyOrder(found, "", words);
    }

    private static boolean containsInAnyOrder(String found, String begun, List<String> rest) {
        if (rest.isEmpty()) {
            return found.contains(begun);
        }
        for (int i = 0; i < rest.size(); i++) {
            List<String> others = new ArrayList<>(rest);
            String next = begun + others.remove(i);
            if (found.contains(next) && containsInAnyOrder(found, next, others)) {
                return true;
            }
        }
        return false;
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
