package org.voyage.demo;

import java.util.List;

/** Generator of invented schools that have not opened; no figure counts them. */
final class PlannedSchools {

    private record SchoolPlan(String province, String city, String cityEn, String country, String major) {}

    private static final List<SchoolPlan> PLANS = List.of(
            new SchoolPlan("32", "达喀尔", "Dakar", "SEN", "460301"),
            new SchoolPlan("33", "阿拉木图", "Almaty", "KAZ", "510102"),
            new SchoolPlan("45", "芹苴", "Can Tho", "VNM", "540101"),
            new SchoolPlan("53", "琅勃拉邦", "Luang Prabang", "LAO", "410101"),
            new SchoolPlan("65", "撒马尔罕", "Samarkand", "UZB", "430101"),
            new SchoolPlan("66", "苦盏", "Khujand", "TJK", "410102"));

    private PlannedSchools() {}

    static List<OverseasSchool> buildSchools(CollegeCodes colleges) {
        return PLANS.stream().map(plan -> toSchool(plan, colleges)).toList();
    }

    private static OverseasSchool toSchool(SchoolPlan plan, CollegeCodes colleges) {
        return new OverseasSchool(
                plan.province(),
                "OS-PLAN-01",
                plan.city() + "应用技术学院（筹）",
                plan.cityEn() + " School of Applied Technology (planned)",
                "other",
                "applied-technology-college",
                "branch",
                plan.country(),
                plan.city(),
                List.of(colleges.nextCode(plan.province())),
                List.of(),
                List.of(),
                List.of(plan.major()),
                "planned",
                null,
                null);
    }
}
