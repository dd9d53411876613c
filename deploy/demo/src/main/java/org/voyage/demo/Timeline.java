package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import org.voyage.demo.Stock.Span;

/**
 * Openings and closures, so that what stands at the end of each year is what was published. 2022 was not published:
 * 338 is constructed, as is everything after 2023. Edges on purpose: 29 February, the first and the last day of a
 * period, a school that closes on the day the figure is taken.
 */
final class Timeline {

    /** The day for which the figures of August 2021 hold. */
    static final LocalDate AUGUST_2021 = LocalDate.of(2021, 8, 31);

    private static final List<Span> SPANS = List.of(
            Span.year(2012, 2, 0),
            Span.year(2013, 2, 0),
            Span.year(2014, 1, 0),
            Span.year(2015, 2, 0),
            Span.year(2016, 11, 0),
            Span.year(2017, 21, 1),
            Span.year(2018, 31, 1),
            Span.year(2019, 51, 2),
            Span.year(2020, 18, 3),
            new Span(LocalDate.of(2021, 1, 1), AUGUST_2021, 8, 2),
            new Span(LocalDate.of(2021, 9, 1), LocalDate.of(2021, 12, 31), 6, 2),
            Span.year(2022, 201, 5),
            Span.year(2023, 212, 7),
            Span.year(2024, 12, 2),
            Span.year(2025, 9, 2),
            new Span(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 30), 4, 0));

    private Timeline() {}

    /** The slots that the known schools leave over, in the order of opening. */
    static List<Slot> slots(List<School> known) {
        return Stock.slots(
                SPANS.stream().map(span -> span.without(taken(known, span))).toList());
    }

    private static int taken(List<School> known, Span span) {
        return (int) known.stream()
                .filter(school -> school.openedOn() != null && span.contains(school.openedOn()))
                .count();
    }
}
