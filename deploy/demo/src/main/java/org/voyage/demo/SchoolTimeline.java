package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import org.voyage.demo.StockPlanner.StockChange;

/**
 * Timeline of openings and closures that gives the published number of schools at each year's end. 2022 was not
 * published: 338 is constructed, like everything after 2023. It includes edge cases: 29 February, the first and the
 * last day of a period, a school that closes on the day of the figure.
 */
final class SchoolTimeline {

    /** Day of the figures of August 2021. */
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

    /** Returns the periods that remain after the known schools, in the order of opening. */
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
