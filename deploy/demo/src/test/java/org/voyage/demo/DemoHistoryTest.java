package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Test of the history as a whole, and of its schools. */
class DemoHistoryTest {

    private static final DemoHistory HISTORY = DemoHistory.readHistory();

    private final DemoHistory history = HISTORY;
    private final List<OverseasSchool> schools = OverseasSchool.readSchools(history);
    private final List<SchoolHeadcount> headcounts = SchoolHeadcount.readHeadcounts(history);
    private final OverseasClerk clerk = new OverseasClerk(history);

    @Test
    void a_major_is_counted_the_same_by_schools_and_by_headcounts() {
        Set<String> taught = clerk.openAt(LocalDate.of(2023, 12, 31))
                .flatMap(school -> school.majors().stream())
                .collect(Collectors.toSet());
        Set<String> counted = headcounts.stream()
                .filter(headcount -> headcount.year() == 2023)
                .map(SchoolHeadcount::major)
                .collect(Collectors.toSet());
        assertThat(taught).isEqualTo(counted).hasSize(795).allMatch(major -> major.matches("\\d{6}"));
    }

    @Test
    void a_key_occurs_once() {
        List<DemoHistory.HistoryKey> keys =
                history.records().stream().map(DemoHistory.HistoryKey::of).toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void an_opening_date_is_there_unless_planned_and_a_closing_date_exactly_when_closed() {
        assertThat(schools).allSatisfy(school -> {
            assertThat(school.openedOn() == null).isEqualTo(school.status().equals("planned"));
            assertThat(school.closedOn() != null).isEqualTo(school.status().equals("closed"));
            if (school.closedOn() != null) {
                assertThat(school.closedOn()).isAfter(school.openedOn());
            }
        });
    }

    @Test
    void life_is_in_it() {
        assertThat(schools).extracting(OverseasSchool::status).contains("planned", "open", "suspended", "closed");
        assertThat(schools)
                .extracting(OverseasSchool::openedOn)
                .contains(LocalDate.of(2020, 2, 29), LocalDate.of(2024, 2, 29), LocalDate.of(2021, 8, 31));
        assertThat(schools).extracting(OverseasSchool::closedOn).contains(LocalDate.of(2021, 8, 31));
        assertThat(history.provinces()).hasSizeGreaterThan(28);
        assertThat(clerk.openAt(LocalDate.of(2022, 12, 31)).count()).isBetween(143L, 542L);
        assertThat(headcounts).extracting(SchoolHeadcount::students).contains(0);
    }

    @Test
    void a_story_ends_in_the_state_that_is_counted() {
        assertThat(history.stories()).allSatisfy(story -> {
            List<BureauRecord> counted = List.copyOf(history.records());
            switch (story.lastStep()) {
                case RecordStory.SendStep send -> assertThat(counted).contains(send.entry());
                case RecordStory.WithdrawStep withdraw ->
                    assertThat(counted)
                            .noneMatch(entry -> entry.type() == withdraw.entry().type()
                                    && entry.province().equals(withdraw.entry().province())
                                    && entry.sourceId().equals(withdraw.entry().sourceId()));
            }
        });
    }

    @Test
    void a_round_ends_in_what_is_counted_and_moves_figures_before() {
        List<BureauRecord> counted = List.copyOf(history.records());
        Set<DemoHistory.HistoryKey> keys =
                counted.stream().map(DemoHistory.HistoryKey::of).collect(Collectors.toSet());
        assertThat(history.rounds())
                .hasSize(3)
                .allSatisfy(round -> assertThat(round.files()).allSatisfy(file -> {
                    assertThat(file.finalReport()).hasSizeGreaterThan(3).doesNotHaveDuplicates();
                    assertThat(counted).containsAll(file.counted());
                    assertThat(List.<BureauRecord>copyOf(file.firstReport()))
                            .doesNotContainAnyElementsOf(file.finalReport());
                    assertThat(file.finalReport())
                            .filteredOn(entry -> entry.fields().containsKey("withdraw"))
                            .noneMatch(entry -> keys.contains(DemoHistory.HistoryKey.of(entry)));
                }));
    }
}
