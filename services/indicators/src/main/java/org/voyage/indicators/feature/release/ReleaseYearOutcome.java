package org.voyage.indicators.feature.release;

import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.ReportedYears.YearReports;

/**
 * A year of a figure in a release.
 *
 * @param isFirst whether the year was not released before
 * @param releasedTotal persons in the sheet before; null without a sheet, and while its total is hidden
 * @param total persons in the new sheet, or now for a kept year; null while it is hidden
 * @param hiddenCells number of hidden cells in the new sheet; 0 for a kept year
 */
record ReleaseYearOutcome(
        String figure,
        int year,
        boolean isFirst,
        @Nullable Long releasedTotal,
        @Nullable Long total,
        int hiddenCells,
        YearReports reports) {}
