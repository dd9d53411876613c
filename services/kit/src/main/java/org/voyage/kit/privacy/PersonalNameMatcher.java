package org.voyage.kit.privacy;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether somebody can be read from a text, however it is written: what is personal must not stand in a key or reason. */
public final class PersonalNameMatcher {

    /** Shorter names occur in any text. */
    private static final int MIN_LENGTH = 4;

    private static final int MIN_CHINESE_LENGTH = 2;
    /** Says by itself whose name it is. */
    private static final int MIN_DISTINCTIVE_WORD_LENGTH = 5;

    private PersonalNameMatcher() {}

    /**
     * Whether the value can be read in the text; blanks, hyphens, case and width are none. Of a name in several words all of
     * them in any order, or a long one by itself.
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

    /** Those that have letters only: a number is nobody's name. */
    private static Set<String> wordsOf(String text) {
        return Arrays.stream(Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && word.chars().allMatch(Character::isLetter))
                .collect(Collectors.toSet());
    }

    /** Whether it says something where it is found. @param plain as {@link #normalize} makes it */
    public static boolean isLongEnough(String plain) {
        boolean ascii = plain.chars().allMatch(c -> c < 128);
        return plain.length() >= (ascii ? MIN_LENGTH : MIN_CHINESE_LENGTH);
    }

    /** Letters and digits only, in one case and width. */
    public static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
