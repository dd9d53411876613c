package org.voyage.kit.web;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** "Did you mean": the known word that a mistyped one is nearest to. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The nearest candidate, or null when none is near enough to be meant. */
    public static @Nullable String to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return null;
        }
        var wanted = fold(word);
        int best = Math.max(1, wanted.length() / 3) + 1;
        @Nullable String nearest = null;
        for (var candidate : candidates) {
            var folded = fold(candidate);
            if (Math.abs(folded.length() - wanted.length()) >= best) {
                continue;
            }
            int distance = distance(wanted, folded);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    public static String hint(@Nullable String nearest) {
        return nearest == null ? "" : " Did you mean " + nearest + "?";
    }

    public static String hintZh(@Nullable String nearest) {
        return nearest == null ? "" : "是否应为 " + nearest + "？";
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    /** Characters to add, drop, change or swap with their neighbour. */
    private static int distance(String a, String b) {
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
