package org.voyage.demo;

import java.util.List;

/** Published beside live, and where the published source contradicts itself. */
record ReconciliationResult(List<PublishedComparison> comparisons, List<PublishedContradiction> contradictions) {

    /** Whether there is something to compare and all of it is equal, but for what no records can equal. */
    boolean isMatch() {
        return comparisons.stream().anyMatch(PublishedComparison::isComparable)
                && comparisons.stream().allMatch(comparison -> comparison.matches() || isImpossible(comparison));
    }

    /** The lines that differ because the source contradicts itself. */
    List<PublishedComparison> impossibleComparisons() {
        return comparisons.stream()
                .filter(comparison -> !comparison.matches() && isImpossible(comparison))
                .toList();
    }

    private boolean isImpossible(PublishedComparison comparison) {
        return contradictions.stream().anyMatch(contradiction -> contradiction.rulesOut(comparison));
    }
}
