package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Foreign teachers, most of whom leave within a year; the number that was published is of all schools of the country, not of these. */
final class ForeignTeachers {

    private static final int COUNT = 1_400;
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    private ForeignTeachers() {}

    static List<Row> build(Bureaus bureaus) {
        Random random = new Random(2020);
        Countries countries = new Countries(random);
        Wheel provinces = bureaus.wheel("cooperation");
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            String province = provinces.draw(random);
            LocalDate from = Days.termStart(2014 + random.nextInt(12), random);
            LocalDate until = from.plusDays(90 + (long) random.nextInt(26) * random.nextInt(36));
            rows.add(Row.of(RecordType.FOREIGN_TEACHERS, province, "FT-%05d".formatted(i))
                    .with("college", bureaus.college(province, random))
                    .with("nationality", countries.teacher())
                    .with("startedOn", from)
                    .with("endedOn", until.isAfter(TODAY) ? null : until));
        }
        return rows;
    }
}
