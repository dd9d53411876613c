package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** By how much cells would be otherwise. Of a figure with very many of them it is taken for granted that all fields are. */
final class Shift implements Touched {

    private static final int MOST = 5_000;

    private final Map<Tally, Map<List<Integer>, Long>> cells = new HashMap<>();
    private final Set<Tally> many = new HashSet<>();

    @Override
    public void cell(Tally tally, int[] at, long amount) {
        if (many.contains(tally)) {
            return;
        }
        Map<List<Integer>, Long> its = cells.computeIfAbsent(tally, _ -> new HashMap<>());
        its.merge(Arrays.stream(at).boxed().toList(), amount, (some, more) -> some + more == 0 ? null : some + more);
        if (its.size() > MOST) {
            many.add(tally);
            cells.remove(tally);
        }
    }

    /**
     * By figure the fields by which its values would be otherwise: none where that shows only by several together. A figure
     * whose cells stay as they are is not there.
     */
    Map<String, Set<String>> fields() {
        Map<String, Set<String>> fields = new TreeMap<>();
        many.forEach(tally -> fields.put(
                tally.indicator().code(), columns(tally).mapToObj(tally::field).collect(Collectors.toSet())));
        cells.forEach((tally, its) -> {
            if (!its.isEmpty()) {
                fields.put(tally.indicator().code(), fields(tally, its));
            }
        });
        return fields;
    }

    private static Set<String> fields(Tally tally, Map<List<Integer>, Long> cells) {
        Set<String> fields = new TreeSet<>();
        columns(tally).forEach(column -> {
            Map<List<Integer>, Long> sums = new HashMap<>();
            for (Map.Entry<List<Integer>, Long> cell : cells.entrySet()) {
                sums.merge(by(tally, column, cell.getKey()), cell.getValue(), Long::sum);
            }
            if (sums.values().stream().anyMatch(sum -> sum != 0)) {
                fields.add(tally.field(column));
            }
        });
        return fields;
    }

    private static IntStream columns(Tally tally) {
        return IntStream.range(0, tally.room().length - 1);
    }

    /** The code of the column, what is counted once, and the time. */
    private static List<Integer> by(Tally tally, int column, List<Integer> at) {
        List<Integer> by = new ArrayList<>(List.of(at.get(column), at.getLast()));
        if (tally.element() >= 0) {
            by.add(at.get(tally.element()));
        }
        return by;
    }
}
