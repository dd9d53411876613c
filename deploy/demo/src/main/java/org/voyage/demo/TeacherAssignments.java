package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Teachers abroad: person-days of training of 2023, teachers in overseas organisations of 2017 and 2018, and the number
 * of colleges that guided enterprises for more than ten person-days of 2016 to 2018, as published.
 */
final class TeacherAssignments {

    private static final int TRAINING_2023 = 449_976;

    /** Person-days of training of the years around it. */
    private static final Map<Integer, Integer> TRAINING =
            Map.of(2018, 61_000, 2019, 84_000, 2022, 70_000, 2023, TRAINING_2023, 2024, 130_000, 2025, 150_000);

    /** Teachers sent to overseas organisations. */
    private static final Map<Integer, Integer> ORGANISATIONS =
            Map.of(2016, 610, 2017, 876, 2018, 1_400, 2019, 1_510, 2022, 240, 2023, 980, 2024, 1_120, 2025, 1_230);

    /** Colleges that guided for more than ten person-days. */
    private static final Map<Integer, Integer> GUIDING =
            Map.of(2016, 162, 2017, 353, 2018, 401, 2019, 410, 2023, 395, 2024, 420);

    private final Bureaus bureaus;
    private final Random random = new Random(2017);
    private final Countries countries = new Countries(random);
    private final List<Row> rows = new ArrayList<>();

    TeacherAssignments(Bureaus bureaus) {
        this.bureaus = bureaus;
    }

    List<Row> build() {
        TRAINING.keySet().stream()
                .sorted()
                .forEach(year -> bureaus.split(TRAINING.getOrDefault(year, 0), "training")
                        .forEach((province, days) -> training(year, province, days)));
        ORGANISATIONS.keySet().stream()
                .sorted()
                .forEach(year -> bureaus.split(ORGANISATIONS.getOrDefault(year, 0), "training")
                        .forEach((province, teachers) -> organisations(year, province, teachers)));
        GUIDING.keySet().stream().sorted().forEach(year -> guiding(year, GUIDING.getOrDefault(year, 0)));
        return List.copyOf(rows);
    }

    private void training(int year, String province, int personDays) {
        int left = personDays;
        while (left > 0) {
            int teachers = Math.min(2 + random.nextInt(12), left);
            // Mostly two to four weeks, at most three months.
            int days = Math.min(6 + random.nextInt(15) * random.nextInt(7), left / teachers);
            add(
                    year,
                    province,
                    bureaus.college(province, random),
                    random.nextInt(3) > 0 ? "enterprise" : "overseas-school",
                    "training",
                    teachers,
                    days);
            left -= teachers * days;
        }
    }

    private void organisations(int year, String province, int wanted) {
        int left = wanted;
        while (left > 0) {
            int teachers = Math.min(1 + random.nextInt(4), left);
            // They stay short.
            add(
                    year,
                    province,
                    bureaus.college(province, random),
                    "overseas-organisation",
                    "position",
                    teachers,
                    28 + random.nextInt(10) * random.nextInt(30));
            left -= teachers;
        }
    }

    /** Colleges above the threshold, and a dozen that reach exactly ten person-days or stay below. */
    private void guiding(int year, int above) {
        List<String> colleges = bureaus.spread();
        for (int i = 0; i < above + 12; i++) {
            boolean counts = i < above;
            String college = colleges.get(i);
            add(
                    year,
                    Bureaus.provinceOf(college),
                    college,
                    "enterprise",
                    "guidance",
                    counts ? 1 + random.nextInt(6) : 2,
                    counts ? 11 + Math.min(random.nextInt(40), random.nextInt(40)) : 1 + i % 5);
        }
    }

    private void add(int year, String province, String college, String hostKind, String role, int teachers, int days) {
        rows.add(Row.of(RecordType.ASSIGNMENTS, province, "TA-%d-%05d".formatted(year, rows.size() + 1))
                .with("college", college)
                .with("hostCountry", countries.partner())
                .with("hostKind", hostKind)
                .with("role", role)
                .with("teachers", teachers)
                .with("days", days)
                .with("startedOn", Days.in(year, random)));
    }
}
