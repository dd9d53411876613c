package org.voyage.indicators.proof;

import java.util.List;
import org.voyage.indicators.indicator.Indicator;

/** What the fold that keeps the figures live gives for a cell when it is fed with some events and no others. */
interface Fold {

    long amount(Indicator indicator, At at, List<Step> steps);
}
