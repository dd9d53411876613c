package org.voyage.indicators.query;

import java.util.List;

/**
 * Query on an operand of a derived figure.
 *
 * @param role role in the derived figure; for nested operands the path, as in {@code each.term}
 * @param periods periods of its values
 * @param expressible whether a client can write the same query
 */
public record OperandQuery(String role, FigureQuery query, List<ReportingPeriod> periods, boolean expressible) {

    public OperandQuery {
        periods = List.copyOf(periods);
    }

    /** Returns this operand as nested in an outer operand. */
    OperandQuery nestedIn(OperandQuery outer) {
        return new OperandQuery(
                outer.role().isEmpty() ? role : outer.role() + "." + role,
                query,
                periods,
                expressible && outer.expressible());
    }
}
