package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test of the properties of the mobility, cooperation and standards records that no figure shows. */
class HistoryRowsTest {

    private static final DemoHistory HISTORY = DemoHistory.readHistory();

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
        List<String> listed = CsvTable.readRows("history/college-lists/double-high.csv").stream()
                .map(row -> row.getOrDefault("college", ""))
                .toList();
        Set<String> named = knownSchools()
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
        Set<String> invented = knownSchools()
                .filter(school -> school.name().contains("示例"))
                .flatMap(school -> school.foundingColleges().stream())
                .collect(Collectors.toSet());
        assertThat(CsvTable.readRows(DemoLists.COLLEGE_NAMES))
                .hasSize(3)
                .allMatch(row -> row.getOrDefault("code", "").startsWith("41" + row.get("province")))
                .allMatch(row -> row.getOrDefault("zh", "").contains("示例"))
                .extracting(row -> row.get("code"))
                .containsExactlyInAnyOrderElementsOf(invented);
    }

    /** Returns the schools that exist, and the three invented Luban Workshops among them. */
    private Stream<OverseasSchool> knownSchools() {
        return OverseasSchool.readSchools(history).stream()
                .filter(school -> school.sourceId().matches("(LB|KS)-\\d\\d"));
    }

    @Test
    void every_child_has_its_parent() {
        Set<DemoHistory.HistoryKey> keys =
                history.records().stream().map(DemoHistory.HistoryKey::of).collect(Collectors.toSet());
        assertThat(history.rowsOf(DemoRecordType.RECOGNITIONS))
                .allMatch(row -> keys.contains(
                        new DemoHistory.HistoryKey(DemoRecordType.STANDARDS, row.province(), row.text("standard"))));
        assertThat(history.rowsOf(DemoRecordType.COOPERATIVE_HEADCOUNTS))
                .allMatch(row -> keys.contains(new DemoHistory.HistoryKey(
                                DemoRecordType.INSTITUTIONS, row.province(), row.text("institution")))
                        ^ keys.contains(new DemoHistory.HistoryKey(
                                DemoRecordType.PROGRAMMES, row.province(), row.text("programme"))));
    }

    @Test
    void an_enrolment_has_ended_exactly_when_it_is_not_running_and_never_before_it_began() {
        assertThat(history.rowsOf(DemoRecordType.ENROLMENTS)).allSatisfy(row -> {
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
        List<RecordRow> persons = history.rowsOf(DemoRecordType.ENROLMENTS)
                .filter(row -> row.fields().containsKey("name"))
                .toList();
        assertThat(persons).hasSizeBetween(24, 60).allSatisfy(row -> {
            assertThat(row.text("name")).startsWith("示例学生").endsWith("(fictitious)");
            assertThat(row.text("passportNumber")).startsWith("EXAMPLE");
        });
    }

    @Test
    void the_edges_of_the_calendar_are_in_every_record() {
        Map<DemoRecordType, String> begins = Map.of(
                DemoRecordType.ENROLMENTS, "startedOn",
                DemoRecordType.PLACEMENTS, "startedOn",
                DemoRecordType.ASSIGNMENTS, "startedOn",
                DemoRecordType.PROGRAMMES, "approvedOn",
                DemoRecordType.RECOGNITIONS, "decidedOn",
                DemoRecordType.CREDENTIALS, "submittedOn");
        begins.forEach((type, field) -> assertThat(history.rowsOf(type).map(row -> row.text(field)))
                .as(type.path)
                .anyMatch(date -> date.endsWith("-02-29"))
                .anyMatch(date -> date.endsWith("-12-31")));
        assertThat(history.rowsOf(DemoRecordType.ENROLMENTS).map(row -> row.text("endedOn")))
                .contains("2023-12-31", "2024-02-29");
    }
}
