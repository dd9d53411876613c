package org.voyage.indicators.feature.verification.trace;

import java.util.List;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.verification.recount.CellKey;

/** What the fold that keeps the figures live gives for a cell when it is fed with some events and no others. */
public interface LiveFoldReplay {

    long computeAmount(CountedFigure indicator, CellKey at, List<LoggedEvent> steps);
}
