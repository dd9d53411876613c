package org.voyage.kit.input;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finder of the known word that is nearest to a mistyped one ("did you mean"). */
public final class DidYouMean {
    private static final int MAX_WORD_LENGTH = 64;
    private static final int MIN_PART_LENGTH = 5;

    private DidYouMean() {}

    /** Returns the nearest candidate, or null when none is near enough. */
    public static @Nullable String findNearest(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > MAX_WORD_LENGTH) {
            return null;
        }
        var wanted = foldWord(word);
        int best = maxDistance(wanted) + 1;
        @Nullable String nearest = null;
        for (var candidate : candidates) {
            var folded = foldWord(candidate);
            if (Math.abs(folded.length() - wanted.length()) >= best) {
                continue;
            }
            int distance = editDistance(wanted, folded);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /**
     * Returns the only candidate that a person may have meant. A candidate qualifies if its name is abbreviated (印尼),
     * contains the word or is part of it (台湾, 俄罗斯联邦); otherwise the nearest one qualifies. Null when there is none, or
     * several are equally near.
     *
     * @param word folded like the names
     */
    public static <T> @Nullable T findOnlyMatch(
            String word, Collection<T> candidates, Function<T, List<String>> names) {
        if (word.isEmpty() || word.length() > MAX_WORD_LENGTH) {
            return null;
        }
        List<T> cut = candidates.stream()
                .filter(candidate -> names.apply(candidate).stream().anyMatch(name -> isAbbreviationOf(word, name)))
                .toList();
        if (cut.size() == 1) {
            return cut.getFirst();
        }
        List<T> within = candidates.stream()
                .filter(candidate -> names.apply(candidate).stream().anyMatch(name -> isPartOf(word, name)))
                .toList();
        if (within.size() == 1) {
            return within.getFirst();
        }
        // Of two characters one is half: 中国 is not 泰国 mistyped.
        int reach = word.length() < 3 ? 0 : maxDistance(word);
        int best = reach + 1;
        @Nullable T nearest = null;
        for (T candidate : candidates) {
            int distance = names.apply(candidate).stream()
                    .filter(name -> Math.abs(name.length() - word.length()) <= reach)
                    .mapToInt(name -> editDistance(word, name))
                    .min()
                    .orElse(Integer.MAX_VALUE);
            if (distance <= best) {
                nearest = distance < best ? candidate : null;
                best = distance;
            }
        }
        return nearest;
    }

    /** Returns whether one text is part of the other; false for a single Chinese character or few letters. */
    private static boolean isPartOf(String word, String name) {
        String part = word.length() < name.length() ? word : name;
        String whole = word.length() < name.length() ? name : word;
        boolean chinese = part.codePoints().allMatch(Character::isIdeographic);
        return part.length() >= (chinese ? 2 : MIN_PART_LENGTH) && whole.contains(part);
    }

    /** Returns whether a Chinese word consists of characters of the name, in order and from its first. */
    private static boolean isAbbreviationOf(String word, String name) {
        if (word.length() < 2
                || word.charAt(0) != name.charAt(0)
                || !word.codePoints().allMatch(Character::isIdeographic)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < name.length() && at < word.length(); i++) {
            at += name.charAt(i) == word.charAt(at) ? 1 : 0;
        }
        return at == word.length();
    }

    /** Returns the number of characters that may be wrong. */
    private static int maxDistance(String word) {
        return Math.max(1, word.length() / 3);
    }

    public static String hint(@Nullable String nearest) {
        return nearest == null ? "" : " Did you mean " + nearest + "?";
    }

    public static String hintZh(@Nullable String nearest) {
        return nearest == null ? "" : "是否应为 " + nearest + "？";
    }

    private static String foldWord(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    /** Returns the number of characters to add, drop, change or swap with the adjacent one. */
    private static int editDistance(String a, String b) {
        int[] twoBefore = new int[b.length() + 1];
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBefore[j - 2] + 1);
                }
            }
            int[] oldest = twoBefore;
            twoBefore = before;
            before = row;
            row = oldest;
        }
        return before[b.length()];
    }
}
