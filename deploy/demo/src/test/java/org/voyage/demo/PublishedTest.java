package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Counts the records as naively as a clerk would and compares with contracts/published, line by line. */
class PublishedTest {

    /** Of other records than these, of a number from elsewhere, or impossible: see the test of Guangxi's growth. */
    private static final Set<String> NOT_FROM_RECORDS = Set.of(
            "foreign-teachers-in-schools",
            "vocational-share-of-all-inbound",
            "wfcp-universities",
            "wfcp-countries",
            "wfcp-enterprises",
            "wfcp-industry-organisations",
            PublishedLine.IMPOSSIBLE);

    private static final LocalDate END_OF_2023 = LocalDate.of(2023, 12, 31);
    private static final History HISTORY = History.build();

    private final Clerk clerk = new Clerk(HISTORY);
    private final OverseasClerk overseas = new OverseasClerk(HISTORY);
    private final DerivedClerk derived = new DerivedClerk(clerk);

    @TestFactory
    Stream<DynamicTest> every_published_line_comes_out_of_the_records() {
        List<PublishedLine> lines = PublishedLine.all();
        assertThat(lines).hasSize(97).extracting(PublishedLine::name).containsAll(NOT_FROM_RECORDS);
        return lines.stream()
                .filter(line -> !NOT_FROM_RECORDS.contains(line.name()))
                .flatMap(line -> line.moments()
                        .map(date -> DynamicTest.dynamicTest(
                                line.name() + " at " + date, () -> line.assertMetBy(count(line, date)))));
    }

    @Test
    void the_provinces_above_a_threshold_are_those_that_the_source_names_and_no_other() {
        assertThat(derived.studentProvinces(END_OF_2023))
                .hasSize(9)
                .isEqualTo(provincesNamedBy("inbound-provinces-over-500"));
        assertThat(derived.trainingProvinces(END_OF_2023))
                .hasSize(10)
                .isEqualTo(provincesNamedBy("teacher-training-provinces-over-10000"));
    }

    @Test
    void colleges_with_students_abroad_are_as_many_whatever_the_purpose() {
        assertThat(IntStream.of(2016, 2017, 2018)
                        .mapToLong(year -> derived.interning(LocalDate.of(year, 12, 31), placement -> true)))
                .containsExactly(187L, 284L, 300L);
    }

    @Test
    void no_number_of_standards_in_guangxi_grows_by_what_was_published_and_the_nearest_is_constructed() {
        BigDecimal published = PublishedLine.named(PublishedLine.IMPOSSIBLE).value();
        long now = clerk.count("curriculum-standards-guangxi", 2023);
        List<BigDecimal> off = IntStream.range(1, 300)
                .mapToObj(before -> DerivedClerk.percent(now - before, before)
                        .subtract(published)
                        .abs())
                .toList();

        assertThat(now).isEqualTo(221);
        assertThat(off).allMatch(distance -> distance.compareTo(new BigDecimal("0.05")) > 0);
        assertThat(derived.count(PublishedLine.IMPOSSIBLE, END_OF_2023)
                        .subtract(published)
                        .abs())
                .isEqualByComparingTo(off.stream().min(BigDecimal::compareTo).orElseThrow());
    }

    private BigDecimal count(PublishedLine line, LocalDate date) {
        if (derived.knows(line.name())) {
            return derived.count(line.name(), date);
        }
        return BigDecimal.valueOf(
                line.service().equals("overseas")
                        ? overseas.count(line.name(), date)
                        : clerk.count(line.name(), date.getYear()));
    }

    /** From {@code provinces with more than 500 students (Jiangsu, Chongqing)}. */
    private static Set<String> provincesNamedBy(String figure) {
        Map<String, String> codes = Table.read("contracts/reference/provinces.csv").stream()
                .collect(Collectors.toMap(row -> row.getOrDefault("en", ""), row -> row.getOrDefault("code", "")));
        String names = PublishedLine.named(figure).derivation().replaceFirst(".*\\((.*)\\).*", "$1");
        assertThat(codes).containsKeys(names.split(", "));
        return Arrays.stream(names.split(", "))
                .map(name -> codes.getOrDefault(name, ""))
                .collect(Collectors.toSet());
    }
}
