package org.voyage.demo;

import java.util.List;

/**
 * Result of the reconciliation: comparisons of published and live figures, and contradictions of the published source.
 */
record ReconciliationResult(List<PublishedComparison> comparisons, List<PublishedContradiction> contradictions) {

    /** Returns whether there are comparisons and all are equal, except those that no records can equal. */
    boolean isMatch() {
        return comparisons.stream().anyMatch(PublishedComparison::isComparable)
                && comparisons.stream().allMatch(comparison -> comparison.matches() || isImpossible(comparison));
    }

    /** Returns the lines that differ because the source contradicts itself. */
    List<PublishedComparison> impossibleComparisons() {
        return comparisons.stream()
                .filter(comparison -> !comparison.matches() && isImpossible(comparison))
                .toList();
    }

    private boolean isImpossible(PublishedComparison comparison) {
        return contradictions.stream().anyMatch(contradiction -> contradiction.rulesOut(comparison));
    }
}
