package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Students by school, major and year, 2016 to 2023. 2023 adds up to the published 33,663; the years before grow
 * towards it and are constructed.
 */
final class Headcounts {

    static final LocalDate LAST_DAY = LocalDate.of(2023, 12, 31);

    private static final int FIRST_YEAR = 2016;
    private static final int LAST_YEAR = 2023;
    private static final int STUDENTS_2023 = 33_663;

    private Headcounts() {}

    static List<Headcount> build(List<School> schools) {
        List<Headcount> last = year(schools, LAST_YEAR, 1.0);
        List<Headcount> headcounts = new ArrayList<>();
        for (int year = FIRST_YEAR; year < LAST_YEAR; year++) {
            headcounts.addAll(year(schools, year, 0.35 + 0.08 * (year - FIRST_YEAR)));
        }
        headcounts.addAll(addingUp(last));
        return headcounts;
    }

    private static List<Headcount> year(List<School> schools, int year, double share) {
        LocalDate end = LocalDate.of(year, 12, 31);
        List<Headcount> rows = new ArrayList<>();
        for (School school : schools) {
            if (!school.standsAt(end)) {
                continue;
            }
            for (String major : school.majors()) {
                int students = 5 + Math.floorMod((school.sourceId() + major).hashCode(), 46);
                rows.add(new Headcount(
                        school.province(), school.sourceId(), year, major, Math.max(1, (int) (students * share))));
            }
        }
        return rows;
    }

    /** Scales to the published total; the first row of a major taught twice is nought, for a nought is a number too. */
    private static List<Headcount> addingUp(List<Headcount> rows) {
        long sum = rows.stream().mapToLong(Headcount::students).sum();
        List<Headcount> scaled = new ArrayList<>();
        for (Headcount row : rows) {
            scaled.add(row.withStudents(Math.max(1, (int) (row.students() * (long) STUDENTS_2023 / sum))));
        }
        int zero = taughtTwice(scaled);
        scaled.set(zero, scaled.get(zero).withStudents(0));
        int missing =
                STUDENTS_2023 - scaled.stream().mapToInt(Headcount::students).sum();
        for (int i = 0; missing != 0; i = (i + 1) % scaled.size()) {
            Headcount row = scaled.get(i);
            int step = Integer.signum(missing);
            if (i != zero && row.students() + step >= 1) {
                scaled.set(i, row.withStudents(row.students() + step));
                missing -= step;
            }
        }
        return scaled;
    }

    private static int taughtTwice(List<Headcount> rows) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!seen.add(rows.get(i).major())) {
                return i;
            }
        }
        throw new IllegalStateException("no major is taught twice");
    }
}
