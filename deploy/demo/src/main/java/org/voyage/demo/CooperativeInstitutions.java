package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generator of cooperative institutions: at the end of 2010 to 2020 and 2022 as many as published. */
final class CooperativeInstitutions {

    private static final int FIRST_YEAR = 2003;
    private static final int[] ACTIVE_BY_YEAR = {
        3, 5, 7, 9, 10, 12, 14, 15, 18, 19, 20, 21, 23, 28, 33, 35, 39, 41, 45, 50, 53, 55, 57
    };
    private static final int BELT_AND_ROAD_INSTITUTIONS = 3;

    private CooperativeInstitutions() {}

    static List<RecordRow> buildRows(BureauList bureaus) {
        Random random = new Random(2010);
        List<OpenPeriod> slots = StockPlanner.toPeriods(StockPlanner.planYears(FIRST_YEAR, 30, ACTIVE_BY_YEAR));
        AgreementFields agreements = new AgreementFields(random, slots, BELT_AND_ROAD_INSTITUTIONS);
        WeightedDraw provinces = bureaus.weightedDraw("cooperation");
        List<RecordRow> rows = new ArrayList<>();
        for (OpenPeriod slot : slots) {
            String province = provinces.drawValue(random);
            RecordRow row = RecordRow.of(RecordType.INSTITUTIONS, province, "CI-%03d".formatted(rows.size() + 1));
            rows.add(agreements
                    .fillAgreement(row, slot, bureaus.drawCollege(province, random), "学院")
                    .withField("legalForm", rows.size() % 9 == 8 ? "legal-person" : "non-legal-person"));
        }
        return rows;
    }
}
