package org.voyage.indicators.feature.release;

import java.time.Instant;

/**
 * A cut of the figures of persons that was made for readers outside.
 *
 * @param number grows by one
 * @param madeBy client id of the operator; empty for the schedule
 * @param sheets how many years of figures are new in it or other than before
 */
record FigureRelease(long number, Instant madeAt, String madeBy, int sheets) {}
