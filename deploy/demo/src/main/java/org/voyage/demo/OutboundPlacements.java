package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Generator of students abroad. The number of colleges with more than ten person-days in 2016 to 2018 is as published,
 * for internships alone and for all purposes.
 */
final class OutboundPlacements {

    private static final Map<Integer, Integer> COLLEGES_ABOVE_THRESHOLD =
            Map.of(2016, 187, 2017, 284, 2018, 300, 2019, 310, 2021, 40, 2022, 90, 2023, 270, 2024, 290, 2025, 305);
    private static final WeightedDraw PURPOSES = WeightedDraw.parse("internship 3, exchange 3, study 3, competition 1");

    private final BureauList bureaus;
    private final Random random = new Random(2016);
    private final CountryDraw countries = new CountryDraw(random);
    private final List<RecordRow> rows = new ArrayList<>();

    OutboundPlacements(BureauList bureaus) {
        this.bureaus = bureaus;
    }

    List<RecordRow> buildRows() {
        COLLEGES_ABOVE_THRESHOLD.keySet().stream()
                .sorted()
                .forEach(year -> addYear(year, COLLEGES_ABOVE_THRESHOLD.getOrDefault(year, 0)));
        return List.copyOf(rows);
    }

    /** Adds colleges above the threshold, some with a second placement, and ten that do not pass it. */
    private void addYear(int year, int above) {
        List<String> colleges = bureaus.interleavedColleges();
        for (int i = 0; i < above + 10; i++) {
            if (i < above) {
                addPlacement(year, colleges.get(i), "internship", 3 + random.nextInt(28), 14 + random.nextInt(150));
                if (i % 2 == 0) {
                    String purpose = PURPOSES.drawValue(random);
                    addPlacement(year, colleges.get(i), purpose, 1 + random.nextInt(10), 5 + random.nextInt(20));
                }
            } else {
                addPlacement(year, colleges.get(i), PURPOSES.drawValue(random), 2, 1 + i % 5);
            }
        }
    }

    private void addPlacement(int year, String college, String purpose, int participants, int days) {
        rows.add(RecordRow.of(
                        RecordType.PLACEMENTS,
                        BureauList.provinceOf(college),
                        "OP-%d-%05d".formatted(year, rows.size() + 1))
                .withField("college", college)
                .withField("hostCountry", countries.drawPartner())
                .withField("hostOrganisation", "示例企业%d（Example Works）".formatted(1 + random.nextInt(80)))
                .withField("purpose", purpose)
                .withField("participants", participants)
                .withField("days", days)
                .withField("startedOn", DayDraw.drawDay(year, random)));
    }
}
