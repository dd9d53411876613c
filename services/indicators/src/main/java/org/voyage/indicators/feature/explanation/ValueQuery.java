package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;

/** A question for one value, and the day and the lists by which it is asked. */
record ValueQuery(FigureCalculator calculator, FigureQuery query) {

    /** Null where there is none, as of a share of nothing. */
    @Nullable
    BigDecimal computeValue(FiguresView cut) {
        return calculator.computeCells(cut, query, Optional.empty()).getFirst().exact();
    }

    /** The value where differences are taken: what is not there stands for 0. */
    BigDecimal computeValueOrZero(FiguresView cut) {
        BigDecimal value = computeValue(cut);
        return value == null ? BigDecimal.ZERO : value;
    }
}
