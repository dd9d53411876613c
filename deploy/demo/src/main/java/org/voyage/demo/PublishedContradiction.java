package org.voyage.demo;

import java.util.List;

/**
 * Contradiction between published lines, as the platform finds it.
 *
 * @param rule the rule that finds it
 * @param figures the lines, as {@code name@period}, first the doubtful one
 */
record PublishedContradiction(String rule, List<String> figures, String explanation) {

    /** Rule: no pair of whole numbers has the published growth. */
    private static final String IMPOSSIBLE_GROWTH_RULE = "growth-of-no-whole-number";

    /** Returns whether records that give the other lines can never give this one. */
    boolean rulesOut(PublishedComparison comparison) {
        return rule.equals(IMPOSSIBLE_GROWTH_RULE)
                && figures.getFirst().equals(comparison.figure() + "@" + comparison.period());
    }

    String describe() {
        return String.join(", ", figures) + ": " + explanation;
    }
}
