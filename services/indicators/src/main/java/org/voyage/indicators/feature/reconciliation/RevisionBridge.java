package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.feature.explanation.ValueChange;

/**
 * Revision bridge from a published number to the current value, step by step. The amounts of the steps add up to the
 * difference. All values have the published number of decimals.
 *
 * @param knownValue value at the time of publication, by the definition at that time; null without a value, as for a
 *     share of nothing, which is 0 between the steps
 * @param knownVersion version of that definition
 */
record RevisionBridge(
        BigDecimal published,
        @Nullable BigDecimal knownValue,
        int knownVersion,
        BigDecimal currentValue,
        List<BridgeStep> steps) {

    /** The difference between the published value and the value known at that time. */
    static final String NOT_EXPLAINED = "not-explained";

    private static final LocalizedText NOT_EXPLAINED_NAME =
            new LocalizedText("公布数与当时系统已知数之差，未能解释", "Published otherwise than it was known here then: not explained");

    /** The difference between the published value and nothing: no record had come here yet. */
    static final String BEFORE_RECORDS = "published-before-records";

    private static final LocalizedText BEFORE_RECORDS_NAME = new LocalizedText(
            "公布时本平台尚未收到该指标的任何记录，此后收到的记录列于以下各步",
            "Published before any record of the figure had come here; the records that came since are in the next steps");

    @Schema(
            name = "BridgeStep",
            description = "One step from the published value to the live value, and the value after it. / "
                    + "由公布数到实时数的一个环节，以及此环节之后的数值。")
    record BridgeStep(
            @Schema(
                    description =
                            "published-before-records: nothing was known here at that time; not-explained: another value was"
                                    + " known; or a kind of contribution such as late or corrected / "
                                    + "published-before-records：当时平台尚无记录；not-explained：当时所知与公布数不同；或变动原因，如"
                                    + " late（迟报）、corrected（更正）",
                    examples = "late")
            String kind,

            LocalizedText name,

            @Schema(description = "number of events; 0 if no event moved the value / 事件数；没有事件的为 0")
            int events,

            BigDecimal amount) {}

    /**
     * @param nothingKnown whether no record of the figure had come at the time of publication
     * @param steps the causes of the change from the known value to the current value
     */
    static RevisionBridge of(
            BigDecimal published,
            boolean nothingKnown,
            @Nullable BigDecimal known,
            int knownVersion,
            BigDecimal now,
            List<ValueChange.CauseShare> steps) {
        BigDecimal notExplained = (known == null ? BigDecimal.ZERO : known).subtract(published);
        List<BridgeStep> all = new ArrayList<>();
        if (notExplained.signum() != 0) {
            all.add(
                    nothingKnown
                            ? new BridgeStep(BEFORE_RECORDS, BEFORE_RECORDS_NAME, 0, notExplained)
                            : new BridgeStep(NOT_EXPLAINED, NOT_EXPLAINED_NAME, 0, notExplained));
        }
        for (ValueChange.CauseShare part : steps) {
            all.add(new BridgeStep(part.cause().code(), part.cause().text(), part.events(), part.amount()));
        }
        return new RevisionBridge(published, known, knownVersion, now, all);
    }

    BigDecimal computeDifference() {
        return currentValue.subtract(published);
    }
}
