package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Generator of students of each institution and programme that has enrolled, 2021 to 2024; 2023 adds up to the
 * published number.
 */
final class CooperativeHeadcounts {

    static final LocalDate COUNTED_DAY = LocalDate.of(2023, 12, 31);

    private static final Map<Integer, Integer> STUDENTS_BY_YEAR =
            Map.of(2021, 88_400, 2022, 96_900, 2023, 117_080, 2024, 121_300);

    private CooperativeHeadcounts() {}

    static List<RecordRow> buildRows(List<RecordRow> institutions, List<RecordRow> programmes) {
        List<RecordRow> rows = new ArrayList<>();
        List<RecordRow> parents =
                Stream.concat(institutions.stream(), programmes.stream()).toList();
        STUDENTS_BY_YEAR.keySet().stream().sorted().forEach(year -> addYear(parents, year, rows));
        return List.copyOf(rows);
    }

    private static void addYear(List<RecordRow> parents, int year, List<RecordRow> rows) {
        LocalDate end = LocalDate.of(year, 12, 31);
        List<RecordRow> enrolling = parents.stream()
                .filter(parent -> parent.isActiveAt(end, "enrollingFrom", "terminatedOn"))
                .toList();
        int[] students = ProportionalSplit.splitTotal(
                STUDENTS_BY_YEAR.getOrDefault(year, 0),
                enrolling.stream().mapToInt(parent -> weightOf(parent, year)).toArray());
        for (int i = 0; i < students.length; i++) {
            RecordRow parent = enrolling.get(i);
            rows.add(RecordRow.of(RecordType.COOPERATIVE_HEADCOUNTS, parent.province(), parent.sourceId() + "-" + year)
                    .withField(
                            parent.type() == RecordType.INSTITUTIONS ? "institution" : "programme", parent.sourceId())
                    .withField("year", year)
                    .withField("students", students[i]));
        }
    }

    /**
     * Returns the weight of a parent. Institutions are larger. A suspended one has no students, because 0 is a valid
     * number too.
     */
    private static int weightOf(RecordRow parent, int year) {
        int students = 30 + Math.floorMod((parent.sourceId() + year / 2).hashCode(), 60);
        return parent.text("status").equals("suspended")
                ? 0
                : parent.type() == RecordType.INSTITUTIONS ? 6 * students : students;
    }
}
