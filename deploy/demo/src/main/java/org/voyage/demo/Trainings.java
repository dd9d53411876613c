package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Constructed trainings: nothing was published about them, so they only have to be plausible. */
final class Trainings {

    private static final int EVERY = 4;

    private Trainings() {}

    static List<Training> build(List<School> schools) {
        List<Training> trainings = new ArrayList<>();
        for (int i = 0; i < schools.size(); i += EVERY) {
            School school = schools.get(i);
            LocalDate opened = school.openedOn();
            if (opened == null || school.closedOn() != null) {
                continue;
            }
            trainings.add(new Training(
                    school.province(),
                    "TR-" + school.sourceId(),
                    school.sourceId(),
                    school.enterprises().isEmpty()
                            ? "示例合作企业"
                            : school.enterprises().getFirst(),
                    8 + i % 40,
                    1 + i % 20,
                    start(opened)));
        }
        return trainings;
    }

    /** Soon after the opening; in a leap year that begins with the school, on 29 February. */
    private static LocalDate start(LocalDate opened) {
        LocalDate start = opened.plusDays(45);
        return opened.isLeapYear() && opened.getMonthValue() <= 2 ? LocalDate.of(opened.getYear(), 2, 29) : start;
    }
}
