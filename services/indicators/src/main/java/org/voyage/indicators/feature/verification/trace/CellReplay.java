package org.voyage.indicators.feature.verification.trace;

import java.util.List;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.verification.recount.CellKey;

/** Replay of chosen events into a live fold, which returns the amount of one cell. */
public interface CellReplay {

    long computeAmount(CountedFigure figure, CellKey at, List<LoggedEvent> steps);
}
