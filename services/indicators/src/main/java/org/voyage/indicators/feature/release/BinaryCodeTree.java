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
 * The codes of a dimension, halved again and again down to the single code. It follows from the reference alone, so that
 * everybody may know it.
 *
 * @param code of a single one; empty for a part with halves
 * @param halves none or two
 */
record BinaryCodeTree(String code, List<BinaryCodeTree> halves) {

    BinaryCodeTree {
        halves = List.copyOf(halves);
    }

    /** @param levels what the codes are first divided by, the widest first, as countries by region and sub-region */
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

    /** What all of its codes have together. */
    long sumCodes(ToLongFunction<String> amounts) {
        return halves.isEmpty()
                ? amounts.applyAsLong(code)
                : halves.stream().mapToLong(half -> half.sumCodes(amounts)).sum();
    }

    /** The single codes, in the order in which they stand. */
    Stream<String> codes() {
        return halves.isEmpty() ? Stream.of(code) : halves.stream().flatMap(BinaryCodeTree::codes);
    }

    /** With nothing open. */
    ReleasedNode hideAll() {
        return new ReleasedNode(
                code, null, halves.stream().map(BinaryCodeTree::hideAll).toList());
    }
}
