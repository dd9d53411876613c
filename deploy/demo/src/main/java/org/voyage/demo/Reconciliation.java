package org.voyage.demo;

import java.util.List;

/** Published beside live, and where the published source contradicts itself, in sentences. */
record Reconciliation(List<Comparison> comparisons, List<String> contradictions) {

    /** Whether there is something to compare and all of it is equal. */
    boolean matches() {
        return comparisons.stream().anyMatch(Comparison::comparable)
                && comparisons.stream().allMatch(Comparison::matches);
    }
}
