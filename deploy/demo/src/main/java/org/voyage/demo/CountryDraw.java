package org.voyage.demo;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Random draw of countries: destinations of vocational colleges, and origins of foreign partners and teachers. */
final class CountryDraw {

    /**
     * Weights of partners' countries. Published: more than four of five partners are in North America, Oceania and
     * Europe.
     */
    private static final WeightedDraw COOPERATION_DRAW =
            WeightedDraw.parse("USA 16, CAN 14, AUS 22, GBR 14, DEU 9, FRA 2, CHE 1, JPN 8,"
                    + " SWE 1, FIN 1, NLD 1, IRL 1, ESP 1, TWN 2, HKG 2");

    private static final WeightedDraw BELT_AND_ROAD_DRAW =
            WeightedDraw.parse("MYS 4, THA 3, SGP 3, RUS 4, KOR 4, UKR 1, POL 1");

    private static final WeightedDraw TEACHER_DRAW =
            WeightedDraw.parse("USA 10, GBR 8, CAN 6, AUS 6, DEU 5, KOR 5, JPN 6, RUS 5, THA 4, VNM 2,"
                    + " MYS 2, PHL 3, ZAF 3, NZL 2, FRA 2, PAK 2, EGY 1, TWN 1");

    private static final WeightedDraw ASEAN_DRAW =
            WeightedDraw.parse("THA 10, VNM 8, LAO 8, KHM 7, MYS 5, IDN 6, MMR 3, PHL 2, BRN 1, SGP 1");

    private final Random random;
    private final WeightedDraw partners = new WeightedDraw();

    CountryDraw(Random random) {
        this.random = random;
        for (Map<String, String> row : CsvTable.readRows("history/places.csv")) {
            partners.addValue(row.getOrDefault("country", ""), Integer.parseInt(row.getOrDefault("weight", "0")));
        }
    }

    /** Draws a country of schools, of teachers and students abroad and of adopted standards. */
    String drawPartner() {
        return partners.drawValue(random);
    }

    String drawAsean() {
        return ASEAN_DRAW.drawValue(random);
    }

    String drawTeacherOrigin() {
        return TEACHER_DRAW.drawValue(random);
    }

    String drawCooperation(boolean beltAndRoad) {
        return (beltAndRoad ? BELT_AND_ROAD_DRAW : COOPERATION_DRAW).drawValue(random);
    }

    /** Returns the Chinese names by code. */
    static Map<String, String> chineseNames() {
        return CsvTable.readRows("contracts/reference/countries.csv").stream()
                .collect(Collectors.toMap(row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("zh", "")));
    }
}
