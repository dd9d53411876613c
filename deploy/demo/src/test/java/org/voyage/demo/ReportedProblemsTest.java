package org.voyage.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that the records show the problems that the source names without numbers. */
class ReportedProblemsTest {

    private static final LocalDate END_OF_2022 = LocalDate.of(2022, 12, 31);
    private static final LocalDate END_OF_2023 = LocalDate.of(2023, 12, 31);
    private static final DemoHistory HISTORY = DemoHistory.readHistory();

    private final RecordClerk clerk = new RecordClerk(HISTORY);
    private final DerivedClerk derived = new DerivedClerk(clerk);

    @Test
    void few_are_assessed_before_they_are_admitted() {
        assertThat(IntStream.rangeClosed(2008, 2025)
                        .mapToDouble(year -> percentOf(
                                HISTORY.rowsOf(DemoRecordType.ENROLMENTS).filter(startedIn(year)),
                                RecordClerk.hasValue("assessed", "true"))))
                .hasSize(18)
                .allSatisfy(assessed -> assertThat(assessed).isBetween(20.0, 40.0));
    }

    @Test
    void partners_are_concentrated_and_few_of_them_are_along_the_belt_and_road() {
        List<String> partners = derived.activeAgreements(END_OF_2022)
                .flatMap(DerivedClerk::partnerCountries)
                .toList();
        Map<String, Long> byCountry = partners.stream().collect(groupingBy(country -> country, counting()));
        long topThree = byCountry.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(3)
                .mapToLong(count -> count)
                .sum();

        assertThat(byCountry).hasSizeGreaterThan(15);
        assertThat(100.0 * topThree / partners.size()).isBetween(50.0, 75.0);
        assertThat(100.0 * derived.countAlongTheRoad(END_OF_2022) / partners.size())
                .isLessThan(10);
    }

    @Test
    void overseas_schools_are_concentrated_in_south_east_asia_and_africa() {
        Map<String, String> subRegions = CsvTable.readRows("contracts/reference/countries.csv").stream()
                .collect(Collectors.toMap(
                        row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("subRegion", "")));
        List<OverseasSchool> schools =
                new OverseasClerk(HISTORY).openAt(END_OF_2023).toList();

        assertThat(percentOf(
                        schools.stream(),
                        school -> "south-eastern-asia".equals(subRegions.get(school.hostCountry()))
                                || derived.regionOf(school.hostCountry()).equals("africa")))
                .isBetween(60.0, 85.0);
    }

    @Test
    void foreign_teachers_leave_soon() {
        List<Long> stays = HISTORY.rowsOf(DemoRecordType.FOREIGN_TEACHERS)
                .filter(row -> row.date("endedOn") != null)
                .map(row -> ChronoUnit.DAYS.between(
                        Objects.requireNonNull(row.date("startedOn")), Objects.requireNonNull(row.date("endedOn"))))
                .sorted()
                .toList();

        assertThat(stays).hasSizeGreaterThan(1_000);
        assertThat(stays.get(stays.size() / 2)).isBetween(200L, 330L);
        assertThat(percentOf(stays.stream(), days -> days < 365)).isBetween(55.0, 75.0);
    }

    @Test
    void most_teachers_stay_abroad_less_than_a_term_but_not_all() {
        assertThat(percentOf(HISTORY.rowsOf(DemoRecordType.ASSIGNMENTS), row -> row.number("days") < 90))
                .isBetween(75.0, 98.0);
        assertThat(percentOf(HISTORY.rowsOf(DemoRecordType.ASSIGNMENTS), row -> row.number("days") <= 30))
                .isGreaterThan(50);
    }

    @Test
    void certificates_earned_online_are_often_not_recognised() {
        double online = shareRecognised("online");

        assertThat(online).isLessThan(30);
        assertThat(shareRecognised("cross-border")).isGreaterThan(online + 20);
    }

    private static double shareRecognised(String delivery) {
        return percentOf(
                HISTORY.rowsOf(DemoRecordType.CREDENTIALS).filter(RecordClerk.hasValue("delivery", delivery)),
                RecordClerk.hasValue("decision", "recognised"));
    }

    private static Predicate<RecordRow> startedIn(int year) {
        return row -> row.text("startedOn").startsWith(String.valueOf(year));
    }

    /** Returns a share in percent. */
    private static <T> double percentOf(Stream<T> all, Predicate<T> wanted) {
        List<T> list = all.toList();
        return 100.0 * list.stream().filter(wanted).count() / list.size();
    }
}
