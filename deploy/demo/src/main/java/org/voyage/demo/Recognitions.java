package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The recognitions of each standard. Some are adopted in a second country while the first holds, and some are renewed on
 * the very day they expire: neither makes a standard count twice, nor not at all for a day.
 */
final class Recognitions {

    /** The day after the last of February, in a year that has no 29th. */
    private static final LocalDate RENEWAL = LocalDate.of(2022, 3, 1);

    private static final LocalDate NEXT_EXPIRY = LocalDate.of(2028, 2, 29);
    private static final Wheel LEVELS = Wheel.of("adopted-by-school 7, registered-by-authority 2, certified 1");

    private final Random random = new Random(2019);
    private final Countries countries = new Countries(random);
    private final List<Row> rows = new ArrayList<>();

    List<Row> build(List<Adoption> adoptions) {
        for (int i = 0; i < adoptions.size(); i++) {
            Adoption adoption = adoptions.get(i);
            LocalDate decided = adoption.held().openedOn();
            LocalDate ends = adoption.held().closedOn();
            if (ends == null && i % 40 == 0 && decided.isBefore(RENEWAL)) {
                add(adoption, adoption.country(), decided, RENEWAL, "-1");
                add(adoption, adoption.country(), RENEWAL, null, "-2");
            } else {
                add(adoption, adoption.country(), decided, ends, "-1");
            }
            LocalDate later = decided.plusDays(20 + i % 90);
            if (i % 5 == 0 && !adoption.kind().equals("occupational") && (ends == null || later.isBefore(ends))) {
                add(adoption, second(adoption), later, ends, "-3");
            }
        }
        return List.copyOf(rows);
    }

    private String second(Adoption adoption) {
        return adoption.atHome() ? "CHN" : adoption.province().equals("45") ? countries.asean() : countries.partner();
    }

    private void add(Adoption adoption, String country, LocalDate decided, @Nullable LocalDate ends, String suffix) {
        LocalDate revoked = ends != null && random.nextInt(3) == 0 && !ends.equals(RENEWAL) ? ends : null;
        LocalDate expires = ends == null && random.nextInt(10) == 0 ? NEXT_EXPIRY : ends;
        boolean registered = country.equals("TZA") && adoption.kind().equals("occupational");
        rows.add(Row.of(RecordType.RECOGNITIONS, adoption.province(), adoption.sourceId() + suffix)
                .with("standard", adoption.sourceId())
                .with("country", country)
                .with("adopter", "示例采认单位 Example Institution %d".formatted(1 + random.nextInt(400)))
                .with("level", registered ? "registered-by-authority" : LEVELS.draw(random))
                .with("decidedOn", decided)
                // What is revoked would have held longer.
                .with("expiresOn", revoked == null ? expires : revoked.plusYears(1))
                .with("revokedOn", revoked)
                .with(
                        "evidence",
                        random.nextInt(8) == 0 ? "https://example.org/recognitions/" + (rows.size() + 1) : null));
    }
}
