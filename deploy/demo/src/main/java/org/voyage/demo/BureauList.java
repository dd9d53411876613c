package org.voyage.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * List of the bureaus in {@code history/provinces.csv}, with the size and the colleges of each; college codes are
 * constructed.
 */
final class BureauList {

    private final List<Map<String, String>> rows = CsvTable.readRows("history/provinces.csv");
    private final Map<String, List<String>> colleges = new LinkedHashMap<>();
    private final Map<String, List<String>> doubleHigh = DoubleHighColleges.collegesByProvince();
    private final Map<String, List<String>> others = new LinkedHashMap<>();

    BureauList() {
        for (Map<String, String> row : rows) {
            String province = row.getOrDefault("province", "");
            List<String> codes = new ArrayList<>();
            for (int i = 1; i <= 12 + 6 * weightOf(row, "weight"); i++) {
                codes.add("41" + province + (900_000 + i));
            }
            colleges.put(province, codes);
        }
        colleges.forEach((province, codes) -> others.put(province, without(codes, doubleHighColleges(province))));
    }

    /** Splits a total over the bureaus by a column of weights. */
    Map<String, Integer> splitTotal(int total, String column) {
        int[] parts = ProportionalSplit.splitTotal(
                total, rows.stream().mapToInt(row -> weightOf(row, column)).toArray());
        Map<String, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            shares.put(rows.get(i).getOrDefault("province", ""), parts[i]);
        }
        return shares;
    }

    WeightedDraw weightedDraw(String column) {
        WeightedDraw wheel = new WeightedDraw();
        rows.forEach(row -> wheel.addValue(row.getOrDefault("province", ""), weightOf(row, column)));
        return wheel;
    }

    String drawCollege(String province, Random random) {
        return drawSkewed(colleges.getOrDefault(province, List.of()), random);
    }

    /** Draws a college that is on the list of the Double High Plan, or one that is not. */
    String drawCollege(String province, boolean onTheList, Random random) {
        return drawSkewed(onTheList ? doubleHighColleges(province) : others.getOrDefault(province, List.of()), random);
    }

    /** Returns the bureau's colleges on the list of the Double High Plan. */
    List<String> doubleHighColleges(String province) {
        return doubleHigh.getOrDefault(province, List.of());
    }

    /** Returns all colleges, one of each bureau in turn, so that a short prefix covers many bureaus. */
    List<String> interleavedColleges() {
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

    /** Draws from a skewed distribution: few colleges have most of the records. */
    private static String drawSkewed(List<String> from, Random random) {
        return from.get((int) (from.size() * random.nextDouble() * random.nextDouble()));
    }

    private static List<String> without(List<String> codes, List<String> left) {
        return codes.stream().filter(code -> !left.contains(code)).toList();
    }

    static String provinceOf(String college) {
        return college.substring(2, 4);
    }

    private static int weightOf(Map<String, String> row, String column) {
        return Integer.parseInt(row.getOrDefault(column, "0"));
    }
}
