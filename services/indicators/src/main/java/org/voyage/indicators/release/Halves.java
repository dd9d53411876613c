package org.voyage.indicators.release;

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
record Halves(String code, List<Halves> halves) {

    Halves {
        halves = List.copyOf(halves);
    }

    /** @param levels what the codes are first divided by, the widest first, as countries by region and sub-region */
    static Halves of(Collection<String> codes, List<Function<String, String>> levels) {
        if (levels.isEmpty()) {
            return halve(codes.stream().map(code -> new Halves(code, List.of())).toList());
        }
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String code : codes) {
            groups.computeIfAbsent(levels.getFirst().apply(code), key -> new ArrayList<>())
                    .add(code);
        }
        List<Function<String, String>> narrower = levels.subList(1, levels.size());
        return halve(groups.values().stream().map(group -> of(group, narrower)).toList());
    }

    private static Halves halve(List<Halves> parts) {
        int half = (parts.size() + 1) / 2;
        return parts.size() == 1
                ? parts.getFirst()
                : new Halves("", List.of(halve(parts.subList(0, half)), halve(parts.subList(half, parts.size()))));
    }

    /** What all of its codes have together. */
    long sum(ToLongFunction<String> amounts) {
        return halves.isEmpty()
                ? amounts.applyAsLong(code)
                : halves.stream().mapToLong(half -> half.sum(amounts)).sum();
    }

    /** The single codes, in the order in which they stand. */
    Stream<String> codes() {
        return halves.isEmpty() ? Stream.of(code) : halves.stream().flatMap(Halves::codes);
    }

    /** With nothing open. */
    Part hidden() {
        return new Part(code, null, halves.stream().map(Halves::hidden).toList());
    }
}
