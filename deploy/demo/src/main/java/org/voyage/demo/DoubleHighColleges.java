package org.voyage.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Constructed list of the Double High Plan: 197 colleges as on the list of 2019, in equal proportion for each bureau.
 * No known school names one of them, because the demo says nothing about real colleges. The platform's own list is
 * empty until its operator fills it, so the demo brings this one.
 */
final class DoubleHighColleges {

    static final String LIST_FOLDER = "history/college-lists";

    private DoubleHighColleges() {}

    static Map<String, List<String>> collegesByProvince() {
        return CsvTable.readRows(LIST_FOLDER + "/double-high.csv").stream()
                .map(row -> row.getOrDefault("college", ""))
                .collect(Collectors.groupingBy(BureauList::provinceOf));
    }
}
