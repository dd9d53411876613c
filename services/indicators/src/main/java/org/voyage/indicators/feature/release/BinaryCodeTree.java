package org.voyage.indicators.feature.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Public binary tree over the codes of a dimension, divided into halves down to the single code. It depends on the
 * reference data alone, so it reveals nothing about records.
 *
 * @param code of a leaf; empty for a node with halves
 * @param halves none or two
 */
record BinaryCodeTree(String code, List<BinaryCodeTree> halves) {

    BinaryCodeTree {
        halves = List.copyOf(halves);
    }

    /** @param levels the first divisions of the codes, the widest first, as countries by region and sub-region */
    static BinaryCodeTree build(Collection<String> codes, List<Function<String, String>> levels) {
        if (levels.isEmpty()) {
            return halveAll(codes.stream()
                    .map(code -> new BinaryCodeTree(code, List.of()))
                    .toList());
        }
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String code : codes) {
            groups.computeIfAbsent(levels.getFirst().apply(code), key -> new ArrayList<>())
                    .add(code);
        }
        List<Function<String, String>> narrower = levels.subList(1, levels.size());
        return halveAll(
                groups.values().stream().map(group -> build(group, narrower)).toList());
    }

    private static BinaryCodeTree halveAll(List<BinaryCodeTree> parts) {
        int half = (parts.size() + 1) / 2;
        return parts.size() == 1
                ? parts.getFirst()
                : new BinaryCodeTree(
                        "", List.of(halveAll(parts.subList(0, half)), halveAll(parts.subList(half, parts.size()))));
    }

    /** Returns the sum of all codes of the tree. */
    long sumCodes(ToLongFunction<String> amounts) {
        return halves.isEmpty()
                ? amounts.applyAsLong(code)
                : halves.stream().mapToLong(half -> half.sumCodes(amounts)).sum();
    }

    /** Returns the codes of the leaves, in tree order. */
    Stream<String> codes() {
        return halves.isEmpty() ? Stream.of(code) : halves.stream().flatMap(BinaryCodeTree::codes);
    }

    /** Returns the released form with all nodes hidden. */
    ReleasedNode hideAll() {
        return new ReleasedNode(
                code, null, halves.stream().map(BinaryCodeTree::hideAll).toList());
    }
}
