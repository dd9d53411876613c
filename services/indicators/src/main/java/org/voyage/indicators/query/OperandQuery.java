package org.voyage.indicators.query;

import java.util.List;

/**
 * A figure that another one is derived from, as that one looks at it.
 *
 * @param role what it is to the other; of one that stands behind several others the way to it, as in {@code each.term}
 * @param periods the times that it has values for
 * @param expressible whether the question can be asked with the same words by anybody
 */
public record OperandQuery(String role, FigureQuery query, List<ReportingPeriod> periods, boolean expressible) {

    public OperandQuery {
        periods = List.copyOf(periods);
    }

    /** This one as the other sees it that stands behind the outer one. */
    OperandQuery nestedIn(OperandQuery outer) {
        return new OperandQuery(
                outer.role().isEmpty() ? role : outer.role() + "." + role,
                query,
                periods,
                expressible && outer.expressible());
    }
}
