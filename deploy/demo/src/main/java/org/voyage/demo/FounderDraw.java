package org.voyage.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random draw of the constructed schools' founding colleges. Until August 2021 their number fills the published number
 * after the known schools. Afterwards every province has about a dozen.
 */
final class FounderDraw {

    record FoundingColleges(String province, List<String> colleges) {}

    private static final int LATE_COLLEGES_PER_PROVINCE = 14;

    private final CollegeCodes colleges;
    private final Random random;
    private final List<String> wheel = new ArrayList<>();
    private final List<FoundingColleges> early = new ArrayList<>();
    private final Map<String, List<String>> byProvince = new HashMap<>();

    FounderDraw(CollegeCodes colleges, Random random) {
        this.colleges = colleges;
        this.random = random;
        for (Map<String, String> row : CsvTable.readRows("history/provinces.csv")) {
            String province = row.getOrDefault("province", "");
            for (int i = 0; i < Integer.parseInt(row.getOrDefault("weight", "0")); i++) {
                wheel.add(province);
            }
        }
    }

    /**
     * Draws the founder of a school from before September 2021; a new one while there are fewer than {@code wanted}.
     */
    FoundingColleges drawEarlyFounder(boolean stays, int wanted) {
        if (stays && early.size() < wanted) {
            String province = drawProvince();
            FoundingColleges founder = new FoundingColleges(province, List.of(addCollege(province)));
            early.add(founder);
            return founder;
        }
        FoundingColleges known = early.get(random.nextInt(early.size()));
        return addSecondCollege(known.province(), known.colleges().getFirst());
    }

    FoundingColleges drawLateFounder() {
        String province = drawProvince();
        List<String> pool = byProvince.computeIfAbsent(province, p -> new ArrayList<>());
        boolean grows = pool.isEmpty() || (pool.size() < LATE_COLLEGES_PER_PROVINCE && random.nextInt(3) > 0);
        return addSecondCollege(province, grows ? addCollege(province) : pool.get(random.nextInt(pool.size())));
    }

    private FoundingColleges addSecondCollege(String province, String first) {
        List<String> pool = byProvince.getOrDefault(province, List.of());
        String second = pool.get(random.nextInt(pool.size()));
        boolean joint = random.nextInt(8) == 0 && !second.equals(first);
        return new FoundingColleges(province, joint ? List.of(first, second) : List.of(first));
    }

    private String addCollege(String province) {
        String code = colleges.nextCode(province);
        byProvince.computeIfAbsent(province, p -> new ArrayList<>()).add(code);
        return code;
    }

    private String drawProvince() {
        return wheel.get(random.nextInt(wheel.size()));
    }
}
