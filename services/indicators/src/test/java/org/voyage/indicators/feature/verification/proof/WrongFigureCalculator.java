package org.voyage.indicators.feature.verification.proof;

import java.time.Clock;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.reference.ReferenceData;

/** Figure calculator with a planted bug, which also affects a proof with its own day and many values. */
public abstract class WrongFigureCalculator extends FigureCalculator {

    public WrongFigureCalculator(ReferenceData reference, Clock clock) {
        super(reference, clock, Integer.MAX_VALUE);
    }

    @Override
    public final FigureCalculator withClock(Clock other) {
        return this;
    }

    @Override
    public final FigureCalculator withMaxCells(int cells) {
        return this;
    }
}
