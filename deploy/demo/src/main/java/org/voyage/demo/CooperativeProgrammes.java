package org.voyage.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Generator of cooperative programmes: at the end of 2010 to 2020 and 2022 as many as published. At the end of 2023
 * they cover 1,009 majors. Among them is the first SGAVE batch of 289 colleges with 310 majors, which is constructed as
 * approved in 2023.
 */
final class CooperativeProgrammes {

    private static final int FIRST_YEAR = 2005;
    private static final int[] ACTIVE_BY_YEAR = {
        60, 110, 160, 210, 262, 313, 364, 480, 529, 615, 696, 744, 781, 815, 868, 930, 983, 1_034, 1_046, 1_052, 1_060
    };
    private static final int BELT_AND_ROAD_PROGRAMMES = 62;

    /** With the 795 of {@link MajorCatalogue#higherVocational()} these give the published 1,009. */
    private static final int BACHELOR_MAJORS = 214;

    private static final int SGAVE_PROGRAMMES = 312;
    private static final int SGAVE_COLLEGES = 289;
    private static final int SGAVE_MAJORS = 310;

    private final BureauList bureaus;
    private final Random random = new Random(2011);
    private final List<OpenPeriod> slots =
            StockPlanner.toPeriods(StockPlanner.planYears(FIRST_YEAR, 12, ACTIVE_BY_YEAR));
    private final AgreementFields agreements = new AgreementFields(random, slots, BELT_AND_ROAD_PROGRAMMES);
    private final List<String> majors = new ArrayList<>(MajorCatalogue.higherVocational());
    private final List<RecordRow> rows = new ArrayList<>();

    CooperativeProgrammes(BureauList bureaus) {
        this.bureaus = bureaus;
        majors.addAll(MajorCatalogue.bachelor(BACHELOR_MAJORS));
        Collections.shuffle(majors, random);
    }

    List<RecordRow> buildRows() {
        addOrdinary();
        addSgave();
        return List.copyOf(rows);
    }

    private void addOrdinary() {
        WeightedDraw provinces = bureaus.weightedDraw("cooperation");
        Deque<String> uncovered = new ArrayDeque<>(majors.subList(SGAVE_MAJORS, majors.size()));
        for (OpenPeriod slot : slots) {
            String province = provinces.drawValue(random);
            boolean covers = slot.existsAt(CooperativeHeadcounts.COUNTED_DAY) && !uncovered.isEmpty();
            String major = covers ? uncovered.remove() : majors.get(random.nextInt(majors.size()));
            addProgramme(
                    agreements.fillAgreement(
                            nextRow(province), slot, bureaus.drawCollege(province, random), titleOf(major)),
                    major);
        }
    }

    private void addSgave() {
        List<String> colleges = bureaus.interleavedColleges();
        List<OpenPeriod> batch =
                StockPlanner.toPeriods(List.of(StockPlanner.StockChange.year(2023, SGAVE_PROGRAMMES, 0)));
        for (int i = 0; i < batch.size(); i++) {
            String college = colleges.get(i % SGAVE_COLLEGES);
            String major = majors.get(i % SGAVE_MAJORS);
            RecordRow row = nextRow(BureauList.provinceOf(college));
            addProgramme(agreements.fillAgreement(row, batch.get(i), college, titleOf(major), "DEU", "sgave"), major);
        }
    }

    private RecordRow nextRow(String province) {
        return RecordRow.of(RecordType.PROGRAMMES, province, "CP-%04d".formatted(rows.size() + 1));
    }

    private void addProgramme(RecordRow row, String major) {
        rows.add(row.withField("major", major));
    }

    private static String titleOf(String major) {
        return MajorCatalogue.fieldOf(major) + "类专业教育项目";
    }
}
