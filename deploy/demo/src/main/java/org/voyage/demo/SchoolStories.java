package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.voyage.demo.RecordStory.SendStep;
import org.voyage.demo.RecordStory.WithdrawStep;

/** Generator of corrections, withdrawals and lifecycles of records picked from the history. */
final class SchoolStories {

    private SchoolStories() {}

    static List<RecordStory> buildStories(
            List<OverseasSchool> schools, List<SchoolHeadcount> headcounts, List<SchoolTraining> trainings) {
        List<RecordStory> stories = new ArrayList<>();
        OverseasSchool late = findConstructed(schools, 2019, "open");
        stories.add(new RecordStory(
                "a wrong opening year, corrected",
                List.of(
                        new SendStep(late.withStatus("open", changeDay(late).minusYears(1), null)),
                        new SendStep(late))));

        OverseasSchool planned = findConstructed(schools, 2022, "open");
        stories.add(new RecordStory(
                "planned, then opened",
                List.of(new SendStep(planned.withStatus("planned", null, null)), new SendStep(planned))));

        OverseasSchool closed = findConstructed(schools, 2018, "closed");
        stories.add(new RecordStory(
                "opened, suspended, closed",
                List.of(
                        new SendStep(closed.withStatus("open", closed.openedOn(), null)),
                        new SendStep(closed.withStatus("suspended", closed.openedOn(), null)),
                        new SendStep(closed))));

        OverseasSchool twin = findConstructed(schools, 2023, "open").withSourceId("OS-2023-TWIN");
        stories.add(new RecordStory(
                "sent under two keys, one withdrawn",
                List.of(new SendStep(twin), new WithdrawStep(twin, "重复登记，与原记录为同一机构 / registered twice"))));

        SchoolHeadcount slip = headcounts.getLast();
        stories.add(new RecordStory(
                "a headcount with a slipped digit, corrected",
                List.of(new SendStep(slip.withStudents(slip.students() * 10)), new SendStep(slip))));

        SchoolHeadcount misplaced = new SchoolHeadcount(slip.province(), slip.school(), 2023, "410101", 77);
        stories.add(new RecordStory(
                "a headcount of another school, withdrawn",
                List.of(
                        new SendStep(misplaced),
                        new WithdrawStep(misplaced, "误报，非本机构学生 / students of another school"))));

        SchoolTraining training = trainings.getLast();
        stories.add(new RecordStory(
                "a training withdrawn by mistake, sent again",
                List.of(
                        new SendStep(training),
                        new WithdrawStep(training, "误撤 / withdrawn by mistake"),
                        new SendStep(training))));
        return stories;
    }

    private static OverseasSchool findConstructed(List<OverseasSchool> schools, int year, String status) {
        return schools.stream()
                .filter(school -> school.sourceId().startsWith("OS-" + year)
                        && school.status().equals(status))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + status + " school of " + year));
    }

    private static LocalDate changeDay(OverseasSchool school) {
        return Objects.requireNonNull(school.openedOn());
    }
}
