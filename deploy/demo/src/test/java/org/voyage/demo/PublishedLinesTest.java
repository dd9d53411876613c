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

/**
 * Test that counts the records with simple filters, as a clerk would, and compares with contracts/published line by
 * line.
 */
class PublishedLinesTest {

    /** Lines of other records, of numbers from elsewhere, and the impossible one: see the test of Guangxi's growth. */
    private static final Set<String> NOT_FROM_RECORDS =
            Set.of("foreign-teachers-in-schools", "international-students-in-china", PublishedLine.IMPOSSIBLE_LINE);

    private static final LocalDate END_OF_2023 = LocalDate.of(2023, 12, 31);
    private static final DemoHistory HISTORY = DemoHistory.readHistory();

    private final RecordClerk clerk = new RecordClerk(HISTORY);
    private final OverseasClerk overseas = new OverseasClerk(HISTORY);
    private final DerivedClerk derived = new DerivedClerk(clerk);

    @TestFactory
    Stream<DynamicTest> every_published_line_comes_out_of_the_records() {
        List<PublishedLine> lines = PublishedLine.readAll();
        assertThat(lines).hasSize(98).extracting(PublishedLine::name).containsAll(NOT_FROM_RECORDS);
        return lines.stream()
                .filter(line -> !NOT_FROM_RECORDS.contains(line.name()))
                .flatMap(line -> line.validDays()
                        .map(date -> DynamicTest.dynamicTest(
                                line.name() + " at " + date, () -> line.assertMetBy(countLine(line, date)))));
    }

    @Test
    void alliances_have_members_that_records_name() {
        Set<String> partners = HISTORY.rowsOf(DemoRecordType.PROGRAMMES)
                .map(row -> String.valueOf(row.fields().get("foreignPartners")))
                .collect(Collectors.toSet());

        assertThat(AllianceClerk.findAlliance("WFCP").members().stream()
                        .filter(member -> partners.stream()
                                .anyMatch(text -> member.names().stream().anyMatch(text::contains))))
                .hasSizeGreaterThan(20);
    }

    /** They were counted among the students from abroad, whom the published numbers mean. */
    @Test
    void students_of_hong_kong_macao_and_taiwan_come_in_addition_to_the_published_number() {
        assertThat(clerk.enrolledFromHomeRegionsAt(END_OF_2023).count()).isGreaterThan(100);
        assertThat(clerk.countFigure("inbound-students", 2023)).isEqualTo(17_019);
    }

    @Test
    void the_provinces_above_a_threshold_are_those_that_the_source_names_and_no_other() {
        assertThat(derived.studentProvinces(END_OF_2023))
                .hasSize(9)
                .isEqualTo(provincesNamedIn("inbound-provinces-over-500"));
        assertThat(derived.trainingProvinces(END_OF_2023))
                .hasSize(10)
                .isEqualTo(provincesNamedIn("teacher-training-provinces-over-10000"));
    }

    @Test
    void colleges_with_students_abroad_are_as_many_whatever_the_purpose() {
        assertThat(IntStream.of(2016, 2017, 2018)
                        .mapToLong(
                                year -> derived.countInterningColleges(LocalDate.of(year, 12, 31), placement -> true)))
                .containsExactly(187L, 284L, 300L);
    }

    @Test
    void no_number_of_standards_in_guangxi_grows_by_what_was_published_and_the_nearest_is_constructed() {
        BigDecimal published =
                PublishedLine.findLine(PublishedLine.IMPOSSIBLE_LINE).value();
        long now = clerk.countFigure("curriculum-standards-guangxi", 2023);
        List<BigDecimal> off = IntStream.range(1, 300)
                .mapToObj(before -> DerivedClerk.percentOf(now - before, before)
                        .subtract(published)
                        .abs())
                .toList();

        assertThat(now).isEqualTo(221);
        assertThat(off).allMatch(distance -> distance.compareTo(new BigDecimal("0.05")) > 0);
        assertThat(derived.countFigure(PublishedLine.IMPOSSIBLE_LINE, END_OF_2023)
                        .subtract(published)
                        .abs())
                .isEqualByComparingTo(off.stream().min(BigDecimal::compareTo).orElseThrow());
    }

    private BigDecimal countLine(PublishedLine line, LocalDate date) {
        if (derived.isKnown(line.name())) {
            return derived.countFigure(line.name(), date);
        }
        return BigDecimal.valueOf(
                switch (line.service()) {
                    case "overseas" -> overseas.countFigure(line.name(), date);
                    case "feeds" -> AllianceClerk.countFigure(line.name(), date);
                    default -> clerk.countFigure(line.name(), date.getYear());
                });
    }

    /** Parses the provinces from {@code provinces with more than 500 students (Jiangsu, Chongqing)}. */
    private static Set<String> provincesNamedIn(String figure) {
        Map<String, String> codes = CsvTable.readRows("contracts/reference/provinces.csv").stream()
                .collect(Collectors.toMap(row -> row.getOrDefault("en", ""), row -> row.getOrDefault("code", "")));
        String names = PublishedLine.findLine(figure).derivation().replaceFirst(".*\\((.*)\\).*", "$1");
        assertThat(codes).containsKeys(names.split(", "));
        return Arrays.stream(names.split(", "))
                .map(name -> codes.getOrDefault(name, ""))
                .collect(Collectors.toSet());
    }
}
