package org.voyage.indicators.feature.verification.trace;

import java.util.List;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.verification.recount.CellKey;

/** Replay of some events, and no others, into a live fold: it returns the resulting amount of a cell. */
public interface LiveFoldReplay {

    long computeAmount(CountedFigure figure, CellKey at, List<LoggedEvent> steps);
}
