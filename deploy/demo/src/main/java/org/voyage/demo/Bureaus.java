package org.voyage.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The bureaus of {@code history/provinces.csv}: how much each sends, and its colleges, whose codes are constructed. */
final class Bureaus {

    private final List<Map<String, String>> rows = Table.read("history/provinces.csv");
    private final Map<String, List<String>> colleges = new LinkedHashMap<>();

    Bureaus() {
        for (Map<String, String> row : rows) {
            String province = row.getOrDefault("province", "");
            List<String> codes = new ArrayList<>();
            for (int i = 1; i <= 12 + 6 * weight(row, "weight"); i++) {
                codes.add("41" + province + (900_000 + i));
            }
            colleges.put(province, codes);
        }
    }

    /** A total over the bureaus, by a column of weights. */
    Map<String, Integer> split(int total, String column) {
        int[] parts = Shares.of(
                total, rows.stream().mapToInt(row -> weight(row, column)).toArray());
        Map<String, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            shares.put(rows.get(i).getOrDefault("province", ""), parts[i]);
        }
        return shares;
    }

    Wheel wheel(String column) {
        Wheel wheel = new Wheel();
        rows.forEach(row -> wheel.add(row.getOrDefault("province", ""), weight(row, column)));
        return wheel;
    }

    String college(String province, Random random) {
        List<String> own = colleges.getOrDefault(province, List.of());
        // Few colleges do much of it.
        return own.get((int) (own.size() * random.nextDouble() * random.nextDouble()));
    }

    /** All colleges, one of each bureau after the other, so that the first few are already spread. */
    List<String> spread() {
        List<String> all = new ArrayList<>();
        int most = colleges.values().stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < most; i++) {
            for (List<String> own : colleges.values()) {
                if (i < own.size()) {
                    all.add(own.get(i));
                }
            }
        }
        return all;
    }

    static String provinceOf(String college) {
        return college.substring(2, 4);
    }

    private static int weight(Map<String, String> row, String column) {
        return Integer.parseInt(row.getOrDefault(column, "0"));
    }
}
