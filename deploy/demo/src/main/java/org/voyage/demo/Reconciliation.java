package org.voyage.demo;

import java.util.List;

/** Published beside live, and where the published source contradicts itself. */
record Reconciliation(List<Comparison> comparisons, List<Contradiction> contradictions) {

    /** Whether there is something to compare and all of it is equal, but for what no records can equal. */
    boolean matches() {
        return comparisons.stream().anyMatch(Comparison::comparable)
                && comparisons.stream().allMatch(comparison -> comparison.matches() || isImpossible(comparison));
    }

    /** The lines that differ because the source contradicts itself. */
    List<Comparison> impossible() {
        return comparisons.stream()
                .filter(comparison -> !comparison.matches() && isImpossible(comparison))
                .toList();
    }

    private boolean isImpossible(Comparison comparison) {
        return contradictions.stream().anyMatch(contradiction -> contradiction.rulesOut(comparison));
    }
}
