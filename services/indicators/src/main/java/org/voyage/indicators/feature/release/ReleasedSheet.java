package org.voyage.indicators.feature.release;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Released sheet of one year of one figure. It never changes; a later release may add a new sheet.
 *
 * @param version of the figure's definition
 * @param release number of the release
 * @param tables by dimension; all have the same total
 * @param isReported false when no province had reported about the year; then the total is 0
 * @param isMostlyReported whether the year could be the headline of the figure when it was released
 */
record ReleasedSheet(
        String figure,
        int version,
        int year,
        long release,
        Map<String, ReleasedNode> tables,
        boolean isReported,
        boolean isMostlyReported) {

    /** Returns the same tables in a later release. */
    ReleasedSheet reissue(long number, boolean reported, boolean mostlyReported) {
        return new ReleasedSheet(figure, version, year, number, tables, reported, mostlyReported);
    }

    /** Returns the total, which all tables share; null while it is hidden. */
    @Nullable
    Long total() {
        return tables.values().iterator().next().value();
    }

    /** Returns the number of hidden cells in all tables. */
    int countHiddenCells() {
        return tables.values().stream().mapToInt(ReleasedNode::countHiddenCells).sum();
    }
}
