package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the records of mobility, cooperation and standards are like, beyond the figures that they add up to. */
class RowsTest {

    private static final History HISTORY = History.build();

    private static final Map<String, String> REGIONS = Table.read("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> cell(row, "alpha3"), row -> cell(row, "region")));

    private final History history = HISTORY;
    private final Clerk clerk = new Clerk(history);

    @Test
    void what_no_indicator_computes_yet_is_constructed_as_published_where_it_can_be() {
        LocalDate end = LocalDate.of(2023, 12, 31);
        Map<String, Long> students =
                clerk.enrolled(end).collect(Collectors.groupingBy(Row::province, Collectors.counting()));
        assertThat(students.entrySet().stream()
                        .filter(province -> province.getValue() > 500)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("32", "50", "37", "51", "45", "41", "13", "33", "44");
        assertThat(clerk.trainingByProvince(2023).entrySet().stream()
                        .filter(province -> province.getValue() > 10_000)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("44", "32", "13", "33", "50", "37", "36", "41", "61", "51");
        assertThat(clerk.enrolled(end)
                        .filter(row -> "asia".equals(REGIONS.get(row.text("nationality"))))
                        .count())
                .isGreaterThan(17_019 * 7 / 10);
        for (Map<String, String> row : Table.read("contracts/published/series.csv")) {
            int year = Integer.parseInt(cell(row, "period"));
            switch (cell(row, "series")) {
                case "outbound-internship-colleges" ->
                    assertThat(clerk.collegesAboveTen(RecordType.PLACEMENTS, "participants", year, placement -> true))
                            .isEqualTo(Long.parseLong(cell(row, "value")));
                case "teacher-guidance-colleges" ->
                    assertThat(clerk.collegesAboveTen(
                                    RecordType.ASSIGNMENTS, "teachers", year, Clerk.with("role", "guidance")))
                            .isEqualTo(Long.parseLong(cell(row, "value")));
                default -> {
                    // Computed, and compared above.
                }
            }
        }
    }

    @Test
    void partners_in_belt_and_road_countries_are_as_few_as_published() {
        Set<String> members = Table.read("contracts/reference/lists/belt-and-road.csv").stream()
                .map(row -> cell(row, "alpha3"))
                .collect(Collectors.toSet());
        LocalDate end = LocalDate.of(2022, 12, 31);
        assertThat(Stream.of(RecordType.INSTITUTIONS, RecordType.PROGRAMMES)
                        .flatMap(type -> clerk.standing(type, end))
                        .filter(row -> BulkFile.cell(row.fields().getOrDefault("foreignPartners", List.of()))
                                .matches(".*:(" + String.join("|", members) + ")"))
                        .count())
                .isEqualTo(65);
    }

    @Test
    void every_child_has_its_parent() {
        Set<History.Key> keys = history.entries().map(History.Key::of).collect(Collectors.toSet());
        assertThat(history.rows(RecordType.RECOGNITIONS))
                .allMatch(row ->
                        keys.contains(new History.Key(RecordType.STANDARDS, row.province(), row.text("standard"))));
        assertThat(history.rows(RecordType.COOPERATIVE_HEADCOUNTS))
                .allMatch(row -> keys.contains(
                                new History.Key(RecordType.INSTITUTIONS, row.province(), row.text("institution")))
                        ^ keys.contains(new History.Key(RecordType.PROGRAMMES, row.province(), row.text("programme"))));
    }

    @Test
    void an_enrolment_has_ended_exactly_when_it_is_not_running_and_never_before_it_began() {
        assertThat(history.rows(RecordType.ENROLMENTS)).allSatisfy(row -> {
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
        List<Row> persons = history.rows(RecordType.ENROLMENTS)
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
        begins.forEach((type, field) -> assertThat(history.rows(type).map(row -> row.text(field)))
                .as(type.path)
                .anyMatch(date -> date.endsWith("-02-29"))
                .anyMatch(date -> date.endsWith("-12-31")));
        assertThat(history.rows(RecordType.ENROLMENTS).map(row -> row.text("endedOn")))
                .contains("2023-12-31", "2024-02-29");
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
