package org.voyage.kit.web;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether somebody can be read from a text, however it is written: what is personal must not stand in a key or reason. */
public final class Readable {

    /** Shorter names occur in any text. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_CHINESE = 2;

    private Readable() {}

    /** Whether the value can be read in the text; blanks, hyphens, case and width are none. */
    public static boolean in(String text, @Nullable String value) {
        if (value == null) {
            return false;
        }
        String sought = plain(value);
        return isLongEnough(sought) && plain(text).contains(sought);
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
