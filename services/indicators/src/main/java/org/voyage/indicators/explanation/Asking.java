package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

/** A question for one value, and the day and the lists by which it is asked. */
record Asking(Figures figures, FigureQuery query) {

    /** Null where there is none, as of a share of nothing. */
    @Nullable
    BigDecimal value(Cut cut) {
        return figures.cells(cut, query, Optional.empty()).getFirst().exact();
    }

    /** The value where differences are taken: what is not there stands for 0. */
    BigDecimal orZero(Cut cut) {
        BigDecimal value = value(cut);
        return value == null ? BigDecimal.ZERO : value;
    }
}
