package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Membership list with dates, read from its file. */
record DatedMembership(List<Map<String, String>> rows, String member, String from, String until) {

    static DatedMembership ofCountries(String list) {
        return new DatedMembership(
                CsvTable.readRows("contracts/reference/lists/" + list + ".csv"), "alpha3", "from", "until");
    }

    static DatedMembership ofColleges(String list) {
        return new DatedMembership(
                CsvTable.readRows("history/college-lists/" + list + ".csv"), "college", "valid_from", "valid_until");
    }

    boolean isMember(String code, LocalDate date) {
        return rows.stream()
                .filter(row -> code.equals(row.get(member)))
                .anyMatch(row -> !LocalDate.parse(row.getOrDefault(from, "")).isAfter(date)
                        && (row.getOrDefault(until, "").isEmpty()
                                || LocalDate.parse(row.getOrDefault(until, "")).isAfter(date)));
    }
}
