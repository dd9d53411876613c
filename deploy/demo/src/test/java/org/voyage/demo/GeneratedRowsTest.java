package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Test of the properties of mobility, cooperation and standards records that no figure shows. */
class GeneratedRowsTest {

    private static final DemoHistory HISTORY = DemoHistory.buildHistory();

    private final DemoHistory history = HISTORY;
    private final RecordClerk clerk = new RecordClerk(history);

    @Test
    void more_than_seven_of_ten_students_come_from_asia_in_every_year() {
        DerivedClerk derived = new DerivedClerk(clerk);
        assertThat(IntStream.rangeClosed(2008, 2025)
                        .mapToObj(year -> derived.countFigure("inbound-asia-share", LocalDate.of(year, 12, 31))))
                .hasSize(18)
                .allMatch(share -> share.intValue() >= 70);
    }

    @Test
    void no_college_of_the_double_high_plan_is_one_that_a_known_school_names() {
        List<String> listed = DoubleHighColleges.collegesByProvince().values().stream()
                .flatMap(List::stream)
                .toList();
        Set<String> named = KnownSchools.readSchools(new CollegeCodes()).stream()
                .flatMap(school -> school.foundingColleges().stream())
                .collect(Collectors.toSet());
        assertThat(listed)
                .hasSize(197)
                .doesNotHaveDuplicates()
                .allMatch(college -> college.matches("41\\d{2}9\\d{5}"))
                .doesNotContainAnyElementsOf(named);
    }

    @Test
    void the_list_of_names_has_the_invented_colleges_of_known_schools_and_no_other() {
        CollegeCodes codes = new CollegeCodes();
        KnownSchools.readSchools(codes);
        Map<String, String> expected = CsvTable.readRows("history/known-schools.csv").stream()
                .flatMap(row -> CsvTable.splitList(row.getOrDefault("colleges", "")).stream())
                .filter(name -> name.contains("示例"))
                .collect(Collectors.toMap(name -> codes.codeOf(name, ""), name -> name));
        assertThat(CsvTable.readRows(DemoLists.COLLEGE_NAMES))
                .hasSize(3)
                .allMatch(row ->
                        BureauList.provinceOf(row.getOrDefault("code", "")).equals(row.get("province")))
                .extracting(row -> row.get("code"), row -> row.get("zh"))
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .map(entry -> tuple(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Test
    void every_child_has_its_parent() {
        Set<DemoHistory.HistoryKey> keys =
                history.entries().map(DemoHistory.HistoryKey::of).collect(Collectors.toSet());
        assertThat(history.rowsOf(RecordType.RECOGNITIONS))
                .allMatch(row -> keys.contains(
                        new DemoHistory.HistoryKey(RecordType.STANDARDS, row.province(), row.text("standard"))));
        assertThat(history.rowsOf(RecordType.COOPERATIVE_HEADCOUNTS))
                .allMatch(row -> keys.contains(new DemoHistory.HistoryKey(
                                RecordType.INSTITUTIONS, row.province(), row.text("institution")))
                        ^ keys.contains(new DemoHistory.HistoryKey(
                                RecordType.PROGRAMMES, row.province(), row.text("programme"))));
    }

    @Test
    void an_enrolment_has_ended_exactly_when_it_is_not_running_and_never_before_it_began() {
        assertThat(history.rowsOf(RecordType.ENROLMENTS)).allSatisfy(row -> {
            LocalDate ended = row.date("endedOn");
            assertThat(ended == null).isEqualTo(row.text("outcome").equals("enrolled"));
            assertThat(ended == null || !ended.isBefore(row.date("startedOn"))).isTrue();
            assertThat(row.text("category").equals("degree")
                            && row.text("major").isEmpty())
                    .isFalse();
        });
    }

    @Test
    void the_few_persons_in_it_are_marked_as_fictitious() {
        List<RecordRow> persons = history.rowsOf(RecordType.ENROLMENTS)
                .filter(row -> row.fields().containsKey("name"))
                .toList();
        assertThat(persons).hasSizeBetween(24, 60).allSatisfy(row -> {
            assertThat(row.text("name")).startsWith("示例学生").endsWith("(fictitious)");
            assertThat(row.text("passportNumber")).startsWith("EXAMPLE");
        });
    }

    @Test
    void the_edges_of_the_calendar_are_in_every_record() {
        Map<RecordType, String> begins = Map.of(
                RecordType.ENROLMENTS, "startedOn",
                RecordType.PLACEMENTS, "startedOn",
                RecordType.ASSIGNMENTS, "startedOn",
                RecordType.PROGRAMMES, "approvedOn",
                RecordType.RECOGNITIONS, "decidedOn",
                RecordType.CREDENTIALS, "submittedOn");
        begins.forEach((type, field) -> assertThat(history.rowsOf(type).map(row -> row.text(field)))
                .as(type.path)
                .anyMatch(date -> date.endsWith("-02-29"))
                .anyMatch(date -> date.endsWith("-12-31")));
        assertThat(history.rowsOf(RecordType.ENROLMENTS).map(row -> row.text("endedOn")))
                .contains("2023-12-31", "2024-02-29");
    }
}
