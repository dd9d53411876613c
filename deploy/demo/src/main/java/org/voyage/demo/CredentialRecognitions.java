package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Certificates put forward abroad; nothing was published but that those earned online are often not recognised. */
final class CredentialRecognitions {

    private static final int COUNT = 900;
    private static final Wheel ONLINE = Wheel.of("refused 5, partly-recognised 3, recognised 2");
    private static final Wheel CROSS_BORDER = Wheel.of("refused 2, partly-recognised 3, recognised 6");

    private CredentialRecognitions() {}

    static List<Row> build(Bureaus bureaus) {
        Random random = new Random(2021);
        Countries countries = new Countries(random);
        Wheel provinces = bureaus.wheel("standards");
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            String province = provinces.draw(random);
            boolean online = random.nextInt(3) > 0;
            LocalDate submitted = Days.in(2017 + random.nextInt(9), random);
            rows.add(Row.of(RecordType.CREDENTIALS, province, "CR-%05d".formatted(i))
                    .with("credential", "示例技能证书%d Example certificate".formatted(1 + random.nextInt(120)))
                    .with("course", random.nextInt(4) == 0 ? null : "示例课程%d".formatted(1 + random.nextInt(300)))
                    .with("delivery", online ? "online" : "cross-border")
                    .with("college", bureaus.college(province, random))
                    .with("country", countries.partner())
                    .with("submittedOn", submitted)
                    .with("decision", (online ? ONLINE : CROSS_BORDER).draw(random))
                    // Now and then on the same day.
                    .with("decidedOn", submitted.plusDays((long) random.nextInt(12) * random.nextInt(30))));
        }
        return rows;
    }
}
