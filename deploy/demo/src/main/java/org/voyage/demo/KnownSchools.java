package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Schools of {@code history/known-schools.csv}: publicly known facts, with some constructed ones. */
final class KnownSchools {

    private KnownSchools() {}

    static List<OverseasSchool> readSchools(CollegeCodes colleges) {
        return CsvTable.readRows("history/known-schools.csv").stream()
                .map(row -> toSchool(row, colleges))
                .toList();
    }

    private static OverseasSchool toSchool(Map<String, String> row, CollegeCodes colleges) {
        String province = cellOf(row, "province");
        List<String> founders = CsvTable.splitList(cellOf(row, "colleges"));
        // The record knows colleges by code only; the name in brackets keeps the first founder readable.
        String name = cellOf(row, "name").endsWith("）")
                ? cellOf(row, "name")
                : cellOf(row, "name") + "（" + founders.getFirst() + "）";
        return new OverseasSchool(
                province,
                cellOf(row, "sourceId"),
                name,
                cellOf(row, "nameEn"),
                cellOf(row, "brand"),
                cellOf(row, "tier"),
                cellOf(row, "form"),
                cellOf(row, "country"),
                cellOf(row, "city"),
                founders.stream()
                        .map(college -> colleges.codeOf(college, province))
                        .toList(),
                List.of(new OverseasSchool.SchoolPartner(cellOf(row, "partner"), cellOf(row, "country"))),
                CsvTable.splitList(cellOf(row, "enterprise")),
                CsvTable.splitList(cellOf(row, "majors")),
                "open",
                LocalDate.parse(cellOf(row, "openedOn")),
                null);
    }

    private static String cellOf(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }
}
