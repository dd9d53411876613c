package org.voyage.demo;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Counts the records as naively as a clerk would and compares with contracts/published. */
class HistoryTest {

    private static final History HISTORY = History.build();

    private final History history = HISTORY;
    private final Clerk clerk = new Clerk(history);
    private final Map<String, String> regions = Table.read("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> cell(row, "alpha3"), row -> cell(row, "region")));

    @TestFactory
    Stream<DynamicTest> every_published_series_value_comes_out_of_the_records() {
        return computed("series")
                .map(row -> DynamicTest.dynamicTest(
                        row.get("series") + " " + row.get("period"),
                        () -> assertPublished(row, series(row, Integer.parseInt(cell(row, "period"))))));
    }

    @TestFactory
    Stream<DynamicTest> every_published_single_figure_comes_out_of_the_records() {
        return computed("figures")
                .flatMap(row -> moments(row)
                        .map(date -> DynamicTest.dynamicTest(
                                row.get("figure") + " at " + date, () -> assertPublished(row, figure(row, date)))));
    }

    @Test
    void a_major_is_counted_the_same_by_schools_and_by_headcounts() {
        Set<String> taught = at(Headcounts.LAST_DAY)
                .flatMap(school -> school.majors().stream())
                .collect(Collectors.toSet());
        Set<String> counted = history.headcounts().stream()
                .filter(headcount -> headcount.year() == 2023)
                .map(Headcount::major)
                .collect(Collectors.toSet());
        assertThat(taught).isEqualTo(counted).hasSize(795).allMatch(major -> major.matches("\\d{6}"));
    }

    @Test
    void a_key_occurs_once() {
        List<History.Key> keys = history.entries().map(History.Key::of).toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void the_history_is_the_same_every_time() {
        assertThat(History.build()).isEqualTo(history);
    }

    @Test
    void an_opening_date_is_there_unless_planned_and_a_closing_date_exactly_when_closed() {
        assertThat(history.schools()).allSatisfy(school -> {
            assertThat(school.openedOn() == null).isEqualTo(school.status().equals("planned"));
            assertThat(school.closedOn() != null).isEqualTo(school.status().equals("closed"));
            if (school.closedOn() != null) {
                assertThat(school.closedOn()).isAfter(school.openedOn());
            }
        });
    }

    @Test
    void life_is_in_it() {
        assertThat(history.schools()).extracting(School::status).contains("planned", "open", "suspended", "closed");
        assertThat(history.schools())
                .extracting(School::openedOn)
                .contains(LocalDate.of(2020, 2, 29), LocalDate.of(2024, 2, 29), LocalDate.of(2021, 8, 31));
        assertThat(history.schools()).extracting(School::closedOn).contains(LocalDate.of(2021, 8, 31));
        assertThat(history.provinces()).hasSizeGreaterThan(28);
        assertThat(at(LocalDate.of(2022, 12, 31)).count()).isBetween(143L, 542L);
        assertThat(history.headcounts()).extracting(Headcount::students).contains(0);
    }

    @Test
    void a_story_ends_in_the_state_that_is_counted() {
        assertThat(history.stories()).allSatisfy(story -> {
            List<Entry> counted = history.entries().toList();
            switch (story.last()) {
                case Story.Send send -> assertThat(counted).contains(send.entry());
                case Story.Withdraw withdraw ->
                    assertThat(counted)
                            .noneMatch(entry -> entry.type() == withdraw.entry().type()
                                    && entry.province().equals(withdraw.entry().province())
                                    && entry.sourceId().equals(withdraw.entry().sourceId()));
            }
        });
    }

    /** The lines of a published file that an indicator computes. */
    private static Stream<Map<String, String>> computed(String file) {
        return Table.read("contracts/published/" + file + ".csv").stream()
                .filter(row -> !cell(row, "indicator").isEmpty());
    }

    private static void assertPublished(Map<String, String> row, long counted) {
        long published = Long.parseLong(cell(row, "value"));
        if (cell(row, "relation").equals(">")) {
            assertThat(counted).isGreaterThan(published);
        } else {
            assertThat(row).containsEntry("relation", "=");
            assertThat(counted).isEqualTo(published);
        }
    }

    private long series(Map<String, String> row, int year) {
        return isOverseas(row) ? series(cell(row, "series"), year) : clerk.count(cell(row, "series"), year);
    }

    private long figure(Map<String, String> row, LocalDate date) {
        return isOverseas(row) ? figure(cell(row, "figure"), date) : clerk.count(cell(row, "figure"), date.getYear());
    }

    private static boolean isOverseas(Map<String, String> row) {
        return cell(row, "service").equals("overseas");
    }

    private long series(String name, int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return switch (name) {
            case "overseas-schools" -> at(end).count();
            case "overseas-majors" ->
                at(end).flatMap(school -> school.majors().stream()).distinct().count();
            case "overseas-students" ->
                history.headcounts().stream()
                        .filter(headcount -> headcount.year() == year)
                        .mapToLong(Headcount::students)
                        .sum();
            default -> throw new AssertionError("a published series that nobody counts: " + name);
        };
    }

    private long figure(String name, LocalDate date) {
        Predicate<School> luban = school -> school.brand().equals("luban-workshop");
        Predicate<School> tianjin = school -> school.province().equals("12");
        return switch (name) {
            case "overseas-founding-schools" ->
                at(date).flatMap(school -> school.foundingColleges().stream())
                        .distinct()
                        .count();
            case "luban-workshops" -> at(date).filter(luban).count();
            case "luban-workshop-countries" -> countries(at(date).filter(luban));
            case "luban-workshops-tianjin" ->
                at(date).filter(luban.and(tianjin)).count();
            case "luban-workshop-countries-tianjin" -> countries(at(date).filter(luban.and(tianjin)));
            default -> countries(at(date).filter(inRegion(name.substring("overseas-countries-".length()))));
        };
    }

    private Predicate<School> inRegion(String region) {
        assertThat(regions).containsValue(region);
        return school -> region.equals(regions.get(school.hostCountry()));
    }

    private static long countries(Stream<School> schools) {
        return schools.map(School::hostCountry).distinct().count();
    }

    private Stream<School> at(LocalDate date) {
        return history.schools().stream()
                .filter(school ->
                        school.openedOn() != null && !school.openedOn().isAfter(date))
                .filter(not(school ->
                        school.closedOn() != null && !school.closedOn().isAfter(date)));
    }

    /**
     * An undated figure must hold when it was collected, at the end of the history and today; one of a "second batch" at
     * the end of the year that its slice names.
     */
    private static Stream<LocalDate> moments(Map<String, String> row) {
        String period = cell(row, "period");
        if (period.equals("undated")) {
            return Stream.of(Timeline.AUGUST_2021, Headcounts.LAST_DAY, LocalDate.of(2026, 11, 24));
        }
        String asked = period.matches("\\d{4}(-\\d{2})?")
                ? period
                : cell(row, "slice").substring("period=".length(), "period=2023".length());
        return Stream.of(
                asked.length() == 4
                        ? LocalDate.of(Integer.parseInt(asked), 12, 31)
                        : YearMonth.parse(asked).atEndOfMonth());
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
