package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A list with time, read from its file: who is a member on a day. */
record Membership(List<Map<String, String>> rows, String member, String from, String until) {

    static Membership ofCountries(String list) {
        return new Membership(Table.read("contracts/reference/lists/" + list + ".csv"), "alpha3", "from", "until");
    }

    static Membership ofColleges(String list) {
        return new Membership(
                Table.read("history/college-lists/" + list + ".csv"), "college", "valid_from", "valid_until");
    }

    boolean holds(String code, LocalDate date) {
        return rows.stream()
                .filter(row -> code.equals(row.get(member)))
                .anyMatch(row -> !LocalDate.parse(row.getOrDefault(from, "")).isAfter(date)
                        && (row.getOrDefault(until, "").isEmpty()
                                || LocalDate.parse(row.getOrDefault(until, "")).isAfter(date)));
    }
}
