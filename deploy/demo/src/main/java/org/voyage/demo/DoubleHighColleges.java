package org.voyage.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The colleges of the Double High Plan, constructed: 197 as on the list of 2019, about the same part of each bureau's
 * colleges, and none that a known school names, for nothing is said here about a college that exists. The platform's
 * own list is empty until its operator fills it, so the demo brings this one.
 */
final class DoubleHighColleges {

    private static final String LIST_FOLDER = "history/college-lists";

    private DoubleHighColleges() {}

    static Map<String, List<String>> collegesByProvince() {
        return CsvTable.readRows(LIST_FOLDER + "/double-high.csv").stream()
                .map(row -> row.getOrDefault("college", ""))
                .collect(Collectors.groupingBy(BureauList::provinceOf));
    }

    /** What tells the services of a platform to take the demo's lists of colleges. */
    static Map<String, String> serviceEnvironment(Path project) {
        Path folder = project.resolve("deploy/demo/src/main/resources").resolve(LIST_FOLDER);
        return Map.of("VOYAGE_INDICATORS_COLLEGE_LISTS", folder.toAbsolutePath().toString());
    }
}
