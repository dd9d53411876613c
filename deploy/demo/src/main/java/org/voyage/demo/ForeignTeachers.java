package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generator of foreign teachers, most of whom leave within a year. The published number covers all schools of the
 * country, not these.
 */
final class ForeignTeachers {

    private static final int TEACHER_COUNT = 1_400;
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    private ForeignTeachers() {}

    static List<RecordRow> buildRows(BureauList bureaus) {
        Random random = new Random(2020);
        CountryDraw countries = new CountryDraw(random);
        WeightedDraw provinces = bureaus.weightedDraw("cooperation");
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 1; i <= TEACHER_COUNT; i++) {
            String province = provinces.drawValue(random);
            LocalDate from = DayDraw.drawTermStart(2014 + random.nextInt(12), random);
            LocalDate until = from.plusDays(90 + (long) random.nextInt(26) * random.nextInt(36));
            rows.add(RecordRow.of(RecordType.FOREIGN_TEACHERS, province, "FT-%05d".formatted(i))
                    .withField("college", bureaus.drawCollege(province, random))
                    .withField("nationality", countries.drawTeacherOrigin())
                    .withField("startedOn", from)
                    .withField("endedOn", until.isAfter(TODAY) ? null : until));
        }
        return rows;
    }
}
