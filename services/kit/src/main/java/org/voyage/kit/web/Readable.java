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
        boolean ascii = sought.chars().allMatch(c -> c < 128);
        return sought.length() >= (ascii ? SHORTEST : SHORTEST_CHINESE)
                && plain(text).contains(sought);
    }

    /** Letters and digits only, in one case and width. */
    public static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
