package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Generator of each standard's recognitions. Some standards are adopted in a second country while the first adoption
 * holds. Some recognitions are renewed on the day of their expiry. A standard counts once in both cases, without a gap.
 */
final class RecognitionGenerator {

    /** Renewal day: 1 March, the day after the end of February in a year without the 29th. */
    private static final LocalDate RENEWAL_DAY = LocalDate.of(2022, 3, 1);

    private static final LocalDate NEXT_EXPIRY_DAY = LocalDate.of(2028, 2, 29);
    private static final WeightedDraw LEVEL_DRAW =
            WeightedDraw.parse("adopted-by-school 7, registered-by-authority 2, certified 1");

    private final Random random = new Random(2019);
    private final CountryDraw countries = new CountryDraw(random);
    private final List<RecordRow> rows = new ArrayList<>();

    List<RecordRow> buildRows(List<StandardAdoption> adoptions) {
        for (int i = 0; i < adoptions.size(); i++) {
            StandardAdoption adoption = adoptions.get(i);
            LocalDate decided = adoption.held().openedOn();
            LocalDate ends = adoption.held().closedOn();
            if (ends == null && i % 40 == 0 && decided.isBefore(RENEWAL_DAY)) {
                addRecognition(adoption, adoption.country(), decided, RENEWAL_DAY, "-1");
                addRecognition(adoption, adoption.country(), RENEWAL_DAY, null, "-2");
            } else {
                addRecognition(adoption, adoption.country(), decided, ends, "-1");
            }
            LocalDate later = decided.plusDays(20 + i % 90);
            if (i % 5 == 0 && !adoption.kind().equals("occupational") && (ends == null || later.isBefore(ends))) {
                addRecognition(adoption, drawSecondCountry(adoption), later, ends, "-3");
            }
        }
        return List.copyOf(rows);
    }

    private String drawSecondCountry(StandardAdoption adoption) {
        return adoption.isAtHome()
                ? "CHN"
                : adoption.province().equals("45") ? countries.drawAsean() : countries.drawPartner();
    }

    private void addRecognition(
            StandardAdoption adoption, String country, LocalDate decided, @Nullable LocalDate ends, String suffix) {
        LocalDate revoked = ends != null && random.nextInt(3) == 0 && !ends.equals(RENEWAL_DAY) ? ends : null;
        LocalDate expires = ends == null && random.nextInt(10) == 0 ? NEXT_EXPIRY_DAY : ends;
        boolean registered = country.equals("TZA") && adoption.kind().equals("occupational");
        rows.add(RecordRow.of(RecordType.RECOGNITIONS, adoption.province(), adoption.sourceId() + suffix)
                .withField("standard", adoption.sourceId())
                .withField("country", country)
                .withField("adopter", "示例采认单位 Example Institution %d".formatted(1 + random.nextInt(400)))
                .withField("level", registered ? "registered-by-authority" : LEVEL_DRAW.drawValue(random))
                .withField("decidedOn", decided)
                // Without the revocation it would have held longer.
                .withField("expiresOn", revoked == null ? expires : revoked.plusYears(1))
                .withField("revokedOn", revoked)
                .withField(
                        "evidence",
                        random.nextInt(8) == 0 ? "https://example.org/recognitions/" + (rows.size() + 1) : null));
    }
}
