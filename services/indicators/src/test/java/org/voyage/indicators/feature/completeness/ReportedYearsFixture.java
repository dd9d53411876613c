package org.voyage.indicators.feature.completeness;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.LastPushTracker.EarlierPushes;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.live.FactCountsByYear.YearFactCounts;
import org.voyage.kit.log.LogTopics;

/** Fixture of reported years for tests of other features. */
public final class ReportedYearsFixture {

    private ReportedYearsFixture() {}

    /** Returns the reported years of a stock of which province 12 has a record since a year. */
    public static ReportedYears reportedSince(CountedFigure stock, int year) {
        Map<String, Map<Integer, YearFactCounts>> counts =
                Map.of(stock.record(), Map.of(year, new YearFactCounts(Map.of("12", 1L), Map.of())));
        return new ReportedYears(
                stock,
                new YearProgress(
                        new CoverageInputs(YearBasis.STOCK, counts, Map.of(), EarlierPushes.EMPTY),
                        SubmissionState.EMPTY,
                        new LogTopics(List.of("overseas." + stock.record())),
                        ZoneId.of("Asia/Shanghai")),
                Set.of("12"));
    }
}
