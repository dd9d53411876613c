package org.voyage.indicators.feature.release;

import java.util.Map;

/**
 * Released sheet of one year of one figure. It never changes; a later release may add a new sheet.
 *
 * @param version of the figure's definition
 * @param release number of the release
 * @param tables by dimension; all have the same total
 * @param isReported false when no province had reported about the year; then the total is 0
 */
record ReleasedSheet(
        String figure, int version, int year, long release, Map<String, ReleasedNode> tables, boolean isReported) {

    /** Returns the same tables in a later release. */
    ReleasedSheet reissue(long number, boolean reported) {
        return new ReleasedSheet(figure, version, year, number, tables, reported);
    }
}
