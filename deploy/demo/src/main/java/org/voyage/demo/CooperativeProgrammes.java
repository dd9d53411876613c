package org.voyage.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Cooperative programmes: at the end of 2010 to 2020 and 2022 as many as published; at the end of 2023 in 1,009 majors,
 * among them the first SGAVE batch of 289 colleges with 310 majors, which is constructed as approved in 2023.
 */
final class CooperativeProgrammes {

    private static final int FIRST_YEAR = 2005;
    private static final int[] STANDING = {
        60, 110, 160, 210, 262, 313, 364, 480, 529, 615, 696, 744, 781, 815, 868, 930, 983, 1_034, 1_046, 1_052, 1_060
    };
    private static final int ALONG_THE_ROAD = 62;

    /** With the 795 of {@link Majors#all()} the published 1,009. */
    private static final int BACHELOR_MAJORS = 214;

    private static final int SGAVE_PROGRAMMES = 312;
    private static final int SGAVE_COLLEGES = 289;
    private static final int SGAVE_MAJORS = 310;

    private final Bureaus bureaus;
    private final Random random = new Random(2011);
    private final List<Slot> slots = Stock.slots(Stock.yearly(FIRST_YEAR, 12, STANDING));
    private final Agreements agreements = new Agreements(random, slots, ALONG_THE_ROAD);
    private final List<String> majors = new ArrayList<>(Majors.all());
    private final List<Row> rows = new ArrayList<>();

    CooperativeProgrammes(Bureaus bureaus) {
        this.bureaus = bureaus;
        majors.addAll(Majors.bachelor(BACHELOR_MAJORS));
        Collections.shuffle(majors, random);
    }

    List<Row> build() {
        ordinary();
        sgave();
        return List.copyOf(rows);
    }

    private void ordinary() {
        Wheel provinces = bureaus.wheel("cooperation");
        Deque<String> uncovered = new ArrayDeque<>(majors.subList(SGAVE_MAJORS, majors.size()));
        for (Slot slot : slots) {
            String province = provinces.draw(random);
            boolean covers = slot.standsAt(CooperativeHeadcounts.COUNTED) && !uncovered.isEmpty();
            String major = covers ? uncovered.remove() : majors.get(random.nextInt(majors.size()));
            add(agreements.fill(next(province), slot, bureaus.college(province, random), what(major)), major);
        }
    }

    private void sgave() {
        List<String> colleges = bureaus.spread();
        List<Slot> batch = Stock.slots(List.of(Stock.Span.year(2023, SGAVE_PROGRAMMES, 0)));
        for (int i = 0; i < batch.size(); i++) {
            String college = colleges.get(i % SGAVE_COLLEGES);
            String major = majors.get(i % SGAVE_MAJORS);
            Row row = next(Bureaus.provinceOf(college));
            add(agreements.fill(row, batch.get(i), college, what(major), "DEU", "sgave"), major);
        }
    }

    private Row next(String province) {
        return Row.of(RecordType.PROGRAMMES, province, "CP-%04d".formatted(rows.size() + 1));
    }

    private void add(Row row, String major) {
        rows.add(row.with("major", major));
    }

    private static String what(String major) {
        return Majors.field(major) + "类专业教育项目";
    }
}
