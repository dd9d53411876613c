package org.voyage.indicators.proof;

import java.time.Clock;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.reference.Reference;

/** Answers with a mistake, also when a proof asks on a day of its own and for many values. */
abstract class WrongFigures extends Figures {

    WrongFigures(Reference reference, Clock clock) {
        super(reference, clock, Integer.MAX_VALUE);
    }

    @Override
    public final Figures on(Clock other) {
        return this;
    }

    @Override
    public final Figures upTo(int cells) {
        return this;
    }
}
