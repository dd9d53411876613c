package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Generator of students by school, major and year, 2016 to 2023. 2023 adds up to the published 33,663. The years before
 * grow towards it and are constructed.
 */
final class HeadcountGenerator {

    static final LocalDate LAST_DAY = LocalDate.of(2023, 12, 31);

    private static final int FIRST_YEAR = 2016;
    private static final int LAST_YEAR = 2023;
    private static final int STUDENTS_2023 = 33_663;

    private HeadcountGenerator() {}

    static List<SchoolHeadcount> buildHeadcounts(List<OverseasSchool> schools) {
        List<SchoolHeadcount> last = buildYear(schools, LAST_YEAR, 1.0);
        List<SchoolHeadcount> headcounts = new ArrayList<>();
        for (int year = FIRST_YEAR; year < LAST_YEAR; year++) {
            headcounts.addAll(buildYear(schools, year, 0.35 + 0.08 * (year - FIRST_YEAR)));
        }
        headcounts.addAll(scaleToPublished(last));
        return headcounts;
    }

    private static List<SchoolHeadcount> buildYear(List<OverseasSchool> schools, int year, double share) {
        LocalDate end = LocalDate.of(year, 12, 31);
        List<SchoolHeadcount> rows = new ArrayList<>();
        for (OverseasSchool school : schools) {
            if (!school.existsAt(end)) {
                continue;
            }
            for (String major : school.majors()) {
                int students = 5 + Math.floorMod((school.sourceId() + major).hashCode(), 46);
                rows.add(new SchoolHeadcount(
                        school.province(), school.sourceId(), year, major, Math.max(1, (int) (students * share))));
            }
        }
        return rows;
    }

    /**
     * Scales the numbers to the published total. The first row of a major taught twice is 0, because 0 is a valid
     * number too.
     */
    private static List<SchoolHeadcount> scaleToPublished(List<SchoolHeadcount> rows) {
        long sum = rows.stream().mapToLong(SchoolHeadcount::students).sum();
        List<SchoolHeadcount> scaled = new ArrayList<>();
        for (SchoolHeadcount row : rows) {
            scaled.add(row.withStudents(Math.max(1, (int) (row.students() * (long) STUDENTS_2023 / sum))));
        }
        int zero = countTaughtTwice(scaled);
        scaled.set(zero, scaled.get(zero).withStudents(0));
        int missing = STUDENTS_2023
                - scaled.stream().mapToInt(SchoolHeadcount::students).sum();
        for (int i = 0; missing != 0; i = (i + 1) % scaled.size()) {
            SchoolHeadcount row = scaled.get(i);
            int step = Integer.signum(missing);
            if (i != zero && row.students() + step >= 1) {
                scaled.set(i, row.withStudents(row.students() + step));
                missing -= step;
            }
        }
        return scaled;
    }

    private static int countTaughtTwice(List<SchoolHeadcount> rows) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!seen.add(rows.get(i).major())) {
                return i;
            }
        }
        throw new IllegalStateException("no major is taught twice");
    }
}
