package org.voyage.indicators.feature.release;

import java.util.Map;

/**
 * What was released of one year of one figure. It is never changed; a later release may bring another one.
 *
 * @param version of the figure's definition
 * @param release its number
 * @param tables by the dimension that each is by; all have the same total
 */
record ReleasedSheet(String figure, int version, int year, long release, Map<String, ReleasedNode> tables) {}
