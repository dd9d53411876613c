package org.voyage.indicators.feature.release;

import java.time.Instant;

/**
 * Release of the figures of persons for readers outside.
 *
 * @param number grows by one
 * @param madeBy client id of the operator; empty for the schedule
 * @param sheets number of new or changed sheets
 */
record FigureRelease(long number, Instant madeAt, String madeBy, int sheets) {}
