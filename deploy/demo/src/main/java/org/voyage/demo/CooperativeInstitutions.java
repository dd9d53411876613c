package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Cooperative institutions: at the end of 2010 to 2020 and 2022 as many as published. */
final class CooperativeInstitutions {

    private static final int FIRST_YEAR = 2003;
    private static final int[] STANDING = {
        3, 5, 7, 9, 10, 12, 14, 15, 18, 19, 20, 21, 23, 28, 33, 35, 39, 41, 45, 50, 53, 55, 57
    };
    private static final int ALONG_THE_ROAD = 3;

    private CooperativeInstitutions() {}

    static List<Row> build(Bureaus bureaus) {
        Random random = new Random(2010);
        List<Slot> slots = Stock.slots(Stock.yearly(FIRST_YEAR, 30, STANDING));
        Agreements agreements = new Agreements(random, slots, ALONG_THE_ROAD);
        Wheel provinces = bureaus.wheel("cooperation");
        List<Row> rows = new ArrayList<>();
        for (Slot slot : slots) {
            String province = provinces.draw(random);
            Row row = Row.of(RecordType.INSTITUTIONS, province, "CI-%03d".formatted(rows.size() + 1));
            rows.add(agreements
                    .fill(row, slot, bureaus.college(province, random), "学院")
                    .with("legalForm", rows.size() % 9 == 8 ? "legal-person" : "non-legal-person"));
        }
        return rows;
    }
}
