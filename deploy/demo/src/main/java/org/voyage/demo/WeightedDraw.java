package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random draw by weight. */
final class WeightedDraw {

    private final List<String> stops = new ArrayList<>();

    /** Parses weights such as {@code "THA 16, IDN 12"}. */
    static WeightedDraw parse(String weights) {
        WeightedDraw wheel = new WeightedDraw();
        for (String part : weights.strip().split(",\\s*")) {
            String[] pair = part.split(" ", 2);
            wheel.addValue(pair[0], Integer.parseInt(pair[1].strip()));
        }
        return wheel;
    }

    void addValue(String value, int weight) {
        for (int i = 0; i < weight; i++) {
            stops.add(value);
        }
    }

    String drawValue(Random random) {
        return stops.get(random.nextInt(stops.size()));
    }
}
