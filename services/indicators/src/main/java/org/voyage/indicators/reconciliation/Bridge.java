package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.explanation.Moved;
import org.voyage.indicators.indicator.Text;

/**
 * The way from a published number to the one of now, step by step. The amounts of the steps add up to the difference.
 *
 * @param known what was known when it was published, by the definition of today
 */
record Bridge(BigDecimal published, BigDecimal known, BigDecimal now, List<Step> steps) {

    /** What was published and was not what was known here then. */
    static final String NOT_EXPLAINED = "not-explained";

    /** What was known then is another number by the definition of today. */
    static final String DEFINITION_CHANGED = "definition-changed";

    /** What moved a derived figure moved the figures behind it. */
    static final String FIGURES_BEHIND = "figures-behind";

    private static final Text NOT_EXPLAINED_NAME =
            new Text("公布数与当时系统已知数之差，未能解释", "Published otherwise than it was known here then: not explained");
    private static final Text DEFINITION_CHANGED_NAME = new Text("指标定义变化", "Another definition of the figure since");
    private static final Text FIGURES_BEHIND_NAME =
            new Text("所依据的各指标变化", "Changes of the figures that it is derived from");

    @Schema(name = "BridgeStep", description = "One step of the way, and how far it leads.")
    record Step(
            @Schema(
                    description =
                            "not-explained, definition-changed, figures-behind, or a cause of changes such as late or corrected",
                    examples = "late")
            String cause,

            Text name,

            @Schema(description = "how many events it was; 0 where it was none, or they are those of other figures")
            int events,

            BigDecimal amount) {}

    /**
     * Of a figure that is counted.
     *
     * @param then what was known then by the definition of then
     */
    static Bridge of(BigDecimal published, BigDecimal then, Moved moved) {
        BigDecimal known = BigDecimal.valueOf(moved.from().value());
        List<Step> steps = until(published, then, known);
        for (Moved.Part part : moved.parts()) {
            steps.add(new Step(
                    part.cause().code(), part.cause().text(), part.events(), BigDecimal.valueOf(part.amount())));
        }
        return new Bridge(published, known, BigDecimal.valueOf(moved.to().value()), steps);
    }

    /** Of a figure that is derived, with the values as they are shown. */
    static Bridge of(BigDecimal published, BigDecimal then, BigDecimal known, BigDecimal now) {
        List<Step> steps = until(published, then, known);
        add(steps, FIGURES_BEHIND, FIGURES_BEHIND_NAME, known, now);
        return new Bridge(published, known, now, steps);
    }

    private static List<Step> until(BigDecimal published, BigDecimal then, BigDecimal known) {
        List<Step> steps = new ArrayList<>();
        add(steps, NOT_EXPLAINED, NOT_EXPLAINED_NAME, published, then);
        add(steps, DEFINITION_CHANGED, DEFINITION_CHANGED_NAME, then, known);
        return steps;
    }

    private static void add(List<Step> steps, String cause, Text name, BigDecimal from, BigDecimal to) {
        if (from.compareTo(to) != 0) {
            steps.add(new Step(cause, name, 0, to.subtract(from)));
        }
    }

    BigDecimal difference() {
        return now.subtract(published);
    }
}
