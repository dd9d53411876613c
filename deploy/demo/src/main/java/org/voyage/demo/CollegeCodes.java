package org.voyage.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * Allocator of college codes. The form is the ministry's, 41 + province + serial, but the serials (from 900001) are
 * constructed and belong to no college.
 */
final class CollegeCodes {

    /** Provinces of founding colleges outside the province of the bureau that owns the school. */
    private static final Map<String, String> OTHER_PROVINCES = Map.of(
            "南京工业职业技术大学", "32",
            "哈尔滨职业技术学院", "23",
            "湖南有色金属职业技术学院", "43",
            "广东建设职业技术学院", "44",
            "陕西工业职业技术学院", "61",
            "吉林电子信息职业技术学院", "22",
            "白银矿冶职业技术学院", "62");

    private final Map<String, String> named = new HashMap<>();
    private final Map<String, Integer> serials = new HashMap<>();

    /** Returns the code of a college known by name, always the same one. */
    String codeOf(String name, String owner) {
        return named.computeIfAbsent(name, n -> nextCode(OTHER_PROVINCES.getOrDefault(n, owner)));
    }

    /** Returns the code of one more college of a province. */
    String nextCode(String province) {
        return "41" + province + (900_000 + serials.merge(province, 1, Integer::sum));
    }
}
