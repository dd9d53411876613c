package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import org.voyage.demo.StockPlanner.StockChange;

/**
 * Openings and closures, so that what stands at the end of each year is what was published. 2022 was not published:
 * 338 is constructed, as is everything after 2023. Edges on purpose: 29 February, the first and the last day of a
 * period, a school that closes on the day the figure is taken.
 */
final class SchoolTimeline {

    /** The day for which the figures of August 2021 hold. */
    static final LocalDate AUGUST_2021 = LocalDate.of(2021, 8, 31);

    private static final List<StockChange> STOCK_CHANGES = List.of(
            StockChange.year(2012, 2, 0),
            StockChange.year(2013, 2, 0),
            StockChange.year(2014, 1, 0),
            StockChange.year(2015, 2, 0),
            StockChange.year(2016, 11, 0),
            StockChange.year(2017, 21, 1),
            StockChange.year(2018, 31, 1),
            StockChange.year(2019, 51, 2),
            StockChange.year(2020, 18, 3),
            new StockChange(LocalDate.of(2021, 1, 1), AUGUST_2021, 8, 2),
            new StockChange(LocalDate.of(2021, 9, 1), LocalDate.of(2021, 12, 31), 6, 2),
            StockChange.year(2022, 201, 5),
            StockChange.year(2023, 212, 7),
            StockChange.year(2024, 12, 2),
            StockChange.year(2025, 9, 2),
            new StockChange(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 30), 4, 0));

    private SchoolTimeline() {}

    /** The slots that the known schools leave over, in the order of opening. */
    static List<OpenPeriod> remainingPeriods(List<OverseasSchool> known) {
        return StockPlanner.toPeriods(STOCK_CHANGES.stream()
                .map(span -> span.minusBegun(countKnown(known, span)))
                .toList());
    }

    private static int countKnown(List<OverseasSchool> known, StockChange span) {
        return (int) known.stream()
                .filter(school -> school.openedOn() != null && span.contains(school.openedOn()))
                .count();
    }
}
