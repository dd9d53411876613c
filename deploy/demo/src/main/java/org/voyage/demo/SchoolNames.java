package org.voyage.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Generator of invented names from country, city, field and brand; repeated names get a number. */
final class SchoolNames {

    private final Map<String, String> brandOf = new HashMap<>();
    private final Map<String, String> zh = new HashMap<>();
    private final Map<String, String> en = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    SchoolNames() {
        for (Map<String, String> row : CsvTable.readRows("history/provinces.csv")) {
            brandOf.put(row.getOrDefault("province", ""), row.getOrDefault("brand", ""));
        }
        for (Map<String, String> row : CsvTable.readRows("contracts/reference/brands.csv")) {
            zh.put(row.getOrDefault("code", ""), row.getOrDefault("zh", ""));
            en.put(row.getOrDefault("code", ""), row.getOrDefault("en", ""));
        }
    }

    String drawBrand(String province) {
        return brandOf.getOrDefault(province, "other");
    }

    String chineseName(PlaceDraw.SchoolPlace place, String field, String brand) {
        String suffix = brand.equals("other") ? "技术学院" : zh.getOrDefault(brand, "");
        return makeUnique(place.zh() + place.cityZh() + field + suffix, "（第%d所）");
    }

    String englishName(PlaceDraw.SchoolPlace place, String field, String brand) {
        String suffix = brand.equals("other") ? "Technical School" : en.getOrDefault(brand, "");
        return makeUnique(place.cityEn() + " " + field + " " + suffix + ", " + place.en(), " (%d)");
    }

    private String makeUnique(String name, String numbered) {
        String candidate = name;
        for (int i = 2; !given.add(candidate); i++) {
            candidate = name + numbered.formatted(i);
        }
        return candidate;
    }
}
