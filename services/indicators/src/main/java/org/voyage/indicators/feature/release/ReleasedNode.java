package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Node of a released table.
 *
 * @param code of a leaf; empty for a node with halves
 * @param value persons; null while hidden
 * @param halves none or two, whose values add up to the value of this node
 */
record ReleasedNode(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String code,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("value") @Nullable
        Long value,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReleasedNode> halves) {

    @SuppressWarnings("NullAway") // Jackson passes null for an omitted empty list
    ReleasedNode {
        code = code == null ? "" : code;
        halves = halves == null ? List.of() : List.copyOf(halves);
    }

    /**
     * Returns the sum of some codes from the open nodes; null when open nodes alone do not cover exactly these codes.
     */
    @Nullable
    Long sumOpen(Predicate<String> codes) {
        return coveredSum(codes).value();
    }

    /** Returns the number of cells whose value is hidden. */
    int countHiddenCells() {
        return halves.isEmpty()
                ? value == null ? 1 : 0
                : halves.stream().mapToInt(ReleasedNode::countHiddenCells).sum();
    }

    private record CoveredSum(boolean isWhole, @Nullable Long value) {}

    private CoveredSum coveredSum(Predicate<String> codes) {
        if (halves.isEmpty()) {
            return codes.test(code) ? new CoveredSum(true, value) : new CoveredSum(false, 0L);
        }
        CoveredSum first = halves.getFirst().coveredSum(codes);
        CoveredSum second = halves.getLast().coveredSum(codes);
        if (first.isWhole() && second.isWhole()) {
            return new CoveredSum(true, value);
        }
        return new CoveredSum(
                false,
                first.value() == null || second.value() == null ? null : (Long) (first.value() + second.value()));
    }

    /** Returns whether the node contains one of these codes; it lacks codes that are newer than the release. */
    boolean coversAny(Predicate<String> codes) {
        return halves.isEmpty() ? codes.test(code) : halves.stream().anyMatch(half -> half.coversAny(codes));
    }

    /** Returns whether the codes and their places in the tree are the same. */
    boolean hasSameShapeAs(BinaryCodeTree other) {
        boolean same =
                code.equals(other.code()) && halves.size() == other.halves().size();
        for (int i = 0; same && i < halves.size(); i++) {
            same = halves.get(i).hasSameShapeAs(other.halves().get(i));
        }
        return same;
    }
}
