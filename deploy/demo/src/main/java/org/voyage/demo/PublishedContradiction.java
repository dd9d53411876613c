package org.voyage.demo;

import java.util.List;

/**
 * Published lines that cannot all be right, as the platform finds them.
 *
 * @param rule what was checked
 * @param figures the lines, as {@code name@period}, first the one that is doubted
 */
record PublishedContradiction(String rule, List<String> figures, String explanation) {

    /** Growth to a whole number that no whole number has. */
    private static final String IMPOSSIBLE_GROWTH_RULE = "growth-of-no-whole-number";

    /** Whether records that give the other lines can never give this one. */
    boolean rulesOut(PublishedComparison comparison) {
        return rule.equals(IMPOSSIBLE_GROWTH_RULE)
                && figures.getFirst().equals(comparison.figure() + "@" + comparison.period());
    }

    String describe() {
        return String.join(", ", figures) + ": " + explanation;
    }
}
