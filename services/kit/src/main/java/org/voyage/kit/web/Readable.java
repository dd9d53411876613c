package org.voyage.kit.web;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether somebody can be read from a text, however it is written: what is personal must not stand in a key or reason. */
public final class Readable {

    /** Shorter names occur in any text. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_CHINESE = 2;
    /** Says by itself whose name it is. */
    private static final int LONG_WORD = 5;

    private Readable() {}

    /**
     * Whether the value can be read in the text; blanks, hyphens, case and width are none. Of a name in several words all of
     * them in any order, or a long one by itself.
     */
    public static boolean in(String text, @Nullable String value) {
        if (value == null) {
            return false;
        }
        String sought = plain(value);
        String found = plain(text);
        return isLongEnough(sought) && found.contains(sought)
                || !sought.isEmpty() && found.equals(sought)
                || inWords(words(text), words(value));
    }

    private static boolean inWords(Set<String> text, Set<String> name) {
        return name.size() > 1
                && (text.containsAll(name)
                        || name.stream().anyMatch(word -> word.length() >= LONG_WORD && text.contains(word)));
    }

    /** Those that have letters only: a number is nobody's name. */
    private static Set<String> words(String text) {
        return Arrays.stream(Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && word.chars().allMatch(Character::isLetter))
                .collect(Collectors.toSet());
    }

    /** Whether it says something where it is found. @param plain as {@link #plain} makes it */
    static boolean isLongEnough(String plain) {
        boolean ascii = plain.chars().allMatch(c -> c < 128);
        return plain.length() >= (ascii ? SHORTEST : SHORTEST_CHINESE);
    }

    /** Letters and digits only, in one case and width. */
    public static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
