package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The schools of {@code history/known-schools.csv}: what is publicly known, and what in it is constructed. */
final class KnownSchools {

    private KnownSchools() {}

    static List<School> read(Colleges colleges) {
        return Table.read("history/known-schools.csv").stream()
                .map(row -> school(row, colleges))
                .toList();
    }

    private static School school(Map<String, String> row, Colleges colleges) {
        String province = cell(row, "province");
        List<String> founders = Table.list(cell(row, "colleges"));
        // The record knows colleges by code only; the name in brackets keeps the first founder readable.
        String name = cell(row, "name").endsWith("）")
                ? cell(row, "name")
                : cell(row, "name") + "（" + founders.getFirst() + "）";
        return new School(
                province,
                cell(row, "sourceId"),
                name,
                cell(row, "nameEn"),
                cell(row, "brand"),
                cell(row, "tier"),
                cell(row, "form"),
                cell(row, "country"),
                cell(row, "city"),
                founders.stream()
                        .map(college -> colleges.named(college, province))
                        .toList(),
                List.of(new School.Partner(cell(row, "partner"), cell(row, "country"))),
                Table.list(cell(row, "enterprise")),
                Table.list(cell(row, "majors")),
                "open",
                LocalDate.parse(cell(row, "openedOn")),
                null);
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }
}
