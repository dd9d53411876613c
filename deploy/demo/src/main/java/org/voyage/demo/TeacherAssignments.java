package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Generator of teachers abroad with the published figures: person-days of training of 2023, and teachers in overseas
 * organisations of 2017 and 2018. The third is the number of colleges that guided enterprises for more than ten
 * person-days in 2016 to 2018.
 */
final class TeacherAssignments {

    private static final int TRAINING_DAYS_2023 = 449_976;

    /** Person-days of training, of 2023 and of the years around it. */
    private static final Map<Integer, Integer> TRAINING_DAYS_BY_YEAR =
            Map.of(2018, 61_000, 2019, 84_000, 2022, 70_000, 2023, TRAINING_DAYS_2023, 2024, 130_000, 2025, 150_000);

    /** Teachers sent to overseas organisations. */
    private static final Map<Integer, Integer> ORGANISATION_TEACHERS_BY_YEAR =
            Map.of(2016, 610, 2017, 876, 2018, 1_400, 2019, 1_510, 2022, 240, 2023, 980, 2024, 1_120, 2025, 1_230);

    /** Colleges that guided for more than ten person-days. */
    private static final Map<Integer, Integer> GUIDING_COLLEGES_BY_YEAR =
            Map.of(2016, 162, 2017, 353, 2018, 401, 2019, 410, 2023, 395, 2024, 420);

    private final BureauList bureaus;
    private final Random random = new Random(2017);
    private final CountryDraw countries = new CountryDraw(random);
    private final List<RecordRow> rows = new ArrayList<>();

    TeacherAssignments(BureauList bureaus) {
        this.bureaus = bureaus;
    }

    List<RecordRow> buildRows() {
        TRAINING_DAYS_BY_YEAR.keySet().stream()
                .sorted()
                .forEach(year -> bureaus.splitTotal(TRAINING_DAYS_BY_YEAR.getOrDefault(year, 0), "training")
                        .forEach((province, days) -> addTraining(year, province, days)));
        ORGANISATION_TEACHERS_BY_YEAR.keySet().stream()
                .sorted()
                .forEach(year -> bureaus.splitTotal(ORGANISATION_TEACHERS_BY_YEAR.getOrDefault(year, 0), "training")
                        .forEach((province, teachers) -> addOrganisations(year, province, teachers)));
        GUIDING_COLLEGES_BY_YEAR.keySet().stream()
                .sorted()
                .forEach(year -> addGuiding(year, GUIDING_COLLEGES_BY_YEAR.getOrDefault(year, 0)));
        return List.copyOf(rows);
    }

    private void addTraining(int year, String province, int personDays) {
        int left = personDays;
        while (left > 0) {
            int teachers = Math.min(2 + random.nextInt(12), left);
            // Mostly two to four weeks, at most three months.
            int days = Math.min(6 + random.nextInt(15) * random.nextInt(7), left / teachers);
            addAssignment(
                    year,
                    province,
                    bureaus.drawCollege(province, random),
                    random.nextInt(3) > 0 ? "enterprise" : "overseas-school",
                    "training",
                    teachers,
                    days);
            left -= teachers * days;
        }
    }

    private void addOrganisations(int year, String province, int wanted) {
        int left = wanted;
        while (left > 0) {
            int teachers = Math.min(1 + random.nextInt(4), left);
            // Short stays.
            addAssignment(
                    year,
                    province,
                    bureaus.drawCollege(province, random),
                    "overseas-organisation",
                    "position",
                    teachers,
                    28 + random.nextInt(10) * random.nextInt(30));
            left -= teachers;
        }
    }

    /** Adds colleges above the threshold, and a dozen that reach exactly ten person-days or fewer. */
    private void addGuiding(int year, int above) {
        List<String> colleges = bureaus.interleavedColleges();
        for (int i = 0; i < above + 12; i++) {
            boolean counts = i < above;
            String college = colleges.get(i);
            addAssignment(
                    year,
                    BureauList.provinceOf(college),
                    college,
                    "enterprise",
                    "guidance",
                    counts ? 1 + random.nextInt(6) : 2,
                    counts ? 11 + Math.min(random.nextInt(40), random.nextInt(40)) : 1 + i % 5);
        }
    }

    private void addAssignment(
            int year, String province, String college, String hostKind, String role, int teachers, int days) {
        rows.add(RecordRow.of(RecordType.ASSIGNMENTS, province, "TA-%d-%05d".formatted(year, rows.size() + 1))
                .withField("college", college)
                .withField("hostCountry", countries.drawPartner())
                .withField("hostKind", hostKind)
                .withField("role", role)
                .withField("teachers", teachers)
                .withField("days", days)
                .withField("startedOn", DayDraw.drawDay(year, random)));
    }
}
