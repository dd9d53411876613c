package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Students of each institution and programme that has enrolled, 2021 to 2024; 2023 adds up to the published number. */
final class CooperativeHeadcounts {

    static final LocalDate COUNTED = LocalDate.of(2023, 12, 31);

    private static final Map<Integer, Integer> STUDENTS =
            Map.of(2021, 88_400, 2022, 96_900, 2023, 117_080, 2024, 121_300);

    private CooperativeHeadcounts() {}

    static List<Row> build(List<Row> institutions, List<Row> programmes) {
        List<Row> rows = new ArrayList<>();
        List<Row> parents =
                Stream.concat(institutions.stream(), programmes.stream()).toList();
        STUDENTS.keySet().stream().sorted().forEach(year -> year(parents, year, rows));
        return List.copyOf(rows);
    }

    private static void year(List<Row> parents, int year, List<Row> rows) {
        LocalDate end = LocalDate.of(year, 12, 31);
        List<Row> enrolling = parents.stream()
                .filter(parent -> parent.standsAt(end, "enrollingFrom", "terminatedOn"))
                .toList();
        int[] students = Shares.of(
                STUDENTS.getOrDefault(year, 0),
                enrolling.stream().mapToInt(parent -> weight(parent, year)).toArray());
        for (int i = 0; i < students.length; i++) {
            Row parent = enrolling.get(i);
            rows.add(Row.of(RecordType.COOPERATIVE_HEADCOUNTS, parent.province(), parent.sourceId() + "-" + year)
                    .with(parent.type() == RecordType.INSTITUTIONS ? "institution" : "programme", parent.sourceId())
                    .with("year", year)
                    .with("students", students[i]));
        }
    }

    /** Institutions are larger; what is suspended has nobody left, for a nought is a number too. */
    private static int weight(Row parent, int year) {
        int students = 30 + Math.floorMod((parent.sourceId() + year / 2).hashCode(), 60);
        return parent.text("status").equals("suspended")
                ? 0
                : parent.type() == RecordType.INSTITUTIONS ? 6 * students : students;
    }
}
