package org.voyage.indicators.feature.verification.recount;

import java.util.List;

/**
 * Key of a cell of one figure.
 *
 * @param codes in the order of the figure's columns
 * @param time the day since 1970-01-01, or the year of a figure that is known by year only
 */
public record CellKey(List<String> codes, int time) {}
