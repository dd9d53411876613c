package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Openings and closures, so that what stands at the end of each year is what was published. 2022 was not published:
 * 338 is constructed, as is everything after 2023. Edges on purpose: 29 February, the first and the last day of a
 * period, a school that closes on the day the figure is taken.
 */
final class Timeline {

    /** The day for which the figures of August 2021 hold. */
    static final LocalDate AUGUST_2021 = LocalDate.of(2021, 8, 31);

    private record Span(LocalDate from, LocalDate to, int opened, int closed) {

        static Span year(int year, int opened, int closed) {
            return new Span(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), opened, closed);
        }

        boolean contains(LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }
    }

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
        List<Slot> slots = new ArrayList<>();
        for (Span span : SPANS) {
            int taken = (int) known.stream()
                    .filter(school -> school.openedOn() != null && span.contains(school.openedOn()))
                    .count();
            close(slots, span);
            open(slots, span, span.opened() - taken);
        }
        slots.sort(Comparator.comparing(Slot::openedOn));
        return slots;
    }

    private static void open(List<Slot> slots, Span span, int count) {
        long days = span.to().toEpochDay() - span.from().toEpochDay();
        for (int i = 0; i < count; i++) {
            // The first opens on the first day, the last on the last day, the others evenly between.
            LocalDate date = span.from().plusDays(count == 1 ? days / 2 : days * i / (count - 1));
            slots.add(new Slot(leapDay(date, i), null));
        }
    }

    private static LocalDate leapDay(LocalDate date, int index) {
        return index == 1 && date.isLeapYear() ? LocalDate.of(date.getYear(), 2, 29) : date;
    }

    private static void close(List<Slot> slots, Span span) {
        for (int i = 0; i < span.closed(); i++) {
            List<Integer> standing = IntStream.range(0, slots.size())
                    .filter(s -> slots.get(s).closedOn() == null)
                    .boxed()
                    .toList();
            int chosen = standing.get((i * 7 + 3) % standing.size());
            long days = span.to().toEpochDay() - span.from().toEpochDay();
            LocalDate date = i == 0 ? span.to() : span.from().plusDays(days * i / span.closed());
            slots.set(chosen, slots.get(chosen).closing(date));
        }
    }
}
