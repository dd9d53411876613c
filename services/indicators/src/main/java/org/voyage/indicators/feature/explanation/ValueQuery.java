package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;

/** Query for one value, with the calculator of its day and lists. */
record ValueQuery(FigureCalculator calculator, FigureQuery query) {

    /** Returns null without a value, as for a share of nothing. */
    @Nullable
    BigDecimal computeValue(FiguresView view) {
        return calculator.computeCells(view, query, Optional.empty()).getFirst().exact();
    }

    /** Returns the years that the value is about. */
    List<Integer> years() {
        return ComparedYears.of(query, calculator.formatPeriod(query, List.of()), calculator.today())
                .years();
    }

    /** Returns the value for differences; an absent value is 0. */
    BigDecimal computeValueOrZero(FiguresView view) {
        BigDecimal value = computeValue(view);
        return value == null ? BigDecimal.ZERO : value;
    }
}
