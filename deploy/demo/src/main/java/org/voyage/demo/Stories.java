package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.voyage.demo.Story.Send;
import org.voyage.demo.Story.Withdraw;

/** Corrections, withdrawals and lifecycles, played on records picked from the history. */
final class Stories {

    private Stories() {}

    static List<Story> build(List<School> schools, List<Headcount> headcounts, List<Training> trainings) {
        List<Story> stories = new ArrayList<>();
        School late = constructed(schools, 2019, "open");
        stories.add(new Story(
                "a wrong opening year, corrected",
                List.of(new Send(late.withStatus("open", date(late).minusYears(1), null)), new Send(late))));

        School planned = constructed(schools, 2022, "open");
        stories.add(new Story(
                "planned, then opened",
                List.of(new Send(planned.withStatus("planned", null, null)), new Send(planned))));

        School closed = constructed(schools, 2018, "closed");
        stories.add(new Story(
                "opened, suspended, closed",
                List.of(
                        new Send(closed.withStatus("open", closed.openedOn(), null)),
                        new Send(closed.withStatus("suspended", closed.openedOn(), null)),
                        new Send(closed))));

        School twin = constructed(schools, 2023, "open").withSourceId("OS-2023-TWIN");
        stories.add(new Story(
                "sent under two keys, one withdrawn",
                List.of(new Send(twin), new Withdraw(twin, "重复登记，与原记录为同一机构 / registered twice"))));

        Headcount slip = headcounts.getLast();
        stories.add(new Story(
                "a headcount with a slipped digit, corrected",
                List.of(new Send(slip.withStudents(slip.students() * 10)), new Send(slip))));

        Headcount misplaced = new Headcount(slip.province(), slip.school(), 2023, "410101", 77);
        stories.add(new Story(
                "a headcount of another school, withdrawn",
                List.of(new Send(misplaced), new Withdraw(misplaced, "误报，非本机构学生 / students of another school"))));

        Training training = trainings.getLast();
        stories.add(new Story(
                "a training withdrawn by mistake, sent again",
                List.of(new Send(training), new Withdraw(training, "误撤 / withdrawn by mistake"), new Send(training))));
        return stories;
    }

    private static School constructed(List<School> schools, int year, String status) {
        return schools.stream()
                .filter(school -> school.sourceId().startsWith("OS-" + year)
                        && school.status().equals(status))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + status + " school of " + year));
    }

    private static LocalDate date(School school) {
        return Objects.requireNonNull(school.openedOn());
    }
}
