package org.voyage.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Founding colleges of the constructed schools. Until August 2021 there are exactly as many as the published number
 * leaves over after the known schools; afterwards every province has a dozen or so.
 */
final class Founders {

    record Founder(String province, List<String> colleges) {}

    private static final int LATE_COLLEGES_PER_PROVINCE = 14;

    private final Colleges colleges;
    private final Random random;
    private final List<String> wheel = new ArrayList<>();
    private final List<Founder> early = new ArrayList<>();
    private final Map<String, List<String>> byProvince = new HashMap<>();

    Founders(Colleges colleges, Random random) {
        this.colleges = colleges;
        this.random = random;
        for (Map<String, String> row : Table.read("history/provinces.csv")) {
            String province = row.getOrDefault("province", "");
            for (int i = 0; i < Integer.parseInt(row.getOrDefault("weight", "0")); i++) {
                wheel.add(province);
            }
        }
    }

    /** The founder of a school from before September 2021; a new one as long as there are fewer than {@code wanted}. */
    Founder early(boolean stays, int wanted) {
        if (stays && early.size() < wanted) {
            String province = province();
            Founder founder = new Founder(province, List.of(grow(province)));
            early.add(founder);
            return founder;
        }
        Founder known = early.get(random.nextInt(early.size()));
        return withSecond(known.province(), known.colleges().getFirst());
    }

    Founder late() {
        String province = province();
        List<String> pool = byProvince.computeIfAbsent(province, p -> new ArrayList<>());
        boolean grows = pool.isEmpty() || (pool.size() < LATE_COLLEGES_PER_PROVINCE && random.nextInt(3) > 0);
        return withSecond(province, grows ? grow(province) : pool.get(random.nextInt(pool.size())));
    }

    private Founder withSecond(String province, String first) {
        List<String> pool = byProvince.getOrDefault(province, List.of());
        String second = pool.get(random.nextInt(pool.size()));
        boolean joint = random.nextInt(8) == 0 && !second.equals(first);
        return new Founder(province, joint ? List.of(first, second) : List.of(first));
    }

    private String grow(String province) {
        String code = colleges.next(province);
        byProvince.computeIfAbsent(province, p -> new ArrayList<>()).add(code);
        return code;
    }

    private String province() {
        return wheel.get(random.nextInt(wheel.size()));
    }
}
