package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Generator of constructed trainings. No number was published, so they only have to be plausible. */
final class TrainingGenerator {

    private static final int TRAINING_INTERVAL = 4;

    private TrainingGenerator() {}

    static List<SchoolTraining> buildTrainings(List<OverseasSchool> schools) {
        List<SchoolTraining> trainings = new ArrayList<>();
        for (int i = 0; i < schools.size(); i += TRAINING_INTERVAL) {
            OverseasSchool school = schools.get(i);
            LocalDate opened = school.openedOn();
            if (opened == null || school.closedOn() != null) {
                continue;
            }
            trainings.add(new SchoolTraining(
                    school.province(),
                    "TR-" + school.sourceId(),
                    school.sourceId(),
                    school.enterprises().isEmpty()
                            ? "示例合作企业"
                            : school.enterprises().getFirst(),
                    8 + i % 40,
                    1 + i % 20,
                    firstDay(opened)));
        }
        return trainings;
    }

    /** Returns a day soon after the opening; 29 February for a school that opens in a leap year. */
    private static LocalDate firstDay(LocalDate opened) {
        LocalDate start = opened.plusDays(45);
        return opened.isLeapYear() && opened.getMonthValue() <= 2 ? LocalDate.of(opened.getYear(), 2, 29) : start;
    }
}
