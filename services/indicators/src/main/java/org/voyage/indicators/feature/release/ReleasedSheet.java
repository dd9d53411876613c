package org.voyage.indicators.feature.release;

import java.util.Map;

/**
 * Released sheet of one year of one figure. It never changes; a later release may add a new sheet.
 *
 * @param version of the figure's definition
 * @param release number of the release
 * @param tables by dimension; all have the same total
 */
record ReleasedSheet(String figure, int version, int year, long release, Map<String, ReleasedNode> tables) {}
