package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.explanation.Moved;
import org.voyage.indicators.indicator.Text;

/**
 * The way from a published number to the one of now, step by step. The amounts of the steps add up to the difference. All
 * values have as many decimals as were printed.
 *
 * @param known what was known when it was published, by the definition of then; null where there was no value, as of a share of
 *     nothing, which stands for 0 between the steps
 * @param knownVersion version of that definition
 */
record Bridge(BigDecimal published, @Nullable BigDecimal known, int knownVersion, BigDecimal now, List<Step> steps) {

    /** What was published and was not what was known here then. */
    static final String NOT_EXPLAINED = "not-explained";

    private static final Text NOT_EXPLAINED_NAME =
            new Text("公布数与当时系统已知数之差，未能解释", "Published otherwise than it was known here then: not explained");

    @Schema(name = "BridgeStep", description = "One step of the way, and how far it leads.")
    record Step(
            @Schema(description = "not-explained, or a cause of changes such as late or corrected", examples = "late")
            String cause,

            Text name,

            @Schema(description = "how many events it was; 0 where it was none")
            int events,

            BigDecimal amount) {}

    /** @param steps what moved it since it was known, which leads from there to now */
    static Bridge of(
            BigDecimal published,
            @Nullable BigDecimal known,
            int knownVersion,
            BigDecimal now,
            List<Moved.Part> steps) {
        BigDecimal notExplained = (known == null ? BigDecimal.ZERO : known).subtract(published);
        List<Step> all = new ArrayList<>();
        if (notExplained.signum() != 0) {
            all.add(new Step(NOT_EXPLAINED, NOT_EXPLAINED_NAME, 0, notExplained));
        }
        for (Moved.Part part : steps) {
            all.add(new Step(part.cause().code(), part.cause().text(), part.events(), part.amount()));
        }
        return new Bridge(published, known, knownVersion, now, all);
    }

    BigDecimal difference() {
        return now.subtract(published);
    }
}
