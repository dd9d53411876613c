package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A statistic as somebody published it.
 *
 * @param figure its name; lines of one series share it
 * @param relation {@code =} exact, {@code >} more than, {@code ~} about
 * @param increment the increase over the line before that the source itself states
 * @param derivation how it follows from others, in words
 * @param indicator the figure here that computes it
 * @param slice the question to that figure, as a query string
 */
record PublishedLine(
        String figure,
        String period,
        BigDecimal value,
        Optional<BigDecimal> increment,
        String unit,
        String relation,
        String service,
        String derivation,
        String source,
        Optional<String> indicator,
        String slice) {

    boolean exact() {
        return relation.equals("=");
    }
}
