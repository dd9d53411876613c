package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generator of certificates submitted abroad. The source publishes no number; it says that certificates earned online
 * are often not recognised.
 */
final class CredentialRecognitions {

    private static final int RECOGNITION_COUNT = 900;
    private static final WeightedDraw ONLINE_DECISIONS =
            WeightedDraw.parse("refused 5, partly-recognised 3, recognised 2");
    private static final WeightedDraw CROSS_BORDER_DECISIONS =
            WeightedDraw.parse("refused 2, partly-recognised 3, recognised 6");

    private CredentialRecognitions() {}

    static List<RecordRow> buildRows(BureauList bureaus) {
        Random random = new Random(2021);
        CountryDraw countries = new CountryDraw(random);
        WeightedDraw provinces = bureaus.weightedDraw("standards");
        List<RecordRow> rows = new ArrayList<>();
        for (int i = 1; i <= RECOGNITION_COUNT; i++) {
            String province = provinces.drawValue(random);
            boolean online = random.nextInt(3) > 0;
            LocalDate submitted = DayDraw.drawDay(2017 + random.nextInt(9), random);
            rows.add(RecordRow.of(RecordType.CREDENTIALS, province, "CR-%05d".formatted(i))
                    .withField("credential", "示例技能证书%d Example certificate".formatted(1 + random.nextInt(120)))
                    .withField("course", random.nextInt(4) == 0 ? null : "示例课程%d".formatted(1 + random.nextInt(300)))
                    .withField("delivery", online ? "online" : "cross-border")
                    .withField("college", bureaus.drawCollege(province, random))
                    .withField("country", countries.drawPartner())
                    .withField("submittedOn", submitted)
                    .withField("decision", (online ? ONLINE_DECISIONS : CROSS_BORDER_DECISIONS).drawValue(random))
                    // Sometimes on the same day.
                    .withField("decidedOn", submitted.plusDays((long) random.nextInt(12) * random.nextInt(30))));
        }
        return rows;
    }
}
