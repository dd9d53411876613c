package org.voyage.demo;

import java.util.List;

/** Invented schools that have not opened; no figure counts them. */
final class PlannedSchools {

    private record Plan(String province, String city, String cityEn, String country, String major) {}

    private static final List<Plan> PLANS = List.of(
            new Plan("32", "达喀尔", "Dakar", "SEN", "460301"),
            new Plan("33", "阿拉木图", "Almaty", "KAZ", "510102"),
            new Plan("45", "芹苴", "Can Tho", "VNM", "540101"),
            new Plan("53", "琅勃拉邦", "Luang Prabang", "LAO", "410101"),
            new Plan("65", "撒马尔罕", "Samarkand", "UZB", "430101"),
            new Plan("66", "苦盏", "Khujand", "TJK", "410102"));

    private PlannedSchools() {}

    static List<School> build(Colleges colleges) {
        return PLANS.stream().map(plan -> school(plan, colleges)).toList();
    }

    private static School school(Plan plan, Colleges colleges) {
        return new School(
                plan.province(),
                "OS-PLAN-01",
                plan.city() + "应用技术学院（筹）",
                plan.cityEn() + " School of Applied Technology (planned)",
                "other",
                "applied-technology-college",
                "branch",
                plan.country(),
                plan.city(),
                List.of(colleges.next(plan.province())),
                List.of(),
                List.of(),
                List.of(plan.major()),
                "planned",
                null,
                null);
    }
}
